"""Made-up services with published figures: nobody in them is or was a person."""

from caseload_balancer.datasets.constructed import Constructed, feasible, infeasible
from caseload_balancer.datasets.england import england
from caseload_balancer.datasets.extracts import ssd
from caseload_balancer.datasets.samples import team, worcestershire
from caseload_balancer.datasets.services import service

__all__ = [
    "Constructed",
    "england",
    "feasible",
    "infeasible",
    "service",
    "ssd",
    "team",
    "worcestershire",
]
