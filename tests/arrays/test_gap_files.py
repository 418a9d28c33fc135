"""Generalised assignment files: read what is right, name what is wrong."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseload_balancer.arrays import (
    WAITING,
    broken_limits,
    gap_as_arrays,
    read_gap,
    values,
    write_gap,
)
from caseload_balancer.datasets.arrays.random_gap import Kind, random_gap
from caseload_balancer.errors import DataError, MissingInputError
from tests.examples import settings

GAP = "2 3\n 4 5 6\n 7 8 9\n 1 2 3\n 2 2 9\n 5 6\n"


@settings(max_examples=20)
@given(
    kind=st.sampled_from(["a", "b", "c", "d", "e"]),
    agents=st.integers(1, 6),
    items=st.integers(1, 20),
    seed=st.integers(0, 50),
)
def test_gap_files_round_trip(
    tmp_path_factory: pytest.TempPathFactory, kind: Kind, agents: int, items: int, seed: int
) -> None:
    gap = random_gap(kind, agents, items, seed=seed)
    path = tmp_path_factory.mktemp("gap") / "instance"
    write_gap(path, gap)
    found = read_gap(path)
    assert np.array_equal(found.cost, gap.cost)
    assert np.array_equal(found.weight, gap.weight)
    assert np.array_equal(found.capacity, gap.capacity)


def test_gap_as_arrays_keeps_what_fits(tmp_path: Path) -> None:
    path = tmp_path / "gap"
    path.write_text(GAP, encoding="utf-8")
    arrays = gap_as_arrays(read_gap(path))
    assert arrays.arc_worker.tolist() == [0, 1, 0, 1, 0]  # item 2 weighs 9 for agent 1: no arc
    assert broken_limits(arrays, arrays.start) == []
    assert values(arrays, arrays.start) == (3, 0)
    assert values(arrays, np.array([0, 1, WAITING])) == (1, 4 + 8)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the file ends where the number of agents should be"),
        ("0 3", "the number of agents is 0, but must be 1 or more"),
        ("2 3\n1 2 x", "gap row 2: 'x' is not a whole number"),
        ("2 3\n1 2 3.5", "'3.5' is not a whole number"),
        ("1 1 99999999999999999", "is beyond"),
        ("2 3 1 2 3", "6 numbers should follow for the costs, but only 3 do"),
        (GAP + "7", "gap row 7: 1 numbers too many"),
        (GAP.replace("2 2 9", "2 -2 9"), "is -2, but must be 0 or more"),
    ],
)
def test_broken_gap_files_are_named(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "gap"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=said):
        read_gap(path)


def test_other_encodings_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "gap"
    path.write_bytes(b"1 1 5 \xff 9")
    with pytest.raises(DataError, match="stray byte at offset 6"):
        read_gap(path)
    path.write_bytes(b"\xef\xbb\xbf" + GAP.encode())
    assert read_gap(path).capacity.tolist() == [5, 6]
    with pytest.raises(MissingInputError):
        read_gap(tmp_path)
