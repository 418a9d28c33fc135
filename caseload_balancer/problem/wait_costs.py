"""Goals that depend on one waiting case: one function a goal, shape (cases,) each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import floor
from typing import Final

import numpy as np

from caseload_balancer.arrays import Ints
from caseload_balancer.domain import Case
from caseload_balancer.policy import GoalName
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.index import NOBODY
from caseload_balancer.problem.rates import imbalance_rate


def must_hold_waiting(facts: Facts) -> Ints:
    """Return the urgency of each case that may never wait, 0 for the others."""
    rates = facts.policy.waiting
    of_type = facts.policy.eligibility.must_hold

    def urgency(case: Case) -> int:
        by_type = rates.urgency[case.case_type] if case.case_type in of_type else 0
        return max(by_type, rates.urgency_in_court if case.in_court else 0)

    return np.array([urgency(case) for case in facts.index.cases], np.int64)


def days_waited(facts: Facts) -> Ints:
    """Return the days each case has waited, shape (cases,); 0 for a case with a holder."""
    day = facts.index.snapshot.as_of
    since = [case.waiting_since or case.opened_on or day for case in facts.index.cases]
    waited = np.array([(day - start).days for start in since], np.int64)
    return np.where(facts.holder == NOBODY, waited, 0)


def waiting(facts: Facts) -> Ints:
    """Return what another wait until the next allocation costs, hundredths of a cost point."""
    rates = facts.policy.waiting
    worth = 7 * rates.worth_a_move_after_weeks
    move = 100 * Fraction(facts.policy.churn.move)

    def cost(case: Case, days: int) -> int:
        waits = Fraction(days + rates.next_allocation_days, worth)
        return floor(move * Fraction(rates.priority[case.case_type]) * waits**2)

    days = days_waited(facts).tolist()
    costs = [cost(case, waited) for case, waited in zip(facts.index.cases, days, strict=True)]
    return np.where(facts.must_hold, 0, np.array(costs, np.int64))


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
    "imbalance": imbalance,
}
