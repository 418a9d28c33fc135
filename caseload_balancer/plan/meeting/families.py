"""Brothers and sisters: who goes along with whom, and which families are not with one worker."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from caseload_balancer.plan.plans import Plan
    from caseload_balancer.plan.rows import Decision


@dataclass(frozen=True)
class SplitFamily:
    """A family with more than one worker after the plan, or of which some wait.

    Parameters
    ----------
    family_id
        The family.
    rows
        What happens to each of its children.
    already
        Whether it was so before the plan.
    """

    family_id: str
    rows: tuple[Decision, ...]
    already: bool


def split_families(plan: Plan) -> tuple[SplitFamily, ...]:
    """Return the families that are split after the plan, newly split ones first."""
    split = [
        SplitFamily(family_id, tuple(rows), already=len({holder_before(row) for row in rows}) > 1)
        for family_id, rows in _by_family(plan).items()
        if len({row.worker_id for row in rows}) > 1
    ]
    return tuple(sorted(split, key=lambda one: (one.already, one.family_id)))


def siblings_along(plan: Plan) -> dict[str, list[str]]:
    """Return for each child who changes worker the siblings who go the same way with them."""
    families: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    family_of = {row.case_id: row.family_id for row in plan.cases}
    for row in plan.moves:
        family = family_of[row.case_id]
        if family is not None:
            families[family, row.from_worker_id, row.to_worker_id].append(row.case_id)
    return {
        child: [other for other in group if other != child]
        for group in families.values()
        for child in group
    }


def holder_before(row: Decision) -> str | None:
    """Return the worker a child had at the start; a manager or a duty desk is nobody."""
    return None if row.change in {"new", "waiting"} else row.previous_worker_id


def _by_family(plan: Plan) -> dict[str, list[Decision]]:
    families: dict[str, list[Decision]] = defaultdict(list)
    for row in plan.cases:
        if row.family_id is not None:
            families[row.family_id].append(row)
    return families
