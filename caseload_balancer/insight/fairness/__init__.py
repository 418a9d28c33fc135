"""How even the plan is, worker by worker."""

from caseload_balancer.insight.fairness.question import Fairness, fairness

__all__ = ["Fairness", "fairness"]
