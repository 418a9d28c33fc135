"""The rows of what the search reached: values and bounds a tier, and its steps."""

from __future__ import annotations

from caseload_balancer.plan.rows import PlanRow
from caseload_balancer.policy import GoalName


class GoalValue(PlanRow):
    """One goal of a tier.

    Parameters
    ----------
    goal, weight
        The goal, and what its value is multiplied by in the tier.
    value, unit
        Its value in the plan, and what that counts.
    floor
        For ``imbalance``: the least it could be for the cases the plan places; else None.
    """

    goal: GoalName
    weight: int
    value: int
    unit: str
    floor: int | None


class TierValue(PlanRow):
    """What the plan reaches in one tier.

    Parameters
    ----------
    number
        The policy's number of the tier.
    goals
        The goals added up in it.
    value
        Sum of weight x value.
    bound
        No plan that is as good in the earlier tiers has a smaller value: proven.
    slack
        What later tiers may give back of this one under the policy.
    proven
        The value is within the slack of the bound, so the tier cannot be improved.
    """

    number: int
    goals: tuple[GoalValue, ...]
    value: int
    bound: int
    slack: int
    proven: bool


class SearchPhase(PlanRow):
    """One step of the search, for the analyst."""

    name: str
    seconds: float
    note: str
