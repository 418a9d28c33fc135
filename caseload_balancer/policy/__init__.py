"""What a service wants of an allocation: goals, rates of exchange, and the shipped profiles."""

from caseload_balancer.policy.goals import GOALS, MEANING, Goal, GoalMeaning, GoalName
from caseload_balancer.policy.policies import Policy, PolicyLike, a_policy, profile_names
from caseload_balancer.policy.rules import RULES, Rule

__all__ = [
    "GOALS",
    "MEANING",
    "RULES",
    "Goal",
    "GoalMeaning",
    "GoalName",
    "Policy",
    "PolicyLike",
    "Rule",
    "a_policy",
    "profile_names",
]
