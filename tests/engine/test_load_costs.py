"""Piecewise linear costs, against the cost of each load added up unit by unit."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from caseload_balancer.engine.dantzig_wolfe.load_costs import FREE, NEVER, LoadBreakpoints


@st.composite
def _drawn(draw):
    """Draw breakpoints of some workers, their rates, and the rate of each unit of each load."""
    worker, load, segment, most, rates, units = [], [], [], [], [], []
    for number in range(draw(st.integers(1, 4))):
        longest = draw(st.integers(0, 12))
        at = sorted(draw(st.sets(st.integers(0, longest + 9), max_size=4)) | {0})
        paid = np.zeros(longest, np.int64)
        for begin in at:
            free = draw(st.booleans())
            rate = 0 if free else draw(st.integers(-3, 9))
            segment.append(FREE if free else len(rates))
            if not free:
                rates.append(rate)
            paid[begin:] = rate
        worker += [number] * len(at)
        load += at
        most.append(longest)
        units.append(paid)
    breakpoints = LoadBreakpoints(
        *(np.array(part, np.int64) for part in (worker, load, segment, most))
    )
    return breakpoints, np.array([*rates, 0], np.int64), units


@given(drawn=_drawn(), price=st.integers(-2, 12))
def test_lines_say_what_adding_up_says(drawn, price):
    breakpoints, rates, units = drawn
    costs = breakpoints.costs(rates)
    least = costs.least(np.full(len(units), price))
    for number, paid in enumerate(units):
        most = len(paid)
        load = np.arange(most + 3)
        cost = np.concatenate([[0], np.cumsum(paid)])
        mine = np.full(len(load), number)
        assert costs.of(mine, load).tolist() == [*cost, NEVER, NEVER]
        assert costs.last_rate(mine[1:], load[1:]).tolist() == [*paid, NEVER, NEVER]
        assert least[number] == (cost - price * np.arange(most + 1)).min()
        for low in range(most):
            straight = costs.straight_rate(mine[low:], np.full(len(load) - low, low), load[low:])
            for high, rate in zip(range(low, most + 3), straight.tolist(), strict=True):
                same = high <= most and len(set(paid[low : max(high, low + 1)].tolist())) == 1
                assert rate == (paid[low] if same else NEVER)


@given(drawn=_drawn(), load=st.integers(0, 12))
def test_segments_are_used_up_to_the_load(drawn, load):
    breakpoints, rates, units = drawn
    loads = np.array([min(load, len(paid)) for paid in units])
    which, segment, amount = breakpoints.segments_used(np.arange(len(units)), loads)
    assert (amount > 0).all()
    paid = np.bincount(which, amount * rates[segment], minlength=len(units))
    assert paid.tolist() == [
        one[:much].sum() for one, much in zip(units, loads.tolist(), strict=True)
    ]
    assert set(breakpoints.paid().tolist()) == set(
        breakpoints.worker[breakpoints.segment != FREE].tolist()
    )


def test_who_rises():
    breakpoints = LoadBreakpoints(
        np.array([0, 1, 1]), np.array([0, 0, 2]), np.array([0, 1, 2]), np.array([3, 4])
    )
    assert breakpoints.costs(np.array([0, 4, -1])).rises().tolist() == [True, False]


def test_a_breakpoint_beyond_the_largest_load_is_left_out():
    load, most = np.array([0, 3, 8, 0, 4]), np.array([6, 4])
    breakpoints = LoadBreakpoints(np.array([0, 0, 0, 1, 1]), load, np.arange(5), most)
    assert breakpoints.points(0).tolist() == [0, 3, 6]
    assert breakpoints.points(1).tolist() == [0, 4]
