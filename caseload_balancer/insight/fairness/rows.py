"""The rows of the fairness view: each worker, each group of workers, each spread."""

from __future__ import annotations

from dataclasses import dataclass

from caseload_balancer.domain.words import Employment, Role


@dataclass(frozen=True, kw_only=True)
class WorkerShare:
    """What one worker has, against their full-time share.

    Parameters
    ----------
    worker_id, role, employment
        As in the ``workers`` table.
    share
        FTE after adjustments and, for a newly qualified worker, protection.
    can_hold, takes_cases
        Whether the worker can go on holding cases, and can be given more.
    idle
        Can hold cases, and has none after the plan.
    load_before, load_after
        Load %; None without points available.
    children_before, children_after, cap
        Children held, and how many may be; protected for a newly qualified worker.
    hard_before, hard_after
        Hard cases held: see `Fairness`.
    new_recent, new_plan
        New cases of the last 12 months (the policy's window), and of the plan.
    hard_came_recent, hard_came_plan
        Hard cases that came, new or from another worker: those that are in the week, as they are
        now.
    taken_over_recent, taken_over_plan
        Cases that came from another worker.
    given_up_recent, given_up_plan
        Cases that went to another worker.
    """

    worker_id: str
    role: Role
    employment: Employment
    share: float
    can_hold: bool
    takes_cases: bool
    idle: bool
    load_before: float | None
    load_after: float | None
    children_before: int
    children_after: int
    cap: int
    hard_before: int
    hard_after: int
    new_recent: int
    new_plan: int
    hard_came_recent: int
    hard_came_plan: int
    taken_over_recent: int
    taken_over_plan: int
    given_up_recent: int
    given_up_plan: int


@dataclass(frozen=True, kw_only=True)
class GroupShare:
    """What a group of workers has, for each full-time worker among them.

    Parameters
    ----------
    group
        ``permanent``, ``agency``, ``newly qualified`` or ``all``; or the id of a locality or team.
        Of those who can hold cases.
    workers, full_time
        How many they are, and their full-time shares added up.
    children_before, children_after, hard_before, hard_after
        Held, for one full-time worker.
    new, hard_came, taken_over
        What came in the last 12 months and the plan together, for one full-time worker.
    """

    group: str
    workers: int
    full_time: float
    children_before: float
    children_after: float
    hard_before: float
    hard_after: float
    new: float
    hard_came: float
    taken_over: float


@dataclass(frozen=True, kw_only=True)
class SpreadRow:
    """How unequally something is spread over the workers who can hold cases.

    Parameters
    ----------
    what
        ``children`` and ``hard cases`` are held; ``new cases``, ``hard cases that came`` and
        ``cases taken over`` came in the last 12 months, and ``after`` in the plan too.
    when
        ``before`` or ``after`` the plan.
    workers, total
        Over how many workers, idle ones included, and how many cases.
    mean, most, gap, deviation
        For one full-time worker: the mean, the most any worker has, the gap between most and
        least, and the standard deviation.
    gini
        0: all have the same for their share; towards 1: one has everything.
    least_most, least_gap, least_deviation, least_gini
        At best: the same total of whole children shared out as evenly as the workers' limits
        allow, whoever may hold which.
    """

    what: str
    when: str
    workers: int
    total: int
    mean: float
    most: float
    gap: float
    deviation: float
    gini: float
    least_most: float
    least_gap: float
    least_deviation: float
    least_gini: float
