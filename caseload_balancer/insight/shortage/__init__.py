"""Why a week cannot be met, and what would mend it."""

from caseload_balancer.insight.shortage.question import Shortage, shortage

__all__ = ["Shortage", "shortage"]
