"""What it costs a child to come to a stranger (section 4, goal ``continuity``)."""

from __future__ import annotations

from fractions import Fraction

from caseload_balancer.checker.allocation import Allocation
from caseload_balancer.checker.goals.churn import weight_of_a_change
from caseload_balancer.checker.goals.exact import hundredths
from caseload_balancer.checker.goals.receivers import least_of_receivers
from caseload_balancer.checker.remembered import remembered
from caseload_balancer.checker.week import JudgedWeek
from caseload_balancer.domain import Case, Worker


def continuity(allocation: Allocation) -> int:
    """Add up what placements cost, and the least those to come could, in hundredths."""
    week = allocation.week
    worker_by_id = week.worker_by_id
    placed = sum(
        cost_with(week, case, worker_by_id[worker_id]) for case, worker_id in allocation.arrivals
    )
    return placed + sum(_least_to_come(week, case.case_id) for case in allocation.still_to_place)


@remembered
def _least_to_come(week: JudgedWeek, case_id: str) -> int:
    case = week.case_by_id[case_id]
    return least_of_receivers(week, case, cost_with, _with_a_stranger(week, case))


def _with_a_stranger(week: JudgedWeek, case: Case) -> int:
    """Return what it costs that `case` comes to somebody it has never met."""
    history, rules = week.history(case), week.policy.continuity
    third = Fraction(rules.third_worker) if len(history.distinct) >= 2 else Fraction(0)
    met = Fraction(rules.new_worker) * weight_of_a_change(week, case)
    return hundredths(met + third) if history.has_past else 0


def cost_with(week: JudgedWeek, case: Case, worker: Worker) -> int:
    """Return what it costs that `case` comes to `worker`."""
    rules, history, name = week.policy.continuity, week.history(case), worker.worker_id
    if not history.has_past:
        return 0
    strange = 1 - history.known.get(name, Fraction(0))
    cost = Fraction(rules.new_worker) * weight_of_a_change(week, case) * strange
    if len(history.distinct - {name}) >= 2 and name not in history.distinct:
        cost += Fraction(rules.third_worker)
    return hundredths(cost)
