"""What every unit costs at least by itself bounds every assignment."""

from hypothesis import given

from caseload_balancer.arrays.least_costs import least_of_tiers, least_options
from tests.drawn_arrays import tiny_arrays
from tests.examples import settings
from tests.oracle import all_allowed


@settings(max_examples=50)
@given(arrays=tiny_arrays(workers=3, units=4))
def test_no_assignment_goes_below(arrays):
    least = least_of_tiers(arrays)
    _, worth = all_allowed(arrays)
    assert (worth >= least).all()


@settings(max_examples=50)
@given(arrays=tiny_arrays())
def test_each_unit_has_its_cheapest_option(arrays):
    least = least_options(arrays, 0)
    for unit in range(arrays.units):
        costs = arrays.arc_cost[0, arrays.arcs_of(unit)].tolist()
        costs += [int(arrays.wait_cost[0, unit])] if arrays.may_wait[unit] else []
        assert least[unit] == min(costs)
