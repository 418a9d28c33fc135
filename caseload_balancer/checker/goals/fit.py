"""What a worse match of child and worker costs (section 4, goal ``fit``)."""

from __future__ import annotations

from fractions import Fraction

from caseload_balancer.checker.allocation import Allocation
from caseload_balancer.checker.goals.exact import hundredths
from caseload_balancer.checker.week import JudgedWeek
from caseload_balancer.domain import Case, Worker


def fit(allocation: Allocation) -> int:
    """Add up distance, missing skills, scope and refused changes, in hundredths."""
    week = allocation.week
    return sum(
        hundredths(_cost(week, case, week.worker_by_id[worker_id]))
        for worker_id, cases in allocation.held.items()
        for case in cases
    )


def _cost(week: JudgedWeek, case: Case, worker: Worker) -> Fraction:
    rates = week.policy.fit
    cost = Fraction(rates.need) * len(set(case.needs) - set(worker.skills))
    cost += Fraction(rates.scope_step) * week.scope_step(case, worker)
    if case.area is not None and worker.area is not None and case.area != worker.area:
        cost += Fraction(rates.area)
    if case.change_requested and week.holder(case) == worker.worker_id:
        cost += Fraction(rates.change_not_made)
    return cost
