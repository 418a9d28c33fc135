"""How many people it takes."""

from caseload_balancer.insight.staffing.answer import Staffing
from caseload_balancer.insight.staffing.question import staffing

__all__ = ["Staffing", "staffing"]
