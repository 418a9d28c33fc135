"""Who could take a case, everything else as it stands."""

from caseload_balancer.insight.recommend.answer import Recommendation
from caseload_balancer.insight.recommend.question import recommend

__all__ = ["Recommendation", "recommend"]
