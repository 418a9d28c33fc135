"""The policy of a point of the frontier: the same goals in the frontier's order."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from caseload_balancer.policy import GoalName, Policy

_FIRST: Final[dict[GoalName, int]] = {
    "must_hold_waiting": 1,
    "standing_breaches": 1,
    "over_cap": 2,
    "concessions": 3,
    "transfers_due": 3,
    "imbalance": 4,
}
_ALL_ELSE: Final = 5


def frontier_policy(policy: Policy, *, tolerance: int, budget: int | None) -> Policy:
    """Return `policy` as a point of the frontier is planned.

    Must-hold children who wait and standing breaches come first, children over cap next, local
    limits given way third, the balance of loads fourth; all other goals only choose among plans
    that are equal in these. Weights stay; what the policy leaves out stays out, but for the
    balance itself.

    Parameters
    ----------
    tolerance
        Differences of balance up to it count as none, in hundredths of a cost point.
    budget
        Children who may be moved without being forced; None is no limit.
    """
    goals = {
        name: goal.model_copy(
            update={
                "tier": _FIRST.get(name, _ALL_ELSE),
                "weight": 1 if name == "imbalance" else goal.weight,
                "slack_abs": tolerance if name == "imbalance" else 0,
                "slack_rel": Decimal(0),
            }
        )
        for name, goal in policy.goals.items()
    }
    # Not copied but made anew: a copy would keep the tiers of the policy it was made of.
    content = {name: getattr(policy, name) for name in Policy.model_fields}
    limits = policy.limits.model_copy(update={"move_budget": budget})
    return Policy.model_validate({**content, "goals": goals, "limits": limits})


def balance_tier(policy: Policy) -> int:
    """Return which tier of a frontier's policy, counted from 0, is the balance."""
    return policy.tiers.index(("imbalance",))
