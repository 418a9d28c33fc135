"""The week after: a snapshot once an allocation has been carried out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from caseload_balancer.domain.cases import Case
from caseload_balancer.domain.spells import Spell
from caseload_balancer.domain.words import SpellReason


def carried_out(
    cases: Sequence[Case], allocation: Mapping[str, str | None], on: date
) -> tuple[Case, ...]:
    """Return the cases with the workers of `allocation`.

    A case that waits from now on has waited since `on`; a wish for another worker is met by a
    move, and a transfer whose day has come is made by one.
    """
    return tuple(
        case
        if allocation[case.case_id] == case.worker_id
        else case.model_copy(update=_changes(case, allocation[case.case_id], on))
        for case in cases
    )


def _changes(case: Case, worker_id: str | None, on: date) -> dict[str, object]:
    if worker_id is not None:
        made = case.transfer_on is not None and case.transfer_on <= on
        return {
            "worker_id": worker_id,
            "waiting_since": None,
            "change_requested": False,
            "change_requested_on": None,
            "transfer_on": None if made else case.transfer_on,
            "co_worker_ids": tuple(one for one in case.co_worker_ids if one != worker_id),
        }
    return {"worker_id": None, "waiting_since": case.waiting_since or on, "locked": False}


def history_with(
    spells: Sequence[Spell],
    cases: Sequence[Case],
    allocation: Mapping[str, str | None],
    on: date,
    reasons: Mapping[str, SpellReason],
) -> tuple[Spell, ...]:
    """Return the spells with those that an allocation ends closed, and those it begins added."""
    changed = {c.case_id for c in cases if allocation[c.case_id] != c.worker_id}
    past = tuple(
        spell.model_copy(update={"ends_on": on, "reason": reasons.get(spell.case_id, spell.reason)})
        if spell.case_id in changed and spell.ends_on is None
        else spell
        for spell in spells
    )
    begun = tuple(
        Spell(case_id=case_id, worker_id=worker_id, starts_on=on)
        for case_id in sorted(changed)
        if (worker_id := allocation[case_id]) is not None
    )
    return past + begun
