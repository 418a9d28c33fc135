"""The numbers of each chart, under the chart's name: as rows, as text and as a frame.

They need no matplotlib, take what the chart takes, and are what it draws.
"""

from caseload_balancer.charts.rows.continuity import continuity
from caseload_balancer.charts.rows.drift import drift
from caseload_balancer.charts.rows.frontier import frontier
from caseload_balancer.charts.rows.history import history
from caseload_balancer.charts.rows.loads import loads
from caseload_balancer.charts.rows.moves import moves
from caseload_balancer.charts.rows.resilience import resilience
from caseload_balancer.charts.rows.simulation import practices, simulation
from caseload_balancer.charts.rows.staffing import staffing
from caseload_balancer.charts.rows.teams import teams
from caseload_balancer.charts.rows.waiting import waiting

__all__ = [
    "continuity",
    "drift",
    "frontier",
    "history",
    "loads",
    "moves",
    "practices",
    "resilience",
    "simulation",
    "staffing",
    "teams",
    "waiting",
]
