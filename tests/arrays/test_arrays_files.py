"""Arrays as files: nothing is lost, and what is broken is named."""

import json
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseload_balancer.arrays import WAITING, Arrays
from caseload_balancer.arrays.json_files import (
    arrays_from_json,
    arrays_to_json,
    read_arrays,
    write_arrays,
)
from caseload_balancer.datasets.arrays import blended, service
from caseload_balancer.errors import DataError, MissingInputError
from tests.examples import settings

services = st.builds(
    service,
    st.integers(3, 9),
    st.integers(12, 60),
    teams=st.integers(1, 3),
    seed=st.integers(0, 99),
    scope=st.sampled_from(["team", "locality", "service"]),
)


def assert_same(left: object, right: object) -> None:
    for field in fields(left):  # type: ignore[arg-type]
        mine, yours = getattr(left, field.name), getattr(right, field.name)
        if isinstance(mine, np.ndarray):
            assert mine.dtype == yours.dtype, field.name
            assert np.array_equal(mine, yours), field.name
        elif field.name in {"breakpoints", "groups"}:
            assert_same(mine, yours)
        else:
            assert mine == yours, field.name


@settings(max_examples=25)
@given(arrays=services, one_tier=st.booleans())
def test_what_is_written_is_read_unchanged(*, arrays: Arrays, one_tier: bool) -> None:
    written = blended(arrays) if one_tier else arrays
    assert_same(arrays_from_json(json.loads(json.dumps(arrays_to_json(written)))), written)


def test_a_file_round_trips(tmp_path: Path) -> None:
    arrays = service(4, 20)
    write_arrays(tmp_path / "arrays.json", arrays)
    assert_same(read_arrays(tmp_path / "arrays.json"), arrays)


def smallest() -> dict[str, object]:
    """Two units, two workers, one resource, one tier; unit 1 may wait."""
    return {
        "format": "caseload-arrays",
        "version": 1,
        "arc_start": [0, 2, 3],
        "arc_worker": [0, 1, 1],
        "arc_use": [[2, 2, 3]],
        "arc_cost": [[5, 1, 4]],
        "wait_cost": [[9, 9]],
        "may_wait": [True, True],
        "limit": [[4, 3]],
    }


def test_what_is_optional_has_a_default() -> None:
    arrays = arrays_from_json(smallest())
    assert arrays.start.tolist() == [WAITING, WAITING]
    assert arrays.budget is None
    assert len(arrays.breakpoints) == len(arrays.groups) == 0
    assert not arrays.shared.any()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("version", 2, "version"),
        ("limit", None, "limit: must be a list of lists"),
        ("arc_use", [[2, 2]], r"arc_use\[0\]: has 2 entries, should have 3"),
        ("arc_cost", [[5, 1, 4.5]], "entry 2 must be among whole numbers"),
        ("arc_cost", [[5, True, 4]], "entry 1 must be among whole numbers"),
        ("arc_cost", [[5, 10**13, 4]], "entry 1 must be among whole numbers"),
        ("arc_cost", [], "arc_cost: must have one row a tier"),
        ("arc_start", [1, 2, 3], "arc_start: must begin with 0"),
        ("arc_start", [0, 2, 1], "arc_start: must not fall"),
        ("arc_start", [0, 2, 2], "arc_start: must end with the number of arcs, 3"),
        ("arc_worker", [1, 0, 1], "arc_worker: must rise within a unit"),
        ("arc_worker", [0, 2, 1], "arc_worker: must be from 0 to 1"),
        ("limit", [[-4, 3]], "limit: must be 0 or more"),
        ("start", [0, 0], "start: unit 1 has no arc to worker 0"),
        ("start", [1, 1], "start: worker 1 uses 5 of resource 0, limit 3"),
        ("may_wait", [1, 0], "entry 0 must be among true or false"),
        ("breakpoints", {"tier": [0]}, "breakpoints: must be an object with the keys"),
        (
            "breakpoints",
            {"tier": [1], "resource": [0], "worker": [0], "at": [0], "step": [0]},
            "breakpoints.tier: must be from 0 to 0",
        ),
        ("groups", {"start": [0, 2], "unit": [0, 0], "cost": [[1]]}, "one group only"),
        ("colour", 3, "colour: no such field"),
    ],
)
def test_what_is_broken_is_named(field: str, value: object, said: str) -> None:
    content = smallest() | {field: value}
    with pytest.raises(DataError, match=said):
        arrays_from_json(content)


def test_every_problem_is_listed_at_once() -> None:
    content = smallest() | {"arc_use": [[2]], "wait_cost": [[9]]}
    with pytest.raises(DataError) as caught:
        arrays_from_json(content)
    assert [problem.column for problem in caught.value.problems] == ["arc_use[0]", "wait_cost[0]"]


def test_a_file_that_is_not_json_names_the_line(tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text('{\n"format": ,\n}', encoding="utf-8")
    with pytest.raises(DataError, match="arrays row 2: not JSON"):
        read_arrays(tmp_path / "broken.json")
    with pytest.raises(MissingInputError):
        read_arrays(tmp_path / "missing.json")
