"""Made-up arrays for the engine: services of any size, and generalised assignment."""

from caseload_balancer.datasets.arrays.blended import blended
from caseload_balancer.datasets.arrays.one_tier_gap import one_tier_gap
from caseload_balancer.datasets.arrays.random_gap import random_gap
from caseload_balancer.datasets.arrays.services import service

__all__ = ["blended", "one_tier_gap", "random_gap", "service"]
