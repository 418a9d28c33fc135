"""What a change costs that is certain on placing (section 4, goal ``next_change``)."""

from __future__ import annotations

from fractions import Fraction

from caseload_balancer.checker.allocation import Allocation
from caseload_balancer.checker.goals.churn import weight_of_a_change
from caseload_balancer.checker.goals.exact import hundredths
from caseload_balancer.checker.goals.receivers import least_of_receivers
from caseload_balancer.checker.remembered import remembered
from caseload_balancer.checker.week import JudgedWeek
from caseload_balancer.domain import Case, Worker
from caseload_balancer.policy import Policy


def next_change(allocation: Allocation) -> int:
    """Add up the changes that placements make certain, in hundredths.

    Who waits has nobody: no better than a worker who goes soon.
    """
    week = allocation.week
    worker_by_id = week.worker_by_id
    placed = sum(
        cost_with(week, case, worker_by_id[worker_id]) for case, worker_id in allocation.arrivals
    )
    soon = hundredths(Fraction(week.policy.next_change.soon))
    return placed + sum(soon + _least_to_come(week, case.case_id) for case in allocation.waiting)


@remembered
def _least_to_come(week: JudgedWeek, case_id: str) -> int:
    return least_of_receivers(week, week.case_by_id[case_id], cost_with)


def cost_with(week: JudgedWeek, case: Case, worker: Worker) -> int:
    """Return what it costs that `worker` goes before `case` ends; 0 where no end is known."""
    ends = week.presence[worker.worker_id].ends
    if ends is None:
        return 0
    weeks = max(0, (ends - week.snapshot.as_of).days) // 7
    change = Fraction(week.policy.churn.move) * weight_of_a_change(week, case)
    if week.history(case).distinct - {worker.worker_id}:
        change += Fraction(week.policy.continuity.third_worker)
    rules = week.policy.next_change
    soon = Fraction(rules.soon) if weeks < rules.soon_weeks else Fraction(0)
    return hundredths(open_share(case, weeks, week.policy) * change + soon)


def open_share(case: Case, weeks: int, policy: Policy) -> Fraction:
    """Return the share of such cases open after `weeks`, between the table's in a straight line."""
    if case.expected_weeks is not None:
        return Fraction(1 if weeks < case.expected_weeks else 0)
    rules = policy.next_change
    ends = (0, *rules.after_weeks)
    shares = (Fraction(1), *map(Fraction, rules.still_open[case.case_type]))
    if weeks >= ends[-1]:
        return shares[-1]
    after = next(place for place, end in enumerate(ends) if weeks < end)
    through = Fraction(weeks - ends[after - 1], ends[after] - ends[after - 1])
    return shares[after] * through + shares[after - 1] * (1 - through)
