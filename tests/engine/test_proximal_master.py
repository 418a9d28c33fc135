"""Duals that pay for the square of their distance: nearly the best, in few steps, always valid."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseload_balancer.arrays.gap_files import GapInstance, gap_as_arrays
from caseload_balancer.datasets.arrays import one_tier_gap
from caseload_balancer.engine.columns.column_generation import ArcColumnGeneration
from caseload_balancer.engine.dantzig_wolfe.decomposition import DantzigWolfe
from caseload_balancer.engine.dantzig_wolfe.master_columns import ColumnContents, MasterRows
from caseload_balancer.engine.dantzig_wolfe.projected_gradient import (
    PenalisedProgram,
    ProjectedGradient,
)
from caseload_balancer.engine.dantzig_wolfe.proximal_master import ProximalMaster
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.programs import LinearProgram
from caseload_balancer.engine.parameters import DEFAULTS, ProximalParameters
from caseload_balancer.engine.relaxation.relaxer import relax
from tests.examples import settings
from tests.relaxed_week import descended_week

PROXIMAL = replace(DEFAULTS, decomposition=DEFAULTS.decomposition_of_large)
numbers = st.integers(-20, 20)


@pytest.fixture(scope="module")
def week():
    return descended_week()


@st.composite
def penalised(draw):
    """A program of up to three subproblems, some columns between 0 and 3, and a few rows."""
    subproblem = np.array([*draw(st.lists(st.integers(0, 2), max_size=5)), 0, 1, 2])
    other, rows = draw(st.integers(0, 3)), draw(st.integers(1, 4))
    columns = len(subproblem) + other
    matrix = np.array(
        draw(st.lists(st.integers(-3, 3), min_size=rows * columns, max_size=rows * columns))
    ).reshape(rows, columns)
    row, column = np.nonzero(matrix)

    def drawn(size, of=numbers):
        return np.array(draw(st.lists(of, min_size=size, max_size=size)))

    return PenalisedProgram(
        cost=drawn(columns).astype(float),
        row=row,
        column=column,
        value=matrix[row, column].astype(float),
        rhs=drawn(rows),
        equal=drawn(rows, st.booleans()).astype(np.bool_),
        subproblem=subproblem,
        most=np.full(other, 3),
        centre=-np.abs(drawn(rows)).astype(float),
        reach=drawn(rows, st.integers(1, 4)).astype(float),
    )


def objective(program, x):
    """What a point costs: the duals are those for which violating rows costs most."""
    duals = program.duals(program.product(x))
    missing = program.rhs - program.product(x)
    paid = duals @ missing - ((duals - program.centre) ** 2 / (2 * program.reach)).sum()
    return program.cost @ x + paid


def lower_bound(program, duals):
    """What no point costs less than, by some duals: the cheapest column of each subproblem."""
    matrix = np.zeros((len(program.rhs), len(program.cost)))
    matrix[program.row, program.column] = program.value
    reduced = program.cost - duals @ matrix
    first = len(program.subproblem)
    least = sum(reduced[:first][program.subproblem == one].min() for one in range(3))
    least += np.minimum(0, reduced[first:]) @ program.most
    return least + duals @ program.rhs - ((duals - program.centre) ** 2 / (2 * program.reach)).sum()


def feasible(program, x):
    first = len(program.subproblem)
    sums = np.bincount(program.subproblem, x[:first])
    others = x[first:]
    return bool(np.allclose(sums, 1) and (x >= 0).all() and (others <= program.most).all())


@settings(max_examples=100)
@given(penalised(), st.data())
def test_a_projection_is_feasible_and_nearer_than_any_other_point(program, data):
    size = len(program.cost)
    point = np.array(data.draw(st.lists(numbers, min_size=size, max_size=size))) / 8
    found = program.projected(point)
    assert feasible(program, found)
    other = program.projected(
        np.array(data.draw(st.lists(numbers, min_size=size, max_size=size))) / 8
    )
    # The way from the projection to the point leads away from every feasible point.
    assert (point - found) @ (other - found) <= 1e-9


@settings(max_examples=100)
@given(penalised())
def test_the_gradient_method_comes_to_the_optimum(program):
    begin = program.projected(np.zeros(len(program.cost)))
    search = ProjectedGradient(program, begin, 1.0)
    search.iterate(500)
    assert feasible(program, search.x)
    assert np.allclose(search.product, program.product(search.x))
    value = objective(program, search.x)
    least = lower_bound(program, program.duals(search.product))
    assert least <= value + 1e-6
    assert value - least <= 1e-3 * (1 + abs(value))


@settings(max_examples=100)
@given(penalised())
def test_duals_of_rows_that_are_no_equations_are_never_above_zero(program):
    duals = program.duals(program.product(program.projected(np.zeros(len(program.cost)))))
    assert (duals[~program.equal] <= 0).all()


def test_a_dual_goes_as_far_as_its_row_is_violated():
    """One unit that two workers' columns take, and another that none takes."""
    rows = LinearProgram(
        cost=np.array([5, 5]),
        upper=np.ones(2, np.int64),
        rhs=np.ones(2, np.int64),
        equal=np.ones(2, np.bool_),
        row=np.zeros(2, np.int64),
        column=np.arange(2),
        value=np.ones(2, np.int64),
    )
    contents = ColumnContents(np.arange(2), np.arange(2), np.arange(2), np.ones(2, np.int64))
    columns = MasterRows(rows).columns(contents)
    master = ProximalMaster(rows, np.zeros(0, np.int64), 2, ProximalParameters())
    centre = np.array([100.0, 100.0])
    found = master.solve(columns, centre, 10.0, 1e9, Deadline(60))
    assert found.values.tolist() == [1.0, 1.0]
    assert found.duals.tolist() == [90.0, 110.0]
    assert found.slack == 2.0
    assert found.objective == (5 - 90) * 2 + 90 + 110


