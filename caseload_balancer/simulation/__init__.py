"""Week after week under a policy or a practice: the judge of what a plan is worth over time."""

from caseload_balancer.simulation.answer import ParetoPoint, Simulation
from caseload_balancer.simulation.drawn import DrawnEvents
from caseload_balancer.simulation.events import EventSource, WeekEvents
from caseload_balancer.simulation.intervals import Interval
from caseload_balancer.simulation.measures import MEASURES, RunMeasure
from caseload_balancer.simulation.mondays import Monday
from caseload_balancer.simulation.practices import PRACTICES, Allocated, Practice
from caseload_balancer.simulation.question import simulate
from caseload_balancer.simulation.rates import Rates
from caseload_balancer.simulation.records import Run, WeekRecord
from caseload_balancer.simulation.replay import replay
from caseload_balancer.simulation.replayed import ReplayedEvents

__all__ = [
    "MEASURES",
    "PRACTICES",
    "Allocated",
    "DrawnEvents",
    "EventSource",
    "Interval",
    "Monday",
    "ParetoPoint",
    "Practice",
    "Rates",
    "ReplayedEvents",
    "Run",
    "RunMeasure",
    "Simulation",
    "WeekEvents",
    "WeekRecord",
    "replay",
    "simulate",
]
