"""Why a week cannot be met, and what would mend it."""

from caseload_balancer.insight.shortage.answer import Shortage
from caseload_balancer.insight.shortage.question import shortage

__all__ = ["Shortage", "shortage"]
