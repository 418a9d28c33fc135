"""What a ledger knows of children's past: where they were last, and every spell."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from itertools import pairwise

from sqlalchemy import Connection, func, select

from caseload_balancer.domain import Spell
from caseload_balancer.ledger.reading import (
    IN_FORCE,
    case_weeks_of,
    last_before,
    published_run,
    rows_of_cases,
    spells_known,
)
from caseload_balancer.ledger.rows import CaseWeek
from caseload_balancer.ledger.schema import CASE_WEEKS, RUNS
from caseload_balancer.ledger.spell_lists import LastSeen, ended, with_last


def last_seen(
    connection: Connection, before: date, case_ids: Collection[str]
) -> dict[str, LastSeen]:
    """Return what is known of children's past as of a date."""
    last = last_before(connection, before)
    if last is None:
        return {}
    known = spells_known(connection, before, case_ids)
    rows = {row.case_id: row for row in case_weeks_of(connection, last)}
    published = published_run(connection, last)
    shown = rows
    if published.number != last.number:
        shown = {row.case_id: row for row in case_weeks_of(connection, published)}
    # Only these are asked about week by week: a long ledger is no slower for the others.
    unsure = {
        case_id
        for case_id in case_ids
        if case_id not in rows
        or (case_id not in known and rows[case_id].opened_on is None)
        or _with_another(known.get(case_id, ()), rows[case_id].holder_id) is not None
    }
    earlier = rows_of_cases(connection, unsure, before)
    weeks = _weeks(connection, before) if unsure else []
    return {
        case_id: LastSeen(
            week=last.as_of,
            row=rows.get(case_id),
            shown=shown.get(case_id),
            earlier=next(iter(earlier.get(case_id, [])), None),
            seen_since=_seen_since(earlier.get(case_id, [])),
            gone_on=_gone_on(earlier.get(case_id, []), weeks),
            spells=_as_seen(known.get(case_id, ()), earlier.get(case_id, [])),
        )
        for case_id in case_ids
    }


def _with_another(spells: Sequence[Spell], holder: str | None) -> Spell | None:
    """Return the one spell that runs, where it is with another worker than the holder."""
    running = [one for one in spells if one.ends_on is None]
    if holder is None or len(running) != 1 or running[0].worker_id == holder:
        return None
    return running[0]


def _as_seen(spells: tuple[Spell, ...], rows: list[CaseWeek]) -> tuple[Spell, ...]:
    """Return recorded spells, with a running one ended that the weeks saw end.

    Older versions recorded a spell as the week's table had it, though its cases had the child with
    another worker already.
    """
    holder = rows[0].holder_id if rows else None
    stale, since = _with_another(spells, holder), _seen_since(rows)
    before = next((row for row in rows if row.holder_id != holder), None)
    if holder is None or stale is None or since is None or before is None:
        return spells
    if before.holder_id != stale.worker_id or stale.starts_on > before.as_of:
        return spells
    end, begin, reason = since, since, None
    if before.planned_id == holder:
        end, begin, reason = before.until or before.as_of, before.as_of, before.reason
    begun = Spell(case_id=stale.case_id, worker_id=holder, starts_on=begin)
    return (*(ended(one, end, reason) if one is stale else one for one in spells), begun)


def _seen_since(rows: list[CaseWeek]) -> date | None:
    """Return the first week in a row in which the child was found with the last holder."""
    since = None
    for row in rows:
        if row.holder_id != rows[0].holder_id:
            break
        since = row.as_of
    return since


def _gone_on(rows: list[CaseWeek], weeks: list[date]) -> date | None:
    if not rows:
        return None
    return next((week for week in weeks if week > rows[0].as_of), None)


def _weeks(connection: Connection, before: date) -> list[date]:
    wanted = select(RUNS.c.as_of).where(RUNS.c.as_of < before, IN_FORCE)
    return list(connection.execute(wanted.order_by(RUNS.c.as_of)).scalars())


def all_spells(connection: Connection, before: date) -> tuple[Spell, ...]:
    """Return every child's spells; what runs on after a case closed ends with it."""
    known = {case_id: list(own) for case_id, own in spells_known(connection, before).items()}
    seen = select(CASE_WEEKS.c.case_id, func.max(RUNS.c.as_of).label("week"))
    seen = seen.join(RUNS, CASE_WEEKS.c.run == RUNS.c.entry)
    seen = seen.where(IN_FORCE, RUNS.c.as_of < before).group_by(CASE_WEEKS.c.case_id)
    after = dict(pairwise(_weeks(connection, before)))
    gone = {row.case_id: after.get(row.week) for row in connection.execute(seen)}
    closed = {case_id: on for case_id, on in gone.items() if on is not None}
    unwritten = [
        case_id
        for case_id in closed
        if all(one.ends_on is not None for one in known.get(case_id, ()))
    ]
    rows = rows_of_cases(connection, unwritten, before)
    for case_id, on in closed.items():
        own = known.get(case_id, [])
        if case_id in rows:
            since = _seen_since(rows[case_id])
            known[case_id] = with_last(own, rows[case_id][0], since, on, None)
        else:
            known[case_id] = [
                one if one.ends_on else one.model_copy(update={"ends_on": max(on, one.starts_on)})
                for one in own
            ]
    return tuple(spell for case_id in sorted(known) for spell in known[case_id])
