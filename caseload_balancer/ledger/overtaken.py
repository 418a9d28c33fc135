"""A running spell that the ledger saw end: the week's spells are older than its cases.

Two tables of one export need not be of one day. Where ``spells`` has a child with one worker still
and ``cases`` with another, a week alone does not tell which is newer. The ledger can: it found the
child with the worker of the spell, and has the child elsewhere since.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from caseload_balancer.domain import Case, Spell
from caseload_balancer.ledger.spell_lists import LastSeen, change_of, ended, same_spell


def up_to_date(
    own: Sequence[Spell], case: Case, holder: str | None, on: date, past: LastSeen
) -> tuple[tuple[Spell, ...], str | None]:
    """Return the spells of a week's table, a running one ended that the ledger saw end; and say so.

    Parameters
    ----------
    own
        The child's spells in the week's table.
    holder
        Who holds the case now; None for nobody, a manager or a duty desk.
    on
        The date of this week.
    past
        What the ledger knows of the child.
    """
    running = [one for one in own if one.ends_on is None]
    if len(running) != 1 or running[0].worker_id in {holder, case.worker_id}:
        return tuple(own), None
    stale = running[0]
    if past.week is None or past.row is None or stale.starts_on > past.week:
        return tuple(own), None  # it began since, or the ledger knows nothing of the child
    known = same_spell(past.spells, stale)
    if past.row.holder_id == stale.worker_id:
        end, _, reason = change_of(past.row, case, holder, on, past)
    elif known is not None and known.ends_on is not None:
        end, reason = known.ends_on, known.reason
    else:
        return tuple(own), None
    has = "waiting" if holder is None else f"with {holder}"
    said = (
        f"{stale.case_id}: the week's spells have it with {stale.worker_id} since "
        f"{stale.starts_on.isoformat()}, its cases have it {has}, and the ledger saw it go from "
        f"{stale.worker_id}"
    )
    return tuple(ended(one, end, reason) if one is stale else one for one in own), said
