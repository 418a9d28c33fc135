"""Knapsacks with convex costs of some loads, several at once, against every choice there is."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseload_balancer.engine.dantzig_wolfe import knapsacks
from caseload_balancer.engine.dantzig_wolfe.knapsack_data import Knapsacks
from caseload_balancer.engine.dantzig_wolfe.knapsacks import solve_knapsacks
from caseload_balancer.engine.dantzig_wolfe.load_costs import FREE, NEVER, LoadBreakpoints
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.parameters import KnapsackParameters
from tests.examples import settings

ITEMS = 7


def _curve(slopes, most):
    """Return the cost of each load from 0, where `slopes` say how much dearer each unit is."""
    return np.concatenate([[0], np.cumsum(np.array(slopes[:most], np.int64))])


def _costs(curves):
    """Return the same costs with a breakpoint at each load."""
    worker = np.repeat(np.arange(len(curves)), [max(1, len(curve) - 1) for curve in curves])
    load = np.concatenate([np.arange(max(1, len(curve) - 1)) for curve in curves])
    rates = [np.diff(curve) if len(curve) > 1 else [0] for curve in curves]
    rate = np.concatenate(rates).astype(np.int64)
    most = np.array([len(curve) - 1 for curve in curves])
    return LoadBreakpoints(worker, load, np.arange(len(load)), most).costs(rate)


@st.composite
def _drawn(draw, *, one_load=False):
    """Draw for each worker what items cost, what they use, and what the loads cost."""
    drawn = []
    loads = draw(st.integers(1, 4))
    free = draw(st.booleans())
    for _ in range(draw(st.integers(1, 4))):
        items = draw(st.integers(0, ITEMS))
        net = draw(st.lists(st.integers(-40, 15), min_size=items, max_size=items))
        largest = [6, 6, 1, 1][:loads]
        use = [
            draw(st.lists(st.integers(0, most), min_size=items, max_size=items)) for most in largest
        ]
        slopes = [sorted(draw(st.lists(st.integers(0, 12), max_size=2 * m + 2))) for m in largest]
        if free:
            slopes = [[0] * len(one) for one in slopes]
        if one_load:
            use[1:], slopes[1:] = [[0] * items] * (loads - 1), [[]] * (loads - 1)
        curves = [_curve(one, len(one)) for one in slopes]
        drawn.append((np.array(net, np.int64), np.array(use, np.int64), curves))
    sizes = st.lists(st.integers(0, 9), min_size=loads * len(drawn), max_size=loads * len(drawn))
    return drawn, np.array(draw(sizes)).reshape(loads, -1)


def _together(drawn):
    net = np.full((len(drawn), ITEMS), NEVER)
    loads = len(drawn[0][2])
    use = np.zeros((loads, len(drawn), ITEMS), np.int64)
    for worker, (mine, uses, _) in enumerate(drawn):
        net[worker, : len(mine)], use[:, worker, : len(mine)] = mine, uses
    costs = [_costs([curves[load] for _, _, curves in drawn]) for load in range(loads)]
    return Knapsacks(net, use, tuple(costs))


def _cost(net, use, curves, items):
    loads = use[:, items].sum(axis=1)
    if any(load >= len(curve) for load, curve in zip(loads, curves, strict=True)):
        return None
    return int(net[items].sum()) + sum(
        int(curve[load]) for load, curve in zip(loads, curves, strict=True)
    )


def _least(net, use, curves):
    choices = itertools.product((False, True), repeat=len(net))
    costs = (_cost(net, use, curves, np.array(one, np.bool_)) for one in choices)
    return min(cost for cost in costs if cost is not None)


def _choices(found, worker):
    return [np.flatnonzero(row) for row in found.taken[found.worker == worker]]


@settings(max_examples=300)
@given(drawn=_drawn() | _drawn(one_load=True), first=st.integers(1, 10), together=st.integers(1, 4))
def test_the_least_is_that_of_all_choices(drawn, first, together):
    workers, prices = drawn
    # a small core has to grow
    parameters = KnapsackParameters(first_core=first, workers_together=together)
    found = solve_knapsacks(_together(workers), prices, parameters)
    for number, worker in enumerate(workers):
        choices = _choices(found, number)
        assert found.floor[number] <= found.least[number] == _least(*worker)
        assert _cost(*worker, choices[0]) == found.least[number]
        assert all(_cost(*worker, choice) is not None for choice in choices)
        assert len({choice.tobytes() for choice in choices}) == len(choices)


@settings(max_examples=200)
@given(
    drawn=_drawn() | _drawn(one_load=True),
    largest=st.integers(1, 4),
    choices=st.integers(1, 3) | st.just(1_000),
)
def test_given_up_it_is_a_floor_and_the_choices_are_possible(drawn, largest, choices):
    workers, prices = drawn
    parameters = KnapsackParameters(first_core=1, largest_core=largest, labels=choices)
    found = solve_knapsacks(_together(workers), prices, parameters)
    for number, worker in enumerate(workers):
        assert found.floor[number] <= found.least[number] <= _least(*worker)
        assert all(_cost(*worker, choice) is not None for choice in _choices(found, number))


def test_each_worker_gets_what_it_would_get_alone():
    random = np.random.default_rng(3)
    drawn = [
        (
            random.integers(-300, 0, ITEMS),
            random.integers(0, 9, (2, ITEMS)),
            [_curve(np.sort(random.integers(0, 40, most)), most) for most in (12, 20)],
        )
        for _ in range(30)
    ]
    none = np.zeros((2, len(drawn)), np.int64)
    together = solve_knapsacks(_together(drawn), none)
    for number, worker in enumerate(drawn):
        alone = solve_knapsacks(_together([worker]), none[:, :1])
        assert together.least[number] == alone.least[0]
        assert (together.prices[:, number] == alone.prices[:, 0]).all()
        assert (together.taken[together.worker == number] == alone.taken).all()


def _one_knapsack(net, use, most):
    """Return one worker's items under a limit, with nothing else to pay."""
    second = np.zeros_like(use)
    zero = np.zeros(1, np.int64)
    limits = (np.array([most]), zero)
    costs = [LoadBreakpoints(zero, zero, zero + FREE, limit).costs(zero) for limit in limits]
    return Knapsacks(net[None], np.stack([use, second])[:, None], tuple(costs))


