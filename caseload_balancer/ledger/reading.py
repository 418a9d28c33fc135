"""What is in a ledger: the runs that are in force, and the rows of a week."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, select

from caseload_balancer.domain import Spell
from caseload_balancer.ledger.rows import CaseWeek, RecordedDecision, RecordedRun, RecordedWorker
from caseload_balancer.ledger.schema import (
    CASE_WEEKS,
    DECISIONS,
    FILES,
    POLICIES,
    RUNS,
    SPELLS,
    WORKER_WEEKS,
)

_AT_ONCE: Final = 500
"""Ids in one question: both databases take many more."""

_OVER: Final = select(RUNS.c.supersedes).where(RUNS.c.supersedes.is_not(None))
IN_FORCE: Final = RUNS.c.entry.not_in(_OVER)
"""Runs that no other has taken the place of: one a week."""


def run_in_force(connection: Connection, as_of: date) -> RecordedRun | None:
    """Return the run of a week, with its files; None where the week is not recorded."""
    found = _runs(connection, select(RUNS).where(RUNS.c.as_of == as_of, IN_FORCE))
    return found[0] if found else None


def runs_of(connection: Connection, *, superseded: bool) -> tuple[RecordedRun, ...]:
    """Return the runs by week; those that are superseded before the one that took their place."""
    wanted = select(RUNS) if superseded else select(RUNS).where(IN_FORCE)
    return tuple(_runs(connection, wanted.order_by(RUNS.c.as_of, RUNS.c.entry)))


def weeks_of(connection: Connection) -> tuple[date, ...]:
    """Return the dates of the weeks that are recorded, in order; asks for nothing else of them."""
    wanted = select(RUNS.c.as_of).where(IN_FORCE).order_by(RUNS.c.as_of)
    return tuple(connection.execute(wanted).scalars())


def last_before(connection: Connection, as_of: date) -> RecordedRun | None:
    """Return the run of the last week before a date."""
    newest = (
        select(RUNS).where(RUNS.c.as_of < as_of, IN_FORCE).order_by(RUNS.c.as_of.desc()).limit(1)
    )
    found = _runs(connection, newest)
    return found[0] if found else None


def run_of(connection: Connection, number: int) -> RecordedRun | None:
    """Return the run of a number, also one that was superseded."""
    found = _runs(connection, select(RUNS).where(RUNS.c.entry == number))
    return found[0] if found else None


def published_run(connection: Connection, run: RecordedRun) -> RecordedRun:
    """Return the plan that people saw: of one made around decisions that nobody wrote, the first.

    A plan was written where the hashes of its files are recorded with it.
    """
    while run.kind == "agreed" and not run.files and run.supersedes is not None:
        before = run_of(connection, run.supersedes)
        if before is None:
            break
        run = before
    return run


def _runs(connection: Connection, wanted: Select[Any]) -> list[RecordedRun]:
    rows = connection.execute(wanted).all()
    over = set(connection.execute(_OVER).scalars())
    files: dict[tuple[int, str], dict[str, str | None]] = defaultdict(dict)
    for numbers in batches([row.entry for row in rows]):
        for row in connection.execute(select(FILES).where(FILES.c.run.in_(numbers))):
            files[row.run, row.kind][row.name] = row.sha256
    return [_run(row, over, files) for row in rows]


def _run(
    row: Row[Any], over: Collection[int], files: Mapping[tuple[int, str], dict[str, str | None]]
) -> RecordedRun:
    return RecordedRun(
        number=row.entry,
        as_of=row.as_of,
        kind=row.kind,
        inputs_hash=row.inputs_hash,
        policy_hash=row.policy_hash,
        plan_hash=row.plan_hash,
        seed=row.seed,
        status=row.status,
        why_stopped=row.why_stopped,
        deterministic=row.deterministic,
        versions=json.loads(row.versions),
        limits=json.loads(row.limits),
        counts=json.loads(row.counts),
        tiers=tuple(json.loads(row.tiers)),
        supersedes=row.supersedes,
        superseded=row.entry in over,
        recorded_at=row.recorded_at,
        inputs=files.get((row.entry, "input"), {}),
        files=files.get((row.entry, "output"), {}),
    )


def policy_content(connection: Connection, policy_hash: str) -> str | None:
    """Return a policy as TOML; None where there is none of that hash."""
    wanted = select(POLICIES.c.content).where(POLICIES.c.policy_hash == policy_hash).limit(1)
    found = connection.execute(wanted).scalar()
    return None if found is None else str(found)


def case_weeks_of(connection: Connection, run: RecordedRun) -> tuple[CaseWeek, ...]:
    """Return the children of a run, by id."""
    wanted = select(CASE_WEEKS).where(CASE_WEEKS.c.run == run.number)
    rows = connection.execute(wanted.order_by(CASE_WEEKS.c.case_id))
    return tuple(_plain(CaseWeek, row, as_of=run.as_of) for row in rows)


def worker_weeks_of(connection: Connection, run: RecordedRun) -> tuple[RecordedWorker, ...]:
    """Return the workers of a run, by id."""
    wanted = select(WORKER_WEEKS).where(WORKER_WEEKS.c.run == run.number)
    rows = connection.execute(wanted.order_by(WORKER_WEEKS.c.worker_id))
    return tuple(_plain(RecordedWorker, row) for row in rows)


def decisions_between(
    connection: Connection, since: date | None, until: date | None
) -> tuple[RecordedDecision, ...]:
    """Return what was decided in the weeks between two dates, in the order it was recorded."""
    wanted = select(DECISIONS, RUNS.c.as_of).join(RUNS, DECISIONS.c.run == RUNS.c.entry)
    rows = connection.execute(
        wanted.where(*between(since, until)).order_by(RUNS.c.as_of, DECISIONS.c.entry)
    )
    return tuple(
        _plain(RecordedDecision, row, has_comment=row.comment_hash is not None) for row in rows
    )


def between(since: date | None, until: date | None) -> Iterator[Any]:
    """Yield the conditions that runs are of weeks between two dates, both included."""
    if since is not None:
        yield RUNS.c.as_of >= since
    if until is not None:
        yield RUNS.c.as_of <= until


def rows_of_cases(
    connection: Connection, case_ids: Collection[str], before: date
) -> dict[str, list[CaseWeek]]:
    """Return the weeks of some children before a date, in runs in force, the last week first."""
    found: dict[str, list[CaseWeek]] = defaultdict(list)
    for some in batches(sorted(case_ids)):
        wanted = select(CASE_WEEKS, RUNS.c.as_of).join(RUNS, CASE_WEEKS.c.run == RUNS.c.entry)
        wanted = wanted.where(CASE_WEEKS.c.case_id.in_(some), RUNS.c.as_of < before, IN_FORCE)
        for row in connection.execute(wanted.order_by(RUNS.c.as_of.desc())):
            found[row.case_id].append(_plain(CaseWeek, row))
    return found


def spells_known(
    connection: Connection, before: date, case_ids: Collection[str] | None = None
) -> dict[str, tuple[Spell, ...]]:
    """Return each child's spells as the last week before a date had them, oldest first."""
    wanted = select(SPELLS, RUNS.c.as_of).join(RUNS, SPELLS.c.run == RUNS.c.entry)
    wanted = wanted.where(RUNS.c.as_of < before, IN_FORCE)
    if case_ids is None:
        rows = list(connection.execute(wanted))
    else:
        rows = [
            row
            for some in batches(sorted(case_ids))
            for row in connection.execute(wanted.where(SPELLS.c.case_id.in_(some)))
        ]
    newest: dict[str, date] = {}
    for row in rows:
        newest[row.case_id] = max(newest.get(row.case_id, row.as_of), row.as_of)
    found: dict[str, list[Spell]] = defaultdict(list)
    for row in rows:
        if row.as_of == newest[row.case_id]:
            found[row.case_id].append(
                Spell(
                    case_id=row.case_id,
                    worker_id=row.worker_id,
                    starts_on=row.starts_on,
                    ends_on=row.ends_on,
                    reason=row.reason,
                )
            )
    return {
        case_id: tuple(sorted(spells, key=lambda one: (one.starts_on, one.worker_id)))
        for case_id, spells in found.items()
    }


def batches(items: list[Any]) -> Iterator[list[Any]]:
    """Yield items in as many parts as there have to be questions."""
    for at in range(0, len(items), _AT_ONCE):
        yield items[at : at + _AT_ONCE]


def _plain(kind: Any, row: Row[Any], **more: Any) -> Any:
    """Return the row as an object of a class whose fields are its columns."""
    columns = row._mapping  # noqa: SLF001 - how SQLAlchemy gives a row as a dictionary
    fields = kind.__dataclass_fields__
    return kind(**{**{name: columns[name] for name in fields if name in columns}, **more})
