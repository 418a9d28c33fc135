"""What a service wants of an allocation: goals, rates of exchange, and the shipped profiles."""

from caseload_balancer.policy.goals import GOALS, Goal, GoalName
from caseload_balancer.policy.policies import Policy, profile_names

__all__ = ["GOALS", "Goal", "GoalName", "Policy", "profile_names"]
