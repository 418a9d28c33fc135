"""Moves against even loads: every trade-off there is."""

from caseload_balancer.insight.frontier.answer import Frontier
from caseload_balancer.insight.frontier.question import frontier

__all__ = ["Frontier", "frontier"]
