"""Bounds and prices of the relaxation against brute force."""

from copy import deepcopy

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from caseload_balancer.arrays import WAITING, Arrays, Breakpoints, UnitGroups
from caseload_balancer.arrays.evaluation import values
from caseload_balancer.datasets.arrays import service
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.integer import solve_integer
from caseload_balancer.engine.linear_programs.linearisation import linearise
from caseload_balancer.engine.linear_programs.pricing import price
from caseload_balancer.engine.neighbourhoods.rounding import taken_arcs
from caseload_balancer.engine.parameters import ColumnGenerationParameters, Parameters
from caseload_balancer.engine.relaxation.relaxer import relax
from tests.drawn_arrays import tiny_arrays
from tests.examples import settings
from tests.oracle import all_allowed

FEW_COLUMNS = Parameters(
    columns=ColumnGenerationParameters(all_arcs_up_to=0, arcs_a_unit=1, segments_near=1)
)
"""With these even tiny problems generate columns."""


def _tiers_by_brute_force(arrays):
    """Yield each tier with the ceilings before it, what is left of the assignments, and values."""
    left, worth = all_allowed(arrays)
    ceilings = []
    for tier in range(arrays.tiers):
        yield tier, tuple(ceilings), left, worth[:, tier]
        best = worth[:, tier].min()
        ceilings.append(int(best))
        left, worth = left[worth[:, tier] <= best], worth[worth[:, tier] <= best]


@settings(max_examples=100)
@given(arrays=tiny_arrays(slack=False), steps=st.integers(0, 12), few=st.booleans())
def test_no_assignment_is_below_the_bound_nor_an_option_below_its_price(arrays, steps, few):
    parameters = FEW_COLUMNS if few else Parameters()
    for tier, ceilings, left, worth in _tiers_by_brute_force(arrays):
        relaxer = relax(
            arrays, tier, ceilings, deadline=Deadline(20), rough=few, parameters=parameters
        )
        if relaxer is None:
            continue
        for _ in range(steps):
            relaxer.tighten(Deadline(20), 0.0)
        found = relaxer.current()
        for one, value in zip(left, worth.tolist(), strict=True):
            assert value >= found.bound
            assert found.prices.candidates(value).hold(arrays, one)
            arcs = arrays.arc_worker == one[arrays.arc_unit]
            taken = found.prices.arc[arcs].max(initial=0)
            waiting = found.prices.wait[one < 0].max(initial=0)
            room = value * found.prices.scale - found.prices.total
            assert max(taken, waiting) <= room


def _capped(random):
    """Return two workers whose loads cost from 4 on in tier 0, and later as well in tier 1."""
    units, workers, tiers = 5, 2, 2
    arcs = units * workers
    return Arrays(
        arc_start=np.arange(units + 1) * workers,
        arc_worker=np.tile(np.arange(workers), units),
        arc_use=np.repeat(random.integers(1, 5, (1, units)), workers, axis=1),
        arc_cost=np.stack([np.zeros(arcs, np.int64), random.integers(0, 9, arcs)]),
        wait_cost=np.stack([np.zeros(units, np.int64), random.integers(0, 30, units)]),
        may_wait=np.ones(units, np.bool_),
        limit=np.full((1, workers), 100),
        shared=np.zeros(1, np.bool_),
        breakpoints=Breakpoints(
            tier=np.repeat([0, 1, 1], workers),
            resource=np.zeros(6, np.int64),
            worker=np.tile(np.arange(workers), 3),
            at=np.concatenate([[4, 4], random.integers(4, 8, 2), random.integers(10, 16, 2)]),
            step=np.concatenate([[1, 1], random.integers(1, 9, 4)]),
        ),
        groups=UnitGroups.none(tiers),
        arc_budget=np.zeros(arcs, np.int64),
        budget=None,
        slack_abs=np.zeros(tiers, np.int64),
        slack_rel=np.zeros(tiers, np.int64),
        start=np.full(units, WAITING),
    )


