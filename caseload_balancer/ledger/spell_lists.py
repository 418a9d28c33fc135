"""One child's spells, as the week's own table and the ledger tell them together.

The week's own rows win for the time they are about, but for a running one that the ledger saw end
(`caseload_balancer.ledger.overtaken`); the ledger tells what was before and after them. Where a
worker changed between two weeks, the change is dated by the plan that it carries out, else by the
week that found it. A worker who was there before anybody wrote a spell gets one when they go, as in
`Snapshot.after`; until then nothing is made up about when they began.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from caseload_balancer.domain import Case, Spell
from caseload_balancer.domain.words import SpellReason
from caseload_balancer.ledger.rows import CaseWeek

NEARLY = timedelta(days=7)
"""The ledger sees a change up to a week after it was made: a spell of the week that begins that
near to the ledger's own is the same one."""


@dataclass(frozen=True)
class LastSeen:
    """What the ledger knows of a child's past.

    Parameters
    ----------
    week
        The date of the last week that was recorded before; None where there is none.
    row
        The child in that week; None where it was not in it.
    shown
        The same in the plan that was published, where what was decided has changed the plan.
    earlier
        The child in the last week it was in, where that is an earlier one.
    seen_since
        The first week in a row in which its last holder was found with the child.
    gone_on
        The first week without the child, where it was seen before and not in the last week.
    spells
        Its spells as of the last week with it, oldest first.
    """

    week: date | None = None
    row: CaseWeek | None = None
    shown: CaseWeek | None = None
    earlier: CaseWeek | None = None
    seen_since: date | None = None
    gone_on: date | None = None
    spells: tuple[Spell, ...] = ()

    def carried_out_with(self, holder: str | None) -> LastSeen:
        """Return the same with the plan, of both, that a holder has the child by."""
        shown = self.shown
        if self.row is None or shown is None or self.row.planned_id == holder:
            return self
        return replace(self, row=shown) if shown.planned_id == holder else self


def merged(
    own: Sequence[Spell], known: Sequence[Spell], row: CaseWeek | None
) -> tuple[list[Spell], list[str]]:
    """Return the spells of a child and what the two lists contradict each other in.

    Parameters
    ----------
    own
        Those of the week's own table.
    known
        Those of the ledger.
    row
        The child in the last week that was recorded.
    """
    if not own:
        return list(known), []
    said: list[str] = []
    kept = [one for one in (_beside(own, spell, row, said) for spell in known) if one is not None]
    return sorted([*own, *kept], key=lambda one: (one.starts_on, one.worker_id)), said


def _beside(
    own: Sequence[Spell], spell: Spell, row: CaseWeek | None, said: list[str]
) -> Spell | None:
    """Return what stays of a spell of the ledger beside the week's own; say what contradicts."""
    first = min(own, key=lambda one: (one.starts_on, one.worker_id))
    same = same_spell(own, spell)
    if same is not None:
        if spell.ends_on is not None and _differ(spell.ends_on, same.ends_on):
            said.append(f"{_told(spell)}, and the week that it {_until(same)}")
        return None
    if spell.starts_on < first.starts_on:
        return _before(first, spell, row, said)
    ends = [one.ends_on for one in own]
    if None not in ends and spell.starts_on >= max(filter(None, ends)):
        return spell
    said.append(f"{_told(spell)}, and the week has no such spell")
    return None


def _before(first: Spell, spell: Spell, row: CaseWeek | None, said: list[str]) -> Spell | None:
    """Return what stays of a spell that began before the week's own `first` one."""
    if spell.ends_on is not None and spell.ends_on <= first.starts_on:
        return spell
    began = first.starts_on.isoformat()
    if spell.worker_id == first.worker_id:
        said.append(f"{_told(spell)}, and the week that it began on {began}")
        return None
    if spell.ends_on is not None:
        said.append(f"{_told(spell)}, and the week that {first.worker_id} began on {began}")
        return ended(spell, first.starts_on, spell.reason)
    carried_out = row is not None and row.planned_id == first.worker_id
    return ended(spell, first.starts_on, row.reason if row and carried_out else None)


