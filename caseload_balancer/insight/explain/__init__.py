"""Why a child is with the worker of the plan."""

from caseload_balancer.insight.explain.answer import Explanation
from caseload_balancer.insight.explain.question import explain

__all__ = ["Explanation", "explain"]
