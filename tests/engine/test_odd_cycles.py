"""Cuts for three siblings in a circle: every assignment keeps them, halves do not."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseload_balancer.arrays import Arrays, Breakpoints, UnitGroups
from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.datasets.arrays import service
from caseload_balancer.engine import solve
from caseload_balancer.engine.columns.column_generation import ArcColumnGeneration
from caseload_balancer.engine.columns.odd_cycles import separate_odd_cycles
from caseload_balancer.engine.dantzig_wolfe.decomposition import DantzigWolfe
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.linearisation import linearise
from caseload_balancer.engine.parameters import DEFAULTS
from tests.examples import settings
from tests.relaxed_week import UNREDUCED


def siblings(units=3, workers=3, price=100, allowed=None):
    """One group; each worker may have two units at most.

    Parameters
    ----------
    allowed
        The workers of each unit, as many for each; by default all.
    """
    allowed = np.tile(np.arange(workers), (units, 1)) if allowed is None else np.array(allowed)
    arcs = allowed.size
    return Arrays(
        arc_start=np.arange(units + 1) * allowed.shape[1],
        arc_worker=allowed.ravel(),
        arc_use=np.ones((1, arcs), np.int64),
        arc_cost=np.zeros((1, arcs), np.int64),
        wait_cost=np.zeros((1, units), np.int64),
        may_wait=np.zeros(units, np.bool_),
        limit=np.full((1, workers), 2),
        shared=np.zeros(1, np.bool_),
        breakpoints=Breakpoints(
            **dict.fromkeys(("tier", "resource", "worker", "at", "step"), np.zeros(0, np.int64))
        ),
        groups=UnitGroups(
            start=np.array([0, units]), unit=np.arange(units), cost=np.array([[price]])
        ),
        arc_budget=np.zeros(arcs, np.int64),
        budget=None,
        slack_abs=np.zeros(1, np.int64),
        slack_rel=np.zeros(1, np.int64),
        start=allowed[:, 0],
    )


def solution(linear, taken):
    """The columns of the linear program for what is taken of each arc: indicators follow."""
    found = np.zeros(linear.program.columns)
    found[: len(taken)] = taken
    np.maximum.at(found, linear.indicator_of, found[linear.arc_of])
    return found


def kept(cut, values):
    return cut.coefficient @ values[cut.column] <= cut.rhs + 1e-9


def test_a_circle_of_halves_is_cut_off():
    arrays = siblings()
    linear = linearise(arrays, 0, ())
    # The first sibling is half with P and half with Q, the second with P and R, the third Q and R.
    halves = np.array([1, 1, 0, 1, 0, 1, 0, 1, 1]) / 2
    [cut] = separate_odd_cycles(arrays, linear, solution(linear, halves))
    assert cut.efficacy == pytest.approx(0.5)
    assert not kept(cut, solution(linear, halves))
    for chosen in itertools.product(range(3), repeat=3):
        whole = np.zeros(9)
        whole[np.arange(3) * 3 + np.array(chosen)] = 1
        assert kept(cut, solution(linear, whole)), chosen


def test_there_is_no_circle_of_two_siblings_nor_of_wholes():
    for arrays, taken in (
        (siblings(units=2), np.array([1, 1, 0, 1, 1, 0]) / 2),
        (siblings(), np.array([1, 0, 0, 1, 0, 0, 0, 1, 0])),
    ):
        linear = linearise(arrays, 0, ())
        assert separate_odd_cycles(arrays, linear, solution(linear, taken)) == []


@settings(max_examples=100)
@given(st.integers(3, 5), st.integers(3, 4), st.data())
def test_every_assignment_keeps_every_cut(units, workers, data):
    arrays = siblings(units, workers)
    linear = linearise(arrays, 0, ())
    shares = data.draw(
        st.lists(st.sampled_from([0, 0, 1, 2]), min_size=units * workers, max_size=units * workers)
    )
    taken = np.array(shares, float).reshape(units, workers)
    taken /= np.maximum(1, taken.sum(axis=1, keepdims=True))
    fractional = solution(linear, taken.ravel())
    for cut in separate_odd_cycles(arrays, linear, fractional):
        assert not kept(cut, fractional)
        for chosen in itertools.product(range(-1, workers), repeat=units):
            whole = np.zeros(units * workers)
            for unit, worker in enumerate(chosen):
                if worker >= 0:
                    whole[unit * workers + worker] = 1
            assert kept(cut, solution(linear, whole)), chosen


def test_the_linear_program_with_such_a_cut_comes_to_the_optimum():
    arrays = siblings(allowed=[[0, 1], [0, 2], [1, 2]])
    columns = ArcColumnGeneration(arrays, 0, (), arrays.start)
    assert columns.solve(Deadline(60))
    plain = columns.bound
    while columns.add_odd_cycles(Deadline(60)):
        pass
    best = solve(arrays, time_limit=60)
    assert plain < columns.bound == best.values[0] == 100
    assert broken_limits(arrays, best.assignment) == []


def test_a_decomposition_goes_on_with_the_cycles_that_its_solution_violates(monkeypatch):
    """Whatever is added, no bound is above the best value."""
    arrays = service(6, 60, teams=1, seed=4, scope="service")
    best = solve(arrays, time_limit=60)
    assert best.proven
    rows, restart = [], DantzigWolfe.with_more_rows

    def note(self, deadline):
        found = restart(self, deadline)
        rows.append(0 if found is None else 1)
        return found

    monkeypatch.setattr(DantzigWolfe, "with_more_rows", note)
    parameters = replace(
        DEFAULTS,
        decomposition=DEFAULTS.decomposition_of_large,
        reduction=UNREDUCED,
    )
    again = solve(arrays, time_limit=60, parameters=parameters)
    assert rows
    assert all(b <= v for b, v in zip(again.bounds, best.values, strict=True))
    assert again.values == values(arrays, again.assignment) >= best.values
