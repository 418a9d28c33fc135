"""The plan of the made-up team, which many tests look at and none changes: planned once."""

from functools import cache

import caseload_balancer as cb


@cache
def planned_team() -> cb.Plan:
    return cb.allocate(cb.datasets.team())