def brought_forward(
    spells: list[Spell],
    own: Sequence[Spell],
    case: Case,
    holder: str | None,
    on: date,
    past: LastSeen,
) -> list[Spell]:
    """Return the spells with the changes since the last recorded week.

    Parameters
    ----------
    spells, own
        All of them, and those of the week's own table, which nothing changes.
    holder
        Who holds the case now; None for nobody, a manager or a duty desk.
    on
        The date of this week.
    """
    row = past.row
    running = [one for one in spells if one.ends_on is None]
    if running:
        open_one = running[-1]
        if len(running) > 1 or open_one.worker_id == holder or open_one in own:
            return spells
        end, begin, reason = change_of(row, case, holder, on, past)
        at = spells.index(open_one)
        spells = [*spells[:at], ended(open_one, end, reason), *spells[at + 1 :]]
        return _begun(spells, case, holder, begin)
    if past.week is None or (row is not None and row.holder_id == holder):
        return spells
    if row is None:
        if past.gone_on is not None and past.earlier is not None:
            spells = with_last(spells, past.earlier, past.seen_since, past.gone_on, None)
        opened = case.opened_on
        begin = opened if opened is not None and past.week < opened <= on else on
        return _begun(spells, case, holder, begin)
    end, begin, reason = change_of(row, case, holder, on, past)
    return _begun(with_last(spells, row, past.seen_since, end, reason), case, holder, begin)


def with_last(
    spells: list[Spell],
    row: CaseWeek,
    seen_since: date | None,
    end: date,
    reason: SpellReason | None,
) -> list[Spell]:
    """Return the spells with one that was never written: that of the worker who goes.

    Parameters
    ----------
    spells
        None of them runs.
    row
        The child when it was with that worker.
    seen_since
        The first week in a row in which the worker was found.
    """
    there_until = min(end, row.as_of)
    written = [one.ends_on for one in spells if one.worker_id == row.holder_id and one.ends_on]
    if row.holder_id is None or any(one >= there_until for one in written):
        return spells
    last = max((one.ends_on for one in spells if one.ends_on is not None), default=None)
    since = min(last or row.opened_on or seen_since or end, end)
    began = Spell(case_id=row.case_id, worker_id=row.holder_id, starts_on=since)
    return [*spells, ended(began, end, reason)]


def change_of(
    row: CaseWeek | None, case: Case, holder: str | None, on: date, past: LastSeen
) -> tuple[date, date, SpellReason | None]:
    """Return the last day with the one worker, the first with the other, and why."""
    if row is None:
        return past.gone_on or on, on, None
    if row.planned_id == holder and row.holder_id != holder:
        return row.until or row.as_of, row.as_of, row.reason
    lost = case.waiting_since if holder is None else None
    return min(on, lost or on), on, None


def _begun(spells: list[Spell], case: Case, holder: str | None, on: date) -> list[Spell]:
    if holder is None:
        return spells
    return [*spells, Spell(case_id=case.case_id, worker_id=holder, starts_on=on)]


def ended(spell: Spell, on: date, reason: SpellReason | None) -> Spell:
    """Return a spell that ends on a date, but not before it begins."""
    return spell.model_copy(update={"ends_on": max(on, spell.starts_on), "reason": reason})


def same_spell(own: Sequence[Spell], spell: Spell) -> Spell | None:
    """Return the spell of a list that is another list's one, dated nearest to it."""
    near = [
        one
        for one in own
        if one.worker_id == spell.worker_id and abs(one.starts_on - spell.starts_on) <= NEARLY
    ]
    return min(near, key=lambda one: abs(one.starts_on - spell.starts_on), default=None)


def _differ(known: date, own: date | None) -> bool:
    return own is None or abs(known - own) > NEARLY


def _told(spell: Spell) -> str:
    since = f"since {spell.starts_on.isoformat()}"
    until = "" if spell.ends_on is None else f" until {spell.ends_on.isoformat()}"
    return f"{spell.case_id}: the ledger has it with {spell.worker_id} {since}{until}"


def _until(spell: Spell) -> str:
    return "goes on" if spell.ends_on is None else f"ended on {spell.ends_on.isoformat()}"
