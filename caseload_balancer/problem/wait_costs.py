"""Goals that depend on one waiting case: one function a goal, shape (cases,) each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from math import floor
from typing import Final

import numpy as np

from caseload_balancer.arrays import Ints
from caseload_balancer.domain import Case
from caseload_balancer.domain.words import CaseType
from caseload_balancer.policy import GoalName
from caseload_balancer.problem.exact_fractions import exactly
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.kept_figures import kept
from caseload_balancer.problem.rates import imbalance_rate
from caseload_balancer.problem.still_to_place import least_continuity, least_next_change
from caseload_balancer.problem.waits import days_waited


@kept
def must_hold_waiting(facts: Facts) -> Ints:
    """Return the urgency of each case that may never wait, 0 for the others."""
    rates = facts.policy.waiting
    of_type = facts.policy.eligibility.must_hold

    def urgency(case: Case) -> int:
        by_type = rates.urgency[case.case_type] if case.case_type in of_type else 0
        return max(by_type, rates.urgency_in_court if case.in_court else 0)

    return np.array([urgency(case) for case in facts.index.cases], np.int64)


@kept
def waiting(facts: Facts) -> Ints:
    """Return what another wait until the next allocation costs, hundredths of a cost point.

    The square of its length; and a sum for every child who waits past the policy's stop.
    """
    rates = facts.policy.waiting
    worth, longest = exactly(rates.weeks_worth), 7 * rates.counted_at_most_weeks

    @cache
    def cost(case_type: CaseType, days: int) -> int:
        counted = min(days + rates.next_allocation_days, longest)
        waits = Fraction(counted, 7 * rates.weeks)
        past_stop = exactly(rates.past_stop) * int(days >= 7 * rates.stop_weeks)
        priority = exactly(rates.priority[case_type])
        return floor(100 * (worth * priority * waits**2 + past_stop))

    days = days_waited(facts).tolist()
    costs = [
        cost(case.case_type, waited) for case, waited in zip(facts.index.cases, days, strict=True)
    ]
    return np.where(facts.must_hold, 0, np.array(costs, np.int64))


@kept
def imbalance(facts: Facts) -> Ints:
    """Return the points of each case as if held at a heavy load, hundredths of a cost point."""
    available = int(facts.presence.points_available.sum())
    mean = 100 * int(facts.points.sum()) // available if available else 0
    load = max(facts.policy.waiting.as_if_load_percent, mean)
    rate = (2 * 2 * imbalance_rate(facts.policy) * load + 100_000) // 200_000
    return facts.points * rate


WAIT_COSTS: Final[Mapping[GoalName, Callable[[Facts], Ints]]] = {
    "must_hold_waiting": must_hold_waiting,
    "waiting": waiting,
    "continuity": least_continuity,
    "next_change": least_next_change,
    "imbalance": imbalance,
}
