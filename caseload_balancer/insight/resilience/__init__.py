"""What follows if somebody left."""

from caseload_balancer.insight.resilience.question import Resilience, resilience

__all__ = ["Resilience", "resilience"]
