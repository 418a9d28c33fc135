"""Weeks drawn at random from rates."""

from caseload_balancer.simulation.drawn.source import DrawnEvents

__all__ = ["DrawnEvents"]