@settings(max_examples=40)
@given(seed=st.integers(0, 2**32 - 1), ceiling=st.integers(1, 8))
def test_a_ceiling_in_the_middle_of_a_segment_rules_no_load_out_below_it(seed, ceiling):
    arrays = _capped(np.random.default_rng(seed))
    relaxer = relax(arrays, 1, (ceiling,), deadline=Deadline(20))
    assert relaxer is not None
    for _ in range(3):
        relaxer.tighten(Deadline(20), 0.0)
    prices = relaxer.current().prices
    for one, (before, value) in zip(*all_allowed(arrays), strict=True):
        if before <= ceiling:
            assert prices.candidates(value).hold(arrays, one)


@settings(max_examples=60)
@given(arrays=tiny_arrays(slack=False), seed=st.integers(0, 2**32 - 1))
def test_any_duals_give_a_valid_bound(arrays, seed):
    random = np.random.default_rng(seed)
    for tier, ceilings, _left, worth in _tiers_by_brute_force(arrays):
        linear = linearise(arrays, tier, ceilings)
        duals = random.normal(0, 10.0 ** random.integers(-2, 4), linear.program.rows)
        pricing = price(linear.program, duals)
        bound = -(-pricing.bound // pricing.scale) + linear.constant
        assert bound <= worth.min()


@settings(max_examples=60)
@given(arrays=tiny_arrays(slack=False))
def test_the_program_in_whole_numbers_is_the_tier_itself(arrays):
    for tier, ceilings, _left, worth in _tiers_by_brute_force(arrays):
        linear = linearise(arrays, tier, ceilings)
        program = linear.program
        whole = np.zeros(program.columns, np.bool_)
        whole[: linear.first_segment] = True
        answer = solve_integer(
            program, program.upper > 0, whole, deadline=Deadline(20), nodes=10_000, gap=0.5
        )
        assert answer.finished
        assert answer.values is not None
        found = taken_arcs(arrays, answer.values)
        assert values(arrays, found)[tier] == worth.min()


def test_columns_left_out_at_first_do_not_weaken_the_bound():
    arrays = service(20, 260, teams=2, seed=3, scope="service")
    ceilings = [values(arrays, arrays.start)[0]] * 2
    whole, generated = (
        relax(
            arrays,
            2,
            ceilings,
            deadline=Deadline(20),
            parameters=Parameters(columns=ColumnGenerationParameters(all_arcs_up_to=most)),
        )
        for most in (10**9, 0)
    )
    assert whole is not None
    assert generated is not None
    bounds = [relaxer.current().bound for relaxer in (whole, generated)]
    assert abs(bounds[0] - bounds[1]) <= 1e-6 * bounds[0] + 1


def test_cuts_lift_the_bound():
    arrays = service(12, 150, teams=1, seed=5, scope="service")
    ceilings = [values(arrays, arrays.start)[0], values(arrays, arrays.start)[1]]
    relaxer = relax(arrays, 2, ceilings, deadline=Deadline(20))
    assert relaxer is not None
    plain = relaxer.current().bound
    assert relaxer.tighten(Deadline(20), 0.0)
    assert relaxer.current().bound > plain


def test_without_time_there_is_no_relaxation():
    arrays = service(12, 150, teams=1, seed=5, scope="service")
    assert relax(arrays, 0, (), deadline=Deadline(0)) is None


def test_a_relaxation_stays_as_it_is_while_the_relaxer_goes_on():
    arrays = service(12, 150, teams=1, seed=5, scope="service")
    ceilings = [values(arrays, arrays.start)[0], values(arrays, arrays.start)[1]]
    relaxer = relax(arrays, 2, ceilings, deadline=Deadline(20))
    found = relaxer.current()
    known = deepcopy(found)
    for _ in range(6):
        relaxer.tighten(Deadline(20), 0.0)
        relaxer.current()
    assert relaxer.current().bound > found.bound == known.bound
    for one, before in (
        (found.values, known.values),
        (found.taken, known.taken),
        (found.incumbent, known.incumbent),
        (found.prices.arc, known.prices.arc),
        (found.prices.wait, known.prices.wait),
        (found.linear.program.upper, known.linear.program.upper),
    ):
        assert np.array_equal(one, before)
