"""What a change costs, goal by goal, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from caseload_balancer.domain.wording import listed
from caseload_balancer.policy import GOALS, MEANING, GoalName, Policy

_IDS_NAMED: Final = 6


def difference(
    after: Mapping[GoalName, int], before: Mapping[GoalName, int]
) -> dict[GoalName, int]:
    """Return `after` less `before` by goal, in the order of the goals; zeros are left out."""
    gaps = {goal: after.get(goal, 0) - before.get(goal, 0) for goal in GOALS}
    return {goal: gap for goal, gap in gaps.items() if gap}


def by_tier(goals: Mapping[GoalName, int], policy: Policy) -> tuple[int, ...]:
    """Return the weighted sum of a figure by goal over each tier of the policy."""
    return tuple(
        sum(policy.goals[goal].weight * goals[goal] for goal in tier if goal in goals)
        for tier in policy.tiers
    )


def told(goal: GoalName, value: int) -> str:
    """Return a goal and its amount: ``change of worker +10.00``."""
    return f"{MEANING[goal].words} {MEANING[goal].amount(value)}"


def in_words(goals: Mapping[GoalName, int], policy: Policy) -> str:
    """Return a difference goal by goal: ``change of worker +10.00, uneven loads -3.20``.

    Goals that the policy leaves out are left out; a weight other than 1 stands beside its goal.
    """
    return ", ".join(part for tier in _parts(goals, policy) for part in tier)


def _parts(goals: Mapping[GoalName, int], policy: Policy) -> list[list[str]]:
    """Return for each tier of the policy what differs in it, goal by goal."""
    found = []
    for tier in policy.tiers:
        parts = []
        for goal in tier:
            if goals.get(goal):
                weight = policy.goals[goal].weight
                times = "" if weight == 1 else f" x {weight}"
                parts.append(f"{told(goal, goals[goal])}{times}")
        found.append(parts)
    return found


def price(goals: Mapping[GoalName, int], policy: Policy) -> str:
    """Return what a difference comes to: ``6.80 cost points more (change of worker +10.00, ...)``.

    The first tier that differs decides. A tier of cost points alone is added up; any other is
    told goal by goal. What differs in later tiers is told beside it, and is no part of the sum.
    """
    total = total_price(goals, policy)
    if total == "the same":
        details = in_words(goals, policy)
        return f"the same in all ({details})" if details else total
    totals, parts = by_tier(goals, policy), _parts(goals, policy)
    decides = next(number for number, one in enumerate(totals) if one)
    details = ", ".join(part for tier in parts[: decides + 1] for part in tier)
    later = ", ".join(part for tier in parts[decides + 1 :] for part in tier)
    return f"{total} ({details}{f'; of less weight: {later}' if later else ''})"


def total_price(goals: Mapping[GoalName, int], policy: Policy) -> str:
    """Return what a difference comes to and no more: ``6.80 cost points more``, ``worse``."""
    for tier, total in zip(policy.tiers, by_tier(goals, policy), strict=True):
        if total == 0:
            continue
        if any(goals.get(goal) and not MEANING[goal].priced for goal in tier):
            return "worse" if total > 0 else "better"
        return f"{abs(total) / 100:,.2f} cost points {'more' if total > 0 else 'less'}"
    return "the same"


def worth(goals: Mapping[GoalName, int], policy: Policy) -> str:
    """Return what something comes to in itself: ``114.80 cost points (waiting +94.80, ...)``."""
    details = in_words(goals, policy)
    if not details:
        return "nothing"
    if any(not MEANING[goal].priced and policy.goals[goal].weight for goal in goals):
        return details
    return f"{sum(by_tier(goals, policy)) / 100:,.2f} cost points ({details})"


def named(ids: Iterable[str]) -> str:
    """Return ids as ``C-1, C-2 and 3 more``."""
    return listed(sorted(ids), most=_IDS_NAMED)
