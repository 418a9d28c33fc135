"""Charts of plans and answers, by matplotlib (extra ``charts``): axes in, axes out.

    import caseload_balancer as cb

    axes = cb.charts.loads(plan)
    axes.figure.savefig("loads.png")

Every chart takes `ax`, draws on it and returns it; without, it makes a figure of its own that
pyplot knows nothing of. `tables` has the numbers of each chart under the same name, as rows, as
text and as a frame, without matplotlib. `svg` and `png` make a picture of a chart.
"""

from caseload_balancer.charts import tables
from caseload_balancer.charts.drawing.continuity import continuity
from caseload_balancer.charts.drawing.drift import drift
from caseload_balancer.charts.drawing.frontier import frontier
from caseload_balancer.charts.drawing.history import history
from caseload_balancer.charts.drawing.loads import loads
from caseload_balancer.charts.drawing.moves import moves
from caseload_balancer.charts.drawing.resilience import resilience
from caseload_balancer.charts.drawing.simulation import practices, simulation
from caseload_balancer.charts.drawing.staffing import staffing
from caseload_balancer.charts.drawing.teams import teams
from caseload_balancer.charts.drawing.waiting import waiting
from caseload_balancer.charts.pictures import png, svg

__all__ = [
    "continuity",
    "drift",
    "frontier",
    "history",
    "loads",
    "moves",
    "png",
    "practices",
    "resilience",
    "simulation",
    "staffing",
    "svg",
    "tables",
    "teams",
    "waiting",
]
