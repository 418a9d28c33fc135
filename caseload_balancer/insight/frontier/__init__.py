"""Moves against even loads: every trade-off there is."""

from caseload_balancer.insight.frontier.question import Frontier, frontier

__all__ = ["Frontier", "frontier"]
