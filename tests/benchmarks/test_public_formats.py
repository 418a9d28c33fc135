"""Nurse files and the shipped instances: read what is right, name what is wrong."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.formats.nurse import NurseInstance, read_nurse, write_nurse
from benchmarks.registry import SHIPPED, all_instances
from caseload_balancer.arrays import WAITING
from caseload_balancer.arrays.evaluation import values
from caseload_balancer.arrays.gap_files import gap_as_arrays, read_gap
from caseload_balancer.datasets.arrays import one_tier_gap
from caseload_balancer.errors import DataError

GAP = "2 3\n 4 5 6\n 7 8 9\n 1 2 3\n 2 2 9\n 5 6\n"


def test_leaving_one_over_costs_more_than_any_assignment_in_one_tier(tmp_path: Path) -> None:
    path = tmp_path / "gap"
    path.write_text(GAP, encoding="utf-8")
    arrays = one_tier_gap(gap_as_arrays(read_gap(path)))
    (full,) = values(arrays, np.array([1, 1, 0]))
    (one_over,) = values(arrays, np.array([0, 0, WAITING]))
    assert full == 7 + 8 + 6
    assert one_over > full


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
