"""What differs between two plans."""

from caseload_balancer.insight.compare.answer import Comparison
from caseload_balancer.insight.compare.question import compare

__all__ = ["Comparison", "compare"]
