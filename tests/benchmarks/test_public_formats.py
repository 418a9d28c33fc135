"""Public formats: read what is right, name what is wrong."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.formats.gap import read_gap, write_gap
from benchmarks.formats.nurse import NurseInstance, read_nurse, write_nurse
from benchmarks.registry import SHIPPED, all_instances
from caseload_balancer.datasets.arrays import random_gap
from caseload_balancer.datasets.arrays.random_gap import Kind
from caseload_balancer.errors import DataError, MissingInputError

GAP = "2 3\n 4 5 6\n 7 8 9\n 1 2 3\n 2 2 9\n 5 6\n"


@settings(deadline=None, max_examples=20)
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


def test_nurse_files_round_trip(tmp_path: Path) -> None:
    rules = NurseInstance(((5, 3), (), (9,)), 4, 1, 3, 20)
    write_nurse(tmp_path / "nurse", rules)
    assert read_nurse(tmp_path / "nurse") == rules


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1 2 3 2 50 1 9", "at least 3 and at most 2 patients"),
        ("1 2 1 3 50 4 9 9", "4 numbers should follow for zone 1, but only 2 do"),
        ("1 2 1 3 50 1 9 9", "1 numbers too many"),
    ],
)
def test_broken_nurse_files_are_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "nurse").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=said):
        read_nurse(tmp_path / "nurse")


def test_every_shipped_file_is_read_and_listed() -> None:
    listed = {instance.name for instance in all_instances()}
    found = 0
    for path in (SHIPPED / "gap").glob("*/*"):
        read_gap(path)
        assert f"gap/{path.parent.name}/{path.name}" in listed
        found += 1
    for path in (SHIPPED / "nurse_workload").glob("*/*.txt"):
        read_nurse(path)
        assert f"nurse/{path.stem}" in listed
        found += 1
    assert found == 83 + 20
