"""How many people it takes."""

from caseload_balancer.insight.staffing.question import Staffing, staffing

__all__ = ["Staffing", "staffing"]
