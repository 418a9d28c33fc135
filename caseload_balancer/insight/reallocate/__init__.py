"""A plan around what was agreed with people."""

from caseload_balancer.insight.reallocate.question import Overrides, reallocate

__all__ = ["Overrides", "reallocate"]
