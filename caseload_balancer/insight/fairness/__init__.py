"""How even the plan is, worker by worker."""

from caseload_balancer.insight.fairness.answer import Fairness
from caseload_balancer.insight.fairness.question import fairness

__all__ = ["Fairness", "fairness"]
