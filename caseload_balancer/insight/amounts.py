"""What a change costs, goal by goal, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from caseload_balancer.plan.words import listed
from caseload_balancer.policy import GoalName, Policy

GOAL_WORDS: Final[Mapping[GoalName, str]] = {
    "must_hold_waiting": "urgency of children who may never wait",
    "standing_breaches": "rules left broken",
    "over_cap": "children over cap",
    "over_points": "points over the limit",
    "waiting": "waiting",
    "churn": "change of worker",
    "handover": "handover near a due date",
    "imbalance": "uneven loads",
    "agency_exposure": "outlasting a contract",
    "new_case_share": "share of new families",
    "fit": "match of child and worker",
}
COUNTED: Final = frozenset({"must_hold_waiting", "standing_breaches", "over_cap"})


def difference(
    after: Mapping[GoalName, int], before: Mapping[GoalName, int]
) -> dict[GoalName, int]:
    """Return `after` less `before` by goal, in the order of the goals; zeros are left out."""
    gaps = {goal: after.get(goal, 0) - before.get(goal, 0) for goal in GOAL_WORDS}
    return {goal: gap for goal, gap in gaps.items() if gap}


def by_tier(goals: Mapping[GoalName, int], policy: Policy) -> tuple[int, ...]:
    """Return the weighted sum of a figure by goal over each tier of the policy."""
    return tuple(
        sum(policy.goals[goal].weight * goals.get(goal, 0) for goal in tier)
        for tier in policy.tiers
    )


def amount(goal: GoalName, value: int) -> str:
    """Return a value of a goal with its sign: ``+1`` child, ``-0.3`` points, ``+10.00``."""
    if goal in COUNTED:
        return f"{value:+,}"
    return f"{value / 10:+,.1f}" if goal == "over_points" else f"{value / 100:+,.2f}"


def told(goal: GoalName, value: int) -> str:
    """Return a goal and its amount: ``change of worker +10.00``."""
    return f"{GOAL_WORDS[goal]} {amount(goal, value)}"


def in_words(goals: Mapping[GoalName, int], policy: Policy) -> str:
    """Return a difference goal by goal: ``change of worker +10.00, uneven loads -3.20``.

    Goals that the policy leaves out are left out; a weight other than 1 stands beside its goal.
    """
    parts = []
    for tier in policy.tiers:
        for goal in tier:
            if goals.get(goal):
                weight = policy.goals[goal].weight
                times = "" if weight == 1 else f" x {weight}"
                parts.append(f"{told(goal, goals[goal])}{times}")
    return ", ".join(parts)


def price(goals: Mapping[GoalName, int], policy: Policy) -> str:
    """Return what a difference comes to: ``6.80 points more (change of worker +10.00, ...)``.

    The first tier that differs decides. A tier of cost points alone is added up; any other is
    told goal by goal.
    """
    details = in_words(goals, policy)
    total = total_price(goals, policy)
    if total == "the same":
        return f"the same in all ({details})" if details else total
    return f"{total} ({details})"


def total_price(goals: Mapping[GoalName, int], policy: Policy) -> str:
    """Return what a difference comes to and no more: ``6.80 points more``, ``worse``."""
    for tier, total in zip(policy.tiers, by_tier(goals, policy), strict=True):
        if total == 0:
            continue
        if any(goals.get(goal) and _is_counted(goal) for goal in tier):
            return "worse" if total > 0 else "better"
        return f"{abs(total) / 100:,.2f} points {'more' if total > 0 else 'less'}"
    return "the same"


def worth(goals: Mapping[GoalName, int], policy: Policy) -> str:
    """Return what something comes to in itself: ``114.80 points (uneven loads +94.80, ...)``."""
    details = in_words(goals, policy)
    if not details:
        return "nothing"
    if any(_is_counted(goal) and policy.goals[goal].weight for goal in goals):
        return details
    return f"{sum(by_tier(goals, policy)) / 100:,.2f} points ({details})"


def _is_counted(goal: GoalName) -> bool:
    return goal in COUNTED or goal == "over_points"


def named(ids: Iterable[str], *, most: int = 6) -> str:
    """Return ids as ``C-1, C-2 and 3 more``."""
    return listed(sorted(ids), most=most)
