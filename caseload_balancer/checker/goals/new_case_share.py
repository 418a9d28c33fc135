"""How fairly new families are shared out (section 4, goal ``new_case_share``)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta
from fractions import Fraction
from typing import Final

from caseload_balancer.checker.allocation import Allocation
from caseload_balancer.checker.capacity import working_time
from caseload_balancer.checker.goals.exact import hundredths
from caseload_balancer.checker.limits import arrivals_beyond
from caseload_balancer.checker.remembered import remembered
from caseload_balancer.checker.week import JudgedWeek

LEAST_TIME: Final = Fraction(1, 10)
"""A worker with next to no time counts as a tenth of one, so that the cost stays finite."""


def new_case_share(allocation: Allocation) -> int:
    """Add up what each new family costs, in hundredths: more, the more a worker was given."""
    week = allocation.week
    per_family = Fraction(week.policy.new_case_share.per_family)
    recent = _recently_given(week)
    beyond = hundredths(week.policy.new_case_share.beyond_limit)
    total = 0
    for worker_id in allocation.held:
        total += beyond * arrivals_beyond(allocation, worker_id)
        before = len(recent.get(worker_id, ()))
        for already in range(len(allocation.arriving_groups(worker_id))):
            total += hundredths(per_family * (before + already) / _time_of(week, worker_id))
    return total


@remembered
def _time_of(week: JudgedWeek, worker_id: str) -> Fraction:
    worker, presence = week.worker_by_id[worker_id], week.presence[worker_id]
    return max(LEAST_TIME, working_time(worker, presence, week.policy.cap.asye_factor))


@remembered
def _recently_given(week: JudgedWeek) -> Mapping[str, set[str]]:
    """Return the cases each worker was given in the window."""
    after = week.snapshot.as_of - timedelta(days=week.policy.new_case_share.window_days)
    given: dict[str, set[str]] = defaultdict(set)
    for spell in week.snapshot.spells:
        if spell.starts_on > after:
            given[spell.worker_id].add(spell.case_id)
    return given
