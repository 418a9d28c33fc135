"""Tables without people who are no longer there, and without children who have left."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from caseload_balancer.domain.cases import Case
from caseload_balancer.domain.spells import Spell


def without_the_departed(tables: Mapping[str, Any], as_of: date) -> dict[str, Any]:
    """Return the tables without workers whose last day was before `as_of` and who hold nothing.

    Who still holds a case stays on the list, so that the next plan moves it; locks end, because
    nobody can be locked with somebody who has left.
    """
    left = {
        worker.worker_id
        for worker in tables["workers"]
        if worker.leaves_on is not None and worker.leaves_on < as_of
    }
    cases = tuple(
        case.model_copy(update={"locked": False})
        if case.locked and case.worker_id in left
        else case
        for case in tables["cases"]
    )
    holding = {case.worker_id for case in cases}
    return without_people({**tables, "cases": cases}, left - holding)


def without_children(
    tables: Mapping[str, Any], case_ids: Collection[str], on: date
) -> dict[str, Any]:
    """Return the tables without some cases, whose spells end on `on` and stay as history."""
    spells = tuple(
        _ended(spell, on) if spell.case_id in case_ids and spell.ends_on is None else spell
        for spell in tables["spells"]
    )
    cases = tuple(case for case in tables["cases"] if case.case_id not in case_ids)
    return {**tables, "cases": cases, "spells": spells}


def _ended(spell: Spell, on: date) -> Spell:
    return spell.model_copy(update={"ends_on": max(on, spell.starts_on)})


def without_people(tables: Mapping[str, Any], worker_ids: Collection[str]) -> dict[str, Any]:
    """Return the tables in which some workers are in no row but those of history."""
    return {
        **tables,
        "workers": tuple(w for w in tables["workers"] if w.worker_id not in worker_ids),
        "adjustments": tuple(a for a in tables["adjustments"] if a.worker_id not in worker_ids),
        "cases": tuple(_without_mention(case, worker_ids) for case in tables["cases"]),
    }


def _without_mention(case: Case, worker_ids: Collection[str]) -> Case:
    kept = tuple(one for one in case.excluded_worker_ids if one not in worker_ids)
    holder = None if case.worker_id in worker_ids else case.worker_id
    if (kept, holder) == (case.excluded_worker_ids, case.worker_id):
        return case
    locked = case.locked and holder is not None
    return case.model_copy(
        update={"excluded_worker_ids": kept, "worker_id": holder, "locked": locked}
    )
