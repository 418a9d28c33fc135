"""Cuts from the simplex tableau against every point in whole numbers."""

import itertools

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from caseload_balancer.datasets.arrays import blended, service
from caseload_balancer.engine import solve
from caseload_balancer.engine.columns.column_generation import ArcColumnGeneration
from caseload_balancer.engine.columns.gomory_cuts import separate_gomory_cuts
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.programs import LinearProgram
from caseload_balancer.engine.linear_programs.simplex import solve_linear
from caseload_balancer.engine.relaxation.relaxer import Relaxer
from tests.drawn_arrays import by_brute_force, tiny_arrays
from tests.examples import settings


@st.composite
def small_programs(draw):
    columns, rows = draw(st.integers(2, 5)), draw(st.integers(1, 3))
    numbers = st.lists(st.integers(-6, 9), min_size=columns, max_size=columns)
    matrix = np.array([draw(numbers) for _ in range(rows)])
    row, column = np.nonzero(matrix)
    return LinearProgram(
        cost=np.array(draw(numbers)),
        upper=np.array(draw(st.lists(st.integers(1, 3), min_size=columns, max_size=columns))),
        rhs=np.array(draw(st.lists(st.integers(0, 20), min_size=rows, max_size=rows))),
        equal=np.array(draw(st.lists(st.booleans(), min_size=rows, max_size=rows))),
        row=row,
        column=column,
        value=matrix[row, column],
    )


def _points(program):
    """Yield every solution in whole numbers."""
    matrix = np.zeros((program.rows, program.columns), int)
    matrix[program.row, program.column] = program.value
    for point in itertools.product(*(range(most + 1) for most in program.upper)):
        used = matrix @ point
        if (used <= program.rhs).all() and (used == program.rhs)[program.equal].all():
            yield np.array(point)


@settings(max_examples=300)
@given(program=small_programs(), idle=st.integers(0, 4))
def test_no_cut_takes_a_point_in_whole_numbers_away(program, idle):
    active = np.arange(program.columns) != idle  # a cut holds for columns that took no part too
    solution = solve_linear(program, active, deadline=Deadline(20))
    assume(solution is not None)
    for cut in separate_gomory_cuts(program, active, solution.values, solution.basis):
        assert cut.coefficient @ solution.values[cut.column] > cut.rhs
        for point in _points(program):
            assert cut.coefficient @ point[cut.column] <= cut.rhs


def test_the_textbook_vertex_is_cut_off():
    # max y, 3x + 2y <= 6, 2y <= 3x: the vertex is (1, 1.5), and y <= 1 holds in whole numbers
    program = LinearProgram(
        cost=np.array([0, -1]),
        upper=np.array([10, 10]),
        rhs=np.array([6, 0]),
        equal=np.zeros(2, bool),
        row=np.array([0, 0, 1, 1]),
        column=np.array([0, 1, 0, 1]),
        value=np.array([3, 2, -3, 2]),
    )
    active = np.ones(2, bool)
    solution = solve_linear(program, active, deadline=Deadline(20))
    cuts = separate_gomory_cuts(program, active, solution.values, solution.basis)
    assert solution.values.tolist() == pytest.approx([1.0, 1.5])
    assert any(
        cut.column.tolist() == [1] and cut.rhs == cut.coefficient.tolist()[0] for cut in cuts
    )


@settings(max_examples=60)
@given(arrays=tiny_arrays(slack=False))
def test_no_round_of_cuts_lifts_a_bound_above_the_best(arrays):
    best = by_brute_force(arrays).settled
    for tier in range(arrays.tiers):
        search = ArcColumnGeneration(arrays, tier, best[:tier], arrays.start)
        if search.solve(Deadline(20)):
            for _ in range(3):
                search.add_mir_cuts(Deadline(20))
                search.add_gomory_cuts(Deadline(20))
                assert search.bound <= best[tier]


def test_what_workers_can_only_do_together_is_proven_by_cuts():
    arrays = blended(service(12, 240, teams=2, seed=4, scope="service"))
    search = Relaxer(arrays, 0, (), arrays.start)
    assert search.solve(Deadline(60))
    plain = search.current().bound
    assert search.add_gomory_cuts(Deadline(60))
    cut = search.current().bound
    found = solve(arrays, time_limit=60)
    assert found.stop_reason == "proven"
    assert found.values[0] - cut < 0.1 * (found.values[0] - plain)
