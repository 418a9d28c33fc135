"""A tier bounded by its restricted problem, against every assignment."""

import math

import numpy as np
from hypothesis import given

from caseload_balancer.arrays.evaluation import values
from caseload_balancer.arrays.least_costs import least_of_options
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.parameters import Parameters, TierParameters
from caseload_balancer.engine.strategies.restricted_tier import (
    bounded_by_restriction,
    only_units,
    relevant_units,
)
from caseload_balancer.engine.strategies.tiers import Known, Tier
from tests.drawn_arrays import tiny_arrays
from tests.examples import settings
from tests.oracle import all_allowed


@settings(max_examples=60)
@given(arrays=tiny_arrays())
def test_leaving_units_out_never_makes_a_tier_dearer(arrays):
    best = all_allowed(arrays)[1].min(axis=0)
    for tier in range(arrays.tiers):
        units = relevant_units(arrays, tier, arrays.arcs)
        if not units.any():
            continue
        alone = only_units(arrays, arrays.start, units)
        least = all_allowed(alone)[1][:, tier].min()
        beside = math.fsum(
            min(
                [*arrays.arc_cost[tier, arrays.arc_unit == unit].tolist()]
                + [int(arrays.wait_cost[tier, unit])] * bool(arrays.may_wait[unit])
            )
            for unit in np.flatnonzero(~units)
        )
        assert least + beside <= best[tier]


@settings(max_examples=60)
@given(arrays=tiny_arrays(slack=False))
def test_no_assignment_under_the_ceilings_is_below_the_bound_of_the_restricted_problem(arrays):
    _, worth = all_allowed(arrays)
    start = values(arrays, arrays.start)
    parameters = Parameters(tiers=TierParameters(restricted_arcs=1.0))
    for number in range(arrays.tiers):
        tier = Tier(
            arrays=arrays,
            number=number,
            ceilings=start[:number],
            deadline=Deadline(20),
            seed=0,
            report=lambda _assignment: None,
            parameters=parameters,
        )
        begin = min(start[number], least_of_options(arrays, number))
        known = Known(assignment=arrays.start, value=start[number], bound=begin, note="")
        within = worth[(worth[:, :number] <= start[:number]).all(axis=1), number]
        assert begin <= bounded_by_restriction(tier, known).bound <= within.min()
