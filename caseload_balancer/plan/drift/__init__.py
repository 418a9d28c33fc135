"""What drifts, or soon may: work that is late, people who come and go, and each team's week.

Everything is counted for any allocation of a week: the plan's, or the one the week begins with.
"""

from caseload_balancer.plan.drift.looking import Drift, look
from caseload_balancer.plan.drift.sentences import write_drift

__all__ = ["Drift", "look", "write_drift"]
