"""What differs between two plans."""

from caseload_balancer.insight.compare.question import Comparison, compare

__all__ = ["Comparison", "compare"]