def test_more_iterations_are_made_until_the_duals_promise_enough(week):
    arrays, incumbent, ceilings = week
    columns = ArcColumnGeneration(arrays, 2, ceilings, incumbent)
    columns.solve(Deadline(60))
    program, duals = columns.best_program_and_duals
    spent = []
    for least in (20, 240):
        proximal = ProximalParameters(iterations=20, most_iterations=least)
        parameters = replace(PROXIMAL, proximal=proximal)
        search = DantzigWolfe(
            arrays, columns.linear, program, duals, [incumbent], parameters=parameters
        )
        deadline = Deadline(60)
        while search.step(deadline):
            pass
        spent.append((search.bound, search.steps))
    assert spent[0] < spent[1]


def test_the_bound_comes_near_that_of_the_master_in_a_box_and_never_above_the_optimum(week):
    arrays, incumbent, ceilings = week
    bounds = {}
    for name, parameters in (("box", DEFAULTS), ("proximal", PROXIMAL)):
        relaxer = relax(
            arrays,
            2,
            ceilings,
            deadline=Deadline(60),
            incumbent=incumbent,
            parameters=parameters,
        )
        while relaxer.tighten(Deadline(60), 0.0):
            pass
        bounds[name] = relaxer.current().bound
    assert bounds["box"] == bounds["proximal"]


def test_what_is_promised_is_no_less_than_the_bound_of_the_duals(week):
    arrays, incumbent, ceilings = week
    columns = ArcColumnGeneration(arrays, 2, ceilings, incumbent)
    columns.solve(Deadline(60))
    program, duals = columns.best_program_and_duals
    search = DantzigWolfe(arrays, columns.linear, program, duals, [incumbent], parameters=PROXIMAL)
    search.step(Deadline(60))
    for _ in range(12):
        before, promised = search.bound, search.objective
        search.step(Deadline(60))
        assert search.bound <= max(before, promised + 1)


def test_where_one_agent_is_short_the_bound_is_the_optimum():
    """Items of 6, 5 and 4 under a capacity of 10: the linear program splits one, no column does."""
    gap = GapInstance(
        cost=np.array([[0, 0, 0], [60, 55, 38]]),
        weight=np.array([[6, 5, 4], [1, 1, 1]]),
        capacity=np.array([10, 3]),
    )
    arrays = one_tier_gap(gap_as_arrays(gap))
    relaxer = relax(arrays, 0, (), deadline=Deadline(60), parameters=PROXIMAL)
    while relaxer.tighten(Deadline(60), 0.0):
        pass
    assert relaxer.current().bound == 55
