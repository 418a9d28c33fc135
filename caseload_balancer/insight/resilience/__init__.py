"""What follows if somebody left."""

from caseload_balancer.insight.resilience.answer import Resilience
from caseload_balancer.insight.resilience.question import resilience

__all__ = ["Resilience", "resilience"]
