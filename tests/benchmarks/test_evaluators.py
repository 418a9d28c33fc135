"""The evaluators agree with the arrays' own evaluation, and refuse what is infeasible."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.evaluators import evaluate_content, evaluate_gap, evaluate_nurse
from caseload_balancer.arrays import WAITING, Arrays, Ints
from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.arrays.json_files import arrays_to_json
from caseload_balancer.datasets.arrays import service
from tests.examples import settings


def drawn_assignment(arrays: Arrays, seed: int) -> Ints:
    """Move a third of the units somewhere, feasible or not."""
    random = np.random.default_rng(seed)
    assignment = arrays.start.copy()
    for unit in np.flatnonzero(random.random(arrays.units) < 0.3):
        arcs = arrays.workers_of(unit)
        assignment[unit] = random.choice([WAITING, *arcs.tolist()])
    return assignment


@settings(max_examples=60)
@given(seed=st.integers(0, 10_000), budget=st.none() | st.integers(0, 20))
def test_arrays_are_valued_as_the_engine_values_them(seed: int, budget: int | None) -> None:
    arrays = service(6, 45, teams=1 + seed % 2, seed=seed % 17, scope="locality")
    assignment = drawn_assignment(arrays, seed)
    content = json.loads(json.dumps(arrays_to_json(arrays) | {"budget": budget}))
    verdict = evaluate_content(content, assignment.tolist())
    broken = broken_limits(arrays, assignment)
    spent = int(
        sum(
            arrays.arc_budget[arc]
            for arc in range(arrays.arcs)
            if arrays.arc_worker[arc] == assignment[arrays.arc_unit[arc]]
        )
    )
    over_budget = budget is not None and spent > budget
    assert len(verdict.broken) == len(broken) + over_budget
    assert verdict.values == values(arrays, assignment)


def test_an_arc_that_is_not_there_is_refused() -> None:
    arrays = service(3, 12)
    content = arrays_to_json(arrays)
    verdict = evaluate_content(content, [7] * arrays.units)
    assert verdict.broken[0] == "unit 0 has no arc to worker 7"
    assert not evaluate_content(content, []).feasible


@pytest.fixture
def gap_file(tmp_path: Path) -> Path:
    path = tmp_path / "gap"
    path.write_text("2 3  4 5 6  7 8 9  1 2 3  2 2 9  5 6", encoding="utf-8")
    return path


def test_gap_by_hand(gap_file: Path) -> None:
    assert evaluate_gap(gap_file, [0, 1, 0]).values == (4 + 8 + 6,)
    assert evaluate_gap(gap_file, [0, 1, 0]).feasible
    assert evaluate_gap(gap_file, [0, 0, 1]).broken == ("agent 1 carries 9, capacity 6",)
    assert evaluate_gap(gap_file, [0, 0, 0]).broken == ("agent 0 carries 6, capacity 5",)
    assert not evaluate_gap(gap_file, [0, 0]).feasible
    assert not evaluate_gap(gap_file, [0, 0, 2]).feasible


def test_nurse_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "nurse"
    path.write_text("2 3  1 2 10  3 5 4 3  1 6", encoding="utf-8")
    right = evaluate_nurse(path, [[0, 1, 1], [2]])
    assert right.feasible
    assert right.values == (25 + 49 + 36,)
    broken = {
        "nurse 1 has 3 patients": [[1, 1, 1], [2]],
        "nurse 2 works in 2 zones": [[0, 1, 2], [2]],
        "nurse 1 has 0 patients": [[0, 0, 2], [2]],
        "there is no nurse 3": [[0, 1, 3], [2]],
        "a nurse is due for each patient of each zone": [[0, 1], [2]],
    }
    for sentence, zones in broken.items():
        assert sentence in evaluate_nurse(path, zones).broken
    path.write_text("1 1  1 3 10  2 6 5", encoding="utf-8")
    assert evaluate_nurse(path, [[0, 0]]).broken == ("nurse 0 has a workload of 11, at most 10",)
