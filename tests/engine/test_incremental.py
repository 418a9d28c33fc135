"""Programs that grow between solves, against the same programs solved at once."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.incremental import IncrementalProgram
from caseload_balancer.engine.linear_programs.math_opt import AT_LOWER, BASIC, Basis
from caseload_balancer.engine.linear_programs.programs import LinearProgram
from caseload_balancer.engine.linear_programs.simplex import solve_linear
from tests.examples import settings

ROWS, SLACK = 4, 8
"""Rows, and the slack columns by which each of them may be violated either way."""


def _program(cost, value, equal, rhs):
    """Return a program of slack columns and some more, whose entries are `value`."""
    own = np.concatenate([np.eye(ROWS, dtype=np.int64), -np.eye(ROWS, dtype=np.int64)], axis=1)
    matrix = np.concatenate([own, value], axis=1)
    row, column = np.nonzero(matrix)
    return LinearProgram(
        cost=cost,
        upper=np.concatenate([np.full(SLACK, 1_000), np.ones(value.shape[1], np.int64)]),
        rhs=rhs,
        equal=equal,
        row=row,
        column=column,
        value=matrix[row, column],
    )


def _only(program, columns):
    entry = program.column < columns
    return LinearProgram(
        cost=program.cost[:columns],
        upper=program.upper[:columns],
        rhs=program.rhs,
        equal=program.equal,
        row=program.row[entry],
        column=program.column[entry],
        value=program.value[entry],
    )


def _least(program):
    everything = np.ones(program.columns, np.bool_)
    found = solve_linear(program, everything, deadline=Deadline(60))
    return float(program.cost @ found.values)


@st.composite
def _drawn(draw):
    numbers = np.random.default_rng(draw(st.integers(0, 2**32)))
    more = draw(st.integers(0, 12))
    program = _program(
        np.append(numbers.integers(5, 20, SLACK), numbers.integers(-9, 9, more)),
        numbers.integers(0, 4, (ROWS, more)),
        numbers.random(ROWS) < 0.5,
        numbers.integers(0, 9, ROWS),
    )
    steps = sorted(draw(st.lists(st.integers(0, more), max_size=3)))
    changed = [numbers.integers(5, 20, SLACK) for _ in steps]
    return program, steps, changed


@settings(max_examples=100)
@given(drawn=_drawn(), forget=st.booleans())
def test_grown_and_with_other_costs_it_comes_to_the_same(drawn, forget):
    program, steps, changed = drawn
    incremental = IncrementalProgram(_only(program, SLACK))
    for more, first in zip(steps, changed, strict=True):
        begin, end = incremental.columns, SLACK + more
        cost = np.append(first, program.cost[SLACK:end])
        entry = (program.column >= begin) & (program.column < end)
        entries = (program.row[entry], program.column[entry], program.value[entry])
        incremental.update(cost, program.upper[begin:end], entries)
        if forget:  # rows all slack: a basis, if seldom a good one
            incremental.start_from(Basis(np.full(begin, AT_LOWER), np.full(ROWS, BASIC)))
        values, duals = incremental.solve(Deadline(60))
        assert len(values) == incremental.columns == end
        assert len(duals) == ROWS
        now = replace(_only(program, end), cost=cost)
        assert np.isclose(float(cost @ values), _least(now), atol=1e-6)
        assert (incremental.basis.columns == BASIC).sum() + (
            incremental.basis.rows == BASIC
        ).sum() == ROWS


def test_out_of_time_there_is_no_answer():
    one = np.ones(ROWS, np.int64)
    incremental = IncrementalProgram(
        _program(np.ones(SLACK, np.int64), one[:, None][:, :0], one > 0, one)
    )
    assert incremental.solve(Deadline(0)) is None
    assert incremental.basis is None
