"""Gains of forcing items, and the rows that knapsacks imply, against every choice there is."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseload_balancer.arrays.evaluation import chosen_arcs
from caseload_balancer.arrays.gap_files import gap_as_arrays
from caseload_balancer.datasets.arrays import random_gap
from caseload_balancer.engine import solve
from caseload_balancer.engine.dantzig_wolfe.forced_items import gains_of_forcing
from caseload_balancer.engine.dantzig_wolfe.knapsack_rows import knapsack_row
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.parameters import KnapsackParameters
from caseload_balancer.engine.relaxation.relaxer import Relaxer
from tests.examples import settings

_NO_CHOICE = 10**6


@st.composite
def _knapsacks(draw):
    items = draw(st.integers(1, 8))
    net = draw(st.lists(st.integers(-40, 15), min_size=items, max_size=items))
    use = draw(st.lists(st.integers(0, 9), min_size=items, max_size=items))
    most, price = draw(st.integers(0, 30)), draw(st.integers(0, 6))
    return np.array(net, np.int64), np.array(use, np.int64), most, price


def _choices(net, use, most):
    for one in itertools.product((False, True), repeat=len(net)):
        taken = np.array(one)
        if use[taken].sum() <= most:
            yield taken, int(net[taken].sum())


@settings(max_examples=300)
@given(knapsack=_knapsacks(), room=st.integers(0, 60), core=st.integers(0, 9))
def test_gains_are_never_too_large_and_exact_within_the_room(knapsack, room, core):
    net, use, most, price = knapsack
    choices = list(_choices(net, use, most))
    least = min(cost for _, cost in choices)
    parameters = KnapsackParameters(forced_core=core)
    into, out = gains_of_forcing(
        net, use, most, price=price, least=least, room=room, parameters=parameters
    )
    for item in range(len(net)):
        for gain, wanted in ((into, True), (out, False)):
            costs = [cost for taken, cost in choices if taken[item] == wanted]
            exact = min(costs, default=_NO_CHOICE) - least
            assert 0 <= gain[item] <= exact
            if core > len(net):
                assert gain[item] >= min(exact, room + 1)


@settings(max_examples=200)
@given(knapsack=_knapsacks(), scale=st.sampled_from([1, 1 << 10, 1 << 20]))
def test_a_row_holds_for_every_choice(knapsack, scale):
    net, use, most, _ = knapsack
    net = net * scale + np.arange(len(net))
    least = min(cost for _, cost in _choices(net, use, most))
    row = knapsack_row(np.arange(len(net))[::-1], net, least, scale)
    coefficient = row.coefficient[::-1]
    assert (np.diff(row.arc) > 0).all()
    assert all(coefficient[taken].sum() >= row.least for taken, _ in _choices(net, use, most))


def test_a_row_of_large_numbers_stays_within_what_solvers_are_trusted_with():
    net = -np.full(100, 10**12, np.int64)
    row = knapsack_row(np.arange(100), net, -50 * 10**12, 1)
    assert np.abs(row.coefficient).sum() <= 1 << 30
    assert row.coefficient[:50].sum() >= row.least


@pytest.mark.parametrize(
    ("kind", "agents", "jobs", "seed"),
    [("b", 5, 30, 2), ("c", 5, 30, 2), ("d", 4, 16, 1)],  # a larger one of d takes half a minute
)
def test_the_best_assignment_is_among_what_forcing_leaves_and_keeps_the_rows(
    kind, agents, jobs, seed
):
    arrays = gap_as_arrays(random_gap(kind, agents, jobs, seed=seed))
    best = solve(arrays, time_limit=600, granted=30)
    assert best.stop_reason == "proven"
    relaxer = Relaxer(arrays, 1, (0,), arrays.start)
    deadline = Deadline(60, work=1.0)
    assert relaxer.solve(deadline)
    while relaxer.tighten(deadline, 1.0) and not deadline.passed():
        pass
    decomposition = relaxer.decomposition
    value = best.values[1]
    plain, forced = (
        decomposition.prices(),
        decomposition.priced.forced_prices(decomposition.support, value),
    )
    assert (forced.arc >= plain.arc).all()
    candidates = forced.candidates(value)
    assert candidates.hold(arrays, best.assignment)
    assert candidates.arc.sum() < plain.candidates(value).arc.sum()
    taken = np.zeros(arrays.arcs, np.int64)
    taken[chosen_arcs(arrays, best.assignment)] = 1
    rows = decomposition.priced.rows(candidates.arc)
    assert rows
    assert all(int(row.coefficient @ taken[row.arc]) >= row.least for row in rows)
