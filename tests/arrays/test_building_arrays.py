"""Arrays from plain lists: what is right is built, what is wrong is named all at once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseload_balancer.arrays import (
    WAITING,
    Arrays,
    broken_limits,
    build_arrays,
    generalised_assignment,
    values,
)
from caseload_balancer.errors import DataError
from tests.drawn_arrays import tiny_arrays
from tests.examples import settings


def smallest(**changed: object) -> Arrays:
    """Two units, two workers; unit 1 fits worker 1 only, who has room for one of them."""
    plain: dict[str, object] = {
        "unit": [1, 0, 0],
        "worker": [1, 1, 0],
        "use": [3, 2, 2],
        "cost": [4, 1, 5],
        "limit": [4, 3],
        "wait_cost": [9, 9],
    }
    return build_arrays(**(plain | changed))  # type: ignore[arg-type] # as a stranger would


def test_rows_in_any_order_become_arcs_unit_by_unit() -> None:
    arrays = smallest()
    assert arrays.arc_start.tolist() == [0, 2, 3]
    assert arrays.arc_worker.tolist() == [0, 1, 1]
    assert arrays.arc_cost.tolist() == [[5, 1, 4]]
    assert arrays.start.tolist() == [WAITING, WAITING]
    assert values(arrays, np.array([0, 1])) == (9,)


def test_groups_and_breakpoints_are_plain_rows() -> None:
    arrays = smallest(breakpoints=[(0, 0, 1, 1, 10)], groups=[[0, 1]], group_cost=[[7]])
    assert values(arrays, np.array([0, 1])) == (9 + 10 * 2 + 7,)


@settings(max_examples=50)
@given(arrays=tiny_arrays(), seed=st.integers(0, 99))
def test_what_is_taken_apart_is_built_again(arrays: Arrays, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(arrays.arcs)
    points = arrays.breakpoints
    rows = [points.tier, points.resource, points.worker, points.at, points.step]
    members = np.split(arrays.groups.unit, arrays.groups.start[1:-1])
    again = build_arrays(
        unit=arrays.arc_unit[order],
        worker=arrays.arc_worker[order],
        use=arrays.arc_use[:, order],
        cost=arrays.arc_cost[:, order],
        limit=arrays.limit,
        wait_cost=arrays.wait_cost,
        may_wait=arrays.may_wait,
        start=arrays.start,
        shared=arrays.shared,
        breakpoints=np.transpose(rows),
        groups=members if len(arrays.groups) else (),
        group_cost=arrays.groups.cost,
        arc_budget=arrays.arc_budget[order],
        budget=arrays.budget,
        slack_abs=arrays.slack_abs,
        slack_rel=arrays.slack_rel,
    )
    assert values(again, arrays.start) == values(arrays, arrays.start)
    assert (again.arc_use == arrays.arc_use).all()
    assert again.budget == arrays.budget


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"worker": [1, 1]}, r"worker: has the shape \(2,\), should have \(3,\)"),
        ({"unit": [1, 0, 2]}, "unit: must be from 0 to 1"),
        ({"worker": [1, 1, 2]}, "arc_worker: must be from 0 to 1"),
        ({"worker": [1, 1, 1]}, "arc_worker: must rise within a unit"),
        ({"cost": [4, 1, 5.5]}, "cost: must be whole numbers within"),
        ({"cost": [4, 1, "x"]}, "cost: must be whole numbers within"),
        ({"cost": [4, 1, float("nan")]}, "cost: must be whole numbers within"),
        ({"cost": [4, 1, 10**13]}, "cost: must be whole numbers within"),
        ({"use": [[1, 2], [3]]}, "use: has rows of different lengths"),
        ({"use": np.zeros((0, 3)), "limit": np.zeros((0, 2))}, "one row a resource, at least one"),
        ({"use": [3, -2, 2]}, "arc_use: must be 0 or more"),
        ({"may_wait": [1, 0]}, "may_wait: must be true or false"),
        ({"may_wait": [True, False]}, "start: unit 1 may not wait"),
        ({"start": [0, 0]}, "start: unit 1 has no arc to worker 0"),
        ({"breakpoints": [(0, 0, 2, 1, 10)]}, "breakpoints.worker: must be from 0 to 1"),
        ({"breakpoints": [(0, 0, 1, 1)]}, "breakpoints: has the shape"),
        ({"groups": [[0, 0]], "group_cost": [[1]]}, "one group only"),
        ({"groups": [[0, 1]]}, "group_cost: has the shape"),
        ({"budget": -1}, "budget: must be 0 or more"),
    ],
)
def test_what_is_wrong_is_named(changed: dict[str, object], said: str) -> None:
    with pytest.raises(DataError, match=said):
        smallest(**changed)


def test_every_mistake_is_listed_at_once() -> None:
    with pytest.raises(DataError) as caught:
        smallest(use=[1], cost=[0.5] * 3, limit=[[[1]]])
    assert {problem.column for problem in caught.value.problems} == {"use", "cost", "limit"}


def test_a_generalised_assignment_counts_what_is_left_over_first() -> None:
    arrays = generalised_assignment([[4, 5, 6], [7, 8, 9]], [[1, 2, 3], [2, 2, 9]], [5, 6])
    assert arrays.arc_worker.tolist() == [0, 1, 0, 1, 0]  # item 2 uses 9 of agent 1: no arc
    assert broken_limits(arrays, arrays.start) == []
    assert values(arrays, arrays.start) == (3, 0)
    assert values(arrays, np.array([0, 1, WAITING])) == (1, 4 + 8)


def test_a_generalised_assignment_names_what_is_wrong() -> None:
    with pytest.raises(DataError, match="use: has the shape"):
        generalised_assignment([[1, 2]], [[1]], [3])
    with pytest.raises(DataError, match="capacity: must be 0 or more"):
        generalised_assignment([[1, 2]], [[1, 1]], [-3])
