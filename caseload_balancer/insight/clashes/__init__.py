"""Rows of a week that cannot all be kept."""

from caseload_balancer.insight.clashes.question import Clashes, clashes

__all__ = ["Clashes", "clashes"]
