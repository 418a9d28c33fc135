"""Who works on a case beside its holder, and what of its points they carry (section 1)."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from caseload_balancer.checker.week import JudgedWeek
    from caseload_balancer.domain import Case


def co_workers_of(week: JudgedWeek, case: Case) -> tuple[str, ...]:
    """Return the co-workers of a case who are in the week and hold cases, its holder apart."""
    workers = week.worker_by_id
    return tuple(
        worker_id
        for worker_id in dict.fromkeys(case.co_worker_ids)
        if worker_id in workers
        and workers[worker_id].holds_cases
        and worker_id != week.holder(case)
    )


def carried_of(week: JudgedWeek, case: Case, tenths: int) -> dict[str, int]:
    """Return what each co-worker who can go on carries of the `tenths` of a case."""
    named = co_workers_of(week, case)
    share = case.co_worker_share
    if share is None:
        share = week.policy.points.co_worker_share
    return {
        worker_id: floor(Fraction(share) * tenths / len(named))
        for worker_id in named
        if week.can_go_on(worker_id)
    }


def has_support(week: JudgedWeek, case: Case) -> bool:
    """Say whether somebody experienced, who is here, works on the case too."""
    rules = week.policy.eligibility
    roles = [week.worker_by_id[one].role for one in co_workers_of(week, case)]
    here = [week.can_go_on(one) for one in co_workers_of(week, case)]
    return rules.asye_may_hold_with_co_worker and any(
        is_here and role != "asye" and role in rules.registered_roles
        for role, is_here in zip(roles, here, strict=True)
    )
