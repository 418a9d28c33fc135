"""The plan: an assignment in the users' words, verified always."""

from caseload_balancer.plan.building import make_plan
from caseload_balancer.plan.outcomes import SearchOutcome
from caseload_balancer.plan.plans import Plan, a_plan

__all__ = ["Plan", "SearchOutcome", "a_plan", "make_plan"]
