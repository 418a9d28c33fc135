"""Rows of a week that cannot all be kept."""

from caseload_balancer.insight.clashes.answer import Clashes
from caseload_balancer.insight.clashes.question import clashes

__all__ = ["Clashes", "clashes"]
