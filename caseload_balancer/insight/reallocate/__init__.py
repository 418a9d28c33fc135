"""A plan around what was agreed with people."""

from caseload_balancer.insight.reallocate.overrides import Overrides
from caseload_balancer.insight.reallocate.question import reallocate

__all__ = ["Overrides", "reallocate"]
