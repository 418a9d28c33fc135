"""A week with its children's past completed from the ledger, and what was not carried out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from sqlalchemy import Connection

from caseload_balancer.domain import Snapshot, Spell
from caseload_balancer.domain.remarks import Remark
from caseload_balancer.domain.wording import children, counted
from caseload_balancer.ledger.answers import WithHistory
from caseload_balancer.ledger.meant import meant_of
from caseload_balancer.ledger.overtaken import up_to_date
from caseload_balancer.ledger.pasts import last_seen
from caseload_balancer.ledger.reading import (
    last_before,
    rows_of_cases,
)
from caseload_balancer.ledger.rows import CaseWeek, NotCarriedOut
from caseload_balancer.ledger.spell_lists import LastSeen, brought_forward, merged

_NOTHING = LastSeen()


@dataclass(frozen=True)
class _Completed:
    """The spells of a week's children, and what was found on the way."""

    spells: tuple[Spell, ...]
    added: int
    cases: int
    contradictions: tuple[str, ...]
    overtaken: tuple[str, ...]


def holders(snapshot: Snapshot) -> dict[str, str | None]:
    """Return who holds each case; a manager and a duty desk hold none."""
    workers = snapshot.worker_by_id
    return {
        case.case_id: case.worker_id
        if case.worker_id is not None and workers[case.worker_id].holds_cases
        else None
        for case in snapshot.cases
    }


def completed(connection: Connection, snapshot: Snapshot) -> WithHistory:
    """Return the week with what the ledger knows from the weeks before it."""
    past = last_seen(connection, snapshot.as_of, [case.case_id for case in snapshot.cases])
    found = _complete(snapshot, past)
    week = snapshot
    if found.spells != snapshot.spells:
        week = snapshot.model_copy(update={"spells": found.spells})
    remarks = tuple(_remarks(found))
    if remarks:
        week = week.remembering(replace(week.origin, remarks=(*week.origin.remarks, *remarks)))
    return WithHistory(
        snapshot=week,
        added=found.added,
        contradictions=(*found.contradictions, *found.overtaken),
        not_carried_out=not_carried_out(connection, snapshot),
    )


def _complete(snapshot: Snapshot, past: Mapping[str, LastSeen]) -> _Completed:
    held = holders(snapshot)
    own_of = snapshot.spells_by_case
    said: list[str] = []
    overtaken: list[str] = []
    changed: dict[str, Sequence[Spell]] = {}
    for case in sorted(snapshot.cases, key=lambda one: one.case_id):
        before = past.get(case.case_id, _NOTHING).carried_out_with(held[case.case_id])
        given = own_of.get(case.case_id, ())
        holder = held[case.case_id]
        own, older = up_to_date(given, case, holder, snapshot.as_of, before)
        spells, contradictions = merged(own, before.spells, before.row)
        whole = brought_forward(spells, own, case, holder, snapshot.as_of, before)
        said += contradictions
        overtaken += () if older is None else (older,)
        if tuple(whole) != given:
            changed[case.case_id] = whole
    if not changed:
        return _Completed(snapshot.spells, 0, 0, tuple(said), tuple(overtaken))
    own_rows = set(snapshot.spells)
    kept = [spell for spell in snapshot.spells if spell.case_id not in changed]
    new = [spell for spells in changed.values() for spell in spells]
    added = sum(spell not in own_rows for spell in new)
    return _Completed((*kept, *new), added, len(changed), tuple(said), tuple(overtaken))


def _remarks(found: _Completed) -> Iterator[Remark]:
    if found.added:
        message = (
            f"{counted(found.added, 'spell')} of {children(found.cases)} came from the ledger, "
            "which remembers the weeks before."
        )
        yield Remark("spells", None, None, "from_ledger", message, is_warning=False)
    for sentence in found.contradictions:
        message = f"{sentence}. The week's own row was kept."
        yield Remark("spells", None, None, "ledger_contradicts", message)
    for sentence in found.overtaken:
        message = (
            f"{sentence}. The spell was ended: the spells are older than the cases. Export both on "
            "one day."
        )
        yield Remark("spells", None, None, "spell_overtaken", message)


def not_carried_out(connection: Connection, snapshot: Snapshot) -> tuple[NotCarriedOut, ...]:
    """Return the children who are not where the last plan before the week had them, by id."""
    return missed_of(connection, holders(snapshot), snapshot.as_of)


def missed_of(
    connection: Connection, found: Mapping[str, str | None], as_of: date
) -> tuple[NotCarriedOut, ...]:
    """Return the same of a week with these holders, by case id, on this date."""
    last = last_before(connection, as_of)
    if last is None:
        return ()
    meant = meant_of(connection, last)
    missed = {
        case_id: row
        for case_id, one in meant.items()
        if case_id in found and (row := one.missed(found[case_id])) is not None
    }
    earlier = rows_of_cases(connection, missed, as_of)
    return tuple(
        NotCarriedOut(
            case_id=case_id,
            planned=row.planned_id,
            found=found[case_id],
            change=meant[case_id].ruled_out.get(found[case_id]) or _change_of(row),
            since=_since([row, *earlier[case_id][1:]]),
        )
        for case_id, row in sorted(missed.items())
    )


def _change_of(row: CaseWeek) -> str:
    return "kept" if row.planned_id == row.holder_id else row.change


def _since(rows: Sequence[CaseWeek]) -> date:
    """Return the first week in a row that planned what the last one did, and was not heeded."""
    since = rows[0]
    for later, row in pairwise(rows):
        if row.planned_id != since.planned_id or later.holder_id == row.planned_id:
            break
        since = row
    return since.as_of