def test_loads_in_the_hundred_thousands_are_decided_too():
    random = np.random.default_rng(5)
    use = random.integers(100_000, 1_000_000, 60)
    net = -1024 * random.integers(100_000, 1_000_000, 60)  # scaled, as prices are whole numbers
    most = int(use.sum()) // 3
    found = solve_knapsacks(_one_knapsack(net, use, most), np.zeros((2, 1), np.int64))
    assert found.least[0] == net[found.taken[0]].sum()
    assert use[found.taken[0]].sum() <= most
    assert found.floor[0] <= found.least[0] <= 0.99 * found.floor[0]


def test_numbers_too_large_to_list_leave_the_floor():
    use = np.array([3, 5, 7]) << 59
    found = solve_knapsacks(
        _one_knapsack(np.array([-6, -10, -14]), use, 1 << 60), np.zeros((2, 1), np.int64)
    )
    assert found.least[0] == found.floor[0] <= 0


def test_many_items_worth_just_their_load_are_given_up_with_a_choice():
    use = np.full(400, 2)
    found = solve_knapsacks(_one_knapsack(np.full(400, -20), use, 401), np.zeros((2, 1), np.int64))
    assert found.least[0] <= -20 * 200 == -20 * found.taken[0].sum()


def test_no_worker_takes_nothing():
    none = np.zeros(0, np.int64)
    costs = LoadBreakpoints(none, none, none, none).costs(none)
    empty = Knapsacks(np.zeros((0, 1), np.int64), np.zeros((2, 0, 1), np.int64), (costs, costs))
    found = solve_knapsacks(empty, np.zeros((2, 0), np.int64))
    assert len(found.least) == len(found.worker) == 0


def _long_knapsack():
    """Return a knapsack that takes long: every item is worth just what its load is."""
    use = np.random.default_rng(7).integers(1_000, 100_000, 300)
    return _one_knapsack(-use, use, int(use.sum()) // 2)


@pytest.mark.parametrize(("left", "solved"), [(0.0, False), (0.01, False), (10.0, True)])
def test_a_pricing_ends_soon_after_the_work_that_is_left(left, solved, monkeypatch):
    monkeypatch.setattr(knapsacks, "_MOST_WORK_BEYOND", 0.0)
    deadline = Deadline(600, work=left)
    found = solve_knapsacks(_long_knapsack(), np.zeros((2, 1), np.int64), deadline=deadline)
    whole = solve_knapsacks(_long_knapsack(), np.zeros((2, 1), np.int64))
    assert whole.work > 0.02
    assert found.floor == whole.floor <= found.least <= whole.least
    assert (len(found.worker) > 0) == solved
    assert found.work <= min(left + 0.002, whole.work)
    assert not deadline.struck


def test_a_pricing_ends_when_somebody_asks_to_stop():
    deadline = Deadline(600, stop=lambda: True)
    found = solve_knapsacks(_long_knapsack(), np.zeros((2, 1), np.int64), deadline=deadline)
    assert found.least == found.floor
    assert len(found.worker) == 0
    assert deadline.struck
