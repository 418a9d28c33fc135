"""Nurse workloads: every proven optimum, exact on small instances, honest when there is none."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.evaluators import evaluate_nurse
from benchmarks.formats.nurse import NurseInstance, read_nurse
from benchmarks.nurse_solving import solve_nurse
from benchmarks.registry import SHIPPED, all_instances
from benchmarks.zone_splits import least_squares
from tests.examples import settings

SHIPPED_NURSE = [each for each in all_instances() if each.form == "nurse"]


@pytest.mark.parametrize("instance", SHIPPED_NURSE, ids=lambda each: each.name)
def test_shipped_optima_are_proven(instance) -> None:
    path = SHIPPED / "nurse_workload" / "SchausInstances" / f"{instance.name.split('/')[1]}.txt"
    found = solve_nurse(read_nurse(path), time_limit=60)
    assert found.value == found.bound == instance.best_known
    assert found.zones is not None
    verdict = evaluate_nurse(path, found.zones)
    assert verdict.feasible
    assert verdict.values == (instance.best_known,)


def by_enumeration(rules: NurseInstance) -> float:
    """Try every nurse for every patient."""
    patients = [(zone, each) for zone, row in enumerate(rules.zones) for each in row]
    best = math.inf
    for nurses in itertools.product(range(rules.nurses), repeat=len(patients)):
        load, count = [0] * rules.nurses, [0] * rules.nurses
        zones: list[set[int]] = [set() for _ in range(rules.nurses)]
        for nurse, (zone, acuity) in zip(nurses, patients, strict=True):
            load[nurse] += acuity
            count[nurse] += 1
            zones[nurse].add(zone)
        if (
            all(rules.min_patients <= each <= rules.max_patients for each in count)
            and max(load) <= rules.max_workload
            and all(len(each) <= 1 for each in zones)
        ):
            best = min(best, sum(each * each for each in load))
    return best


@settings(max_examples=40)
@given(
    zones=st.lists(
        st.lists(st.integers(0, 12), min_size=0, max_size=4).map(tuple), min_size=1, max_size=2
    ).map(tuple),
    nurses=st.integers(1, 4),
    least=st.integers(0, 2),
    most=st.integers(1, 3),
    heaviest=st.integers(5, 30),
)
def test_small_instances_are_exact(zones, nurses, least, most, heaviest) -> None:
    rules = NurseInstance(zones, nurses, min(least, most), most, heaviest)
    found = solve_nurse(rules, time_limit=30)
    assert found.value == found.bound == by_enumeration(rules)


def test_no_time_leaves_a_true_bound() -> None:
    instance = SHIPPED_NURSE[0]
    path = SHIPPED / "nurse_workload" / "SchausInstances" / f"{instance.name.split('/')[1]}.txt"
    found = solve_nurse(read_nurse(path), time_limit=0)
    assert found.zones is None
    assert 0 < found.bound <= (instance.best_known or 0)


@given(total=st.integers(0, 60), nurses=st.integers(1, 4))
def test_least_squares_is_the_least(total: int, nurses: int) -> None:
    splits = (
        split
        for split in itertools.product(range(total + 1), repeat=min(nurses, 3) - 1)
        if sum(split) <= total
    )
    best = min(sum(x * x for x in split) + (total - sum(split)) ** 2 for split in splits)
    assert least_squares(total, min(nurses, 3)) == best
