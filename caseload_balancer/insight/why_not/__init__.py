"""Why a child is not with another worker."""

from caseload_balancer.insight.why_not.answer import WhyNot
from caseload_balancer.insight.why_not.question import why_not

__all__ = ["WhyNot", "why_not"]
