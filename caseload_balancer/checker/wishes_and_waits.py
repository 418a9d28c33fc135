"""Children who are back with somebody they did not want, or wait too long (section 6)."""

from __future__ import annotations

from collections.abc import Iterator

from caseload_balancer.checker.allocation import Allocation
from caseload_balancer.checker.capacity import TENTHS
from caseload_balancer.checker.findings import Breach
from caseload_balancer.checker.measures import counted
from caseload_balancer.checker.waits import days_waited


def back_with_a_rejected_worker(allocation: Allocation) -> Iterator[Breach]:
    """Yield each child who comes to a worker whom the child or a parent asked to leave."""
    week = allocation.week
    for case, worker_id in allocation.arrivals:
        if worker_id in week.history(case).rejected:
            yield Breach(
                rule="rejected-worker",
                sentence=f"case {case.case_id} goes to {worker_id}, who was asked to leave before",
                case_ids=(case.case_id,),
                worker_id=worker_id,
                family_id=case.family_id,
                price=TENTHS * week.policy.concessions.rejected_worker,
            )


def past_stop(allocation: Allocation) -> Iterator[Breach]:
    """Yield each child who may wait, and has waited for longer than anybody should."""
    week = allocation.week
    stop = 7 * week.policy.waiting.stop_weeks
    for case in allocation.waiting:
        days = days_waited(week, case)
        if days >= stop and not week.must_hold(case):
            yield Breach(
                rule="past-stop",
                sentence=f"case {case.case_id} has waited {counted(days, 'day', 'days')}, and "
                f"nobody should wait {counted(week.policy.waiting.stop_weeks, 'week', 'weeks')}",
                case_ids=(case.case_id,),
                family_id=case.family_id,
            )
