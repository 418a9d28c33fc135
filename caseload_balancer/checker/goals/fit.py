"""What a worse match of child and worker costs (section 4, goal ``fit``)."""

from __future__ import annotations

import re
from fractions import Fraction

from caseload_balancer.checker.allocation import Allocation
from caseload_balancer.checker.figures import exactly
from caseload_balancer.checker.goals.exact import hundredths
from caseload_balancer.checker.remembered import remembered
from caseload_balancer.checker.week import JudgedWeek


def fit(allocation: Allocation) -> int:
    """Add up distance, skills, scope, refused changes and siblings apart, in hundredths."""
    week = allocation.week
    workers_beyond = sum(max(0, len(allocation.workers_with(one)) - 1) for one in week.families)
    return hundredths(week.policy.fit.family_apart) * workers_beyond + sum(
        hundredths(cost)
        for worker_id, cases in allocation.held.items()
        for case in cases
        if (cost := _cost(week, case.case_id, worker_id))
    )


@remembered
def _cost(week: JudgedWeek, case_id: str, worker_id: str) -> Fraction | int:
    case, worker = week.case_by_id[case_id], week.worker_by_id[worker_id]
    rates = week.policy.fit
    cost: Fraction | int = 0
    if steps := week.scope_step(case, worker):
        cost += exactly(rates.scope_step) * steps
    if case.needs:
        has = {_compared(skill) for skill in worker.skills}
        cost += exactly(rates.need) * len({_compared(need) for need in case.needs} - has)
    if case.area is not None and worker.area is not None and case.area != worker.area:
        cost += exactly(rates.area) * (_compared(case.area) != _compared(worker.area))
    if week.asks(case) and week.holder(case) == worker.worker_id:
        siblings = week.unit_of[case.case_id].cases
        asking = sum(week.asks(one) for one in siblings)
        cost += exactly(rates.change_not_made) * Fraction(asking, len(siblings))
    return cost


def _compared(word: str) -> str:
    """Make ``urdu`` and ``Urdu`` one word, however many blanks stand in it."""
    return re.sub(r"\s+", " ", word.strip().casefold())
