"""The registry: names, row orders, one-tier variants and floors."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.floors import floor
from benchmarks.registry import SHAPES, all_instances, select
from benchmarks.row_orders import shuffled_arrays
from caseload_balancer.arrays import WAITING, Arrays, Breakpoints, UnitGroups
from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.arrays.gap_files import gap_as_arrays, read_gap
from caseload_balancer.arrays.json_files import read_arrays
from caseload_balancer.datasets.arrays import blended, random_gap, service
from caseload_balancer.engine import solve
from caseload_balancer.errors import MissingInputError
from tests.examples import settings


def test_names_are_unique_and_every_kind_is_there() -> None:
    names = [instance.name for instance in all_instances()]
    assert not [name for name, count in Counter(names).items() if count > 1]
    kinds = Counter(name.split("/")[0] for name in names)
    assert kinds["gap"] == 83
    assert kinds["nurse"] == 20
    assert kinds["service"] == kinds["blended"] == 5 * len(SHAPES)


def test_patterns_select_and_unlisted_seeds_are_found() -> None:
    assert len(select(["gap/chu1997/*"])) == 18
    assert [each.name for each in select(["blended/team/s77"])] == ["blended/team/s77"]
    assert [each.form for each in select(["gap-made/d-07x030/s9"])] == ["gap"]
    assert len(select(["nurse/2zones0", "nurse/2*"])) == 10
    with pytest.raises(MissingInputError):
        select(["blended/village/*"])


def test_an_instance_is_the_same_every_time(tmp_path: Path) -> None:
    (instance,) = select(["service/team/s3"])
    first = instance.write(tmp_path).read_bytes()
    (tmp_path / "again").mkdir()
    assert instance.write(tmp_path / "again").read_bytes() == first
    assert instance.write_for_peers(tmp_path) is None


def test_peers_get_one_tier(tmp_path: Path) -> None:
    for pattern in ("blended/team/s0", "gap/cattrysse1994/gap1-0"):
        (instance,) = select([pattern])
        path = instance.write_for_peers(tmp_path, order=1)
        assert path is not None
        arrays = read_arrays(path)
        assert arrays.tiers == 1
        assert len(arrays.groups) == 0


@settings(max_examples=20)
@given(seed=st.integers(0, 30), order=st.integers(1, 5), tightness=st.sampled_from([0, 10, 30]))
def test_row_orders_change_nothing_but_the_order(seed: int, order: int, tightness: int) -> None:
    arrays = service(5, 40, teams=2, seed=seed, scope="locality")
    for original in (arrays, blended(arrays, tightness=tightness)):
        shuffled = shuffled_arrays(original, order)
        assert broken_limits(shuffled, shuffled.start) == []
        assert values(shuffled, shuffled.start) == values(original, original.start)
        assert sorted(shuffled.arc_cost[0].tolist()) == sorted(original.arc_cost[0].tolist())
        assert np.diff(shuffled.arc_start).tolist() != [] == broken_limits(original, original.start)


def test_shuffled_public_files_hold_the_same_numbers(tmp_path: Path) -> None:
    (instance,) = select(["gap/cattrysse1994/gap5-2"])
    made, shuffled = (read_gap(instance.write(tmp_path, order=order)) for order in (0, 1))
    assert made.cost.tolist() != shuffled.cost.tolist()
    assert sorted(made.cost.ravel()) == sorted(shuffled.cost.ravel())
    assert sorted(made.capacity) == sorted(shuffled.capacity)


@settings(max_examples=12)
@given(seed=st.integers(0, 30), tightness=st.sampled_from([0, 20]))
def test_the_floor_is_under_every_optimum(seed: int, tightness: int) -> None:
    for arrays in (
        service(4, 24, seed=seed),
        blended(service(4, 24, seed=seed), tightness=tightness),
    ):
        result = solve(arrays, time_limit=20, workers=1)
        assert floor(arrays) <= result.values[-1]


def test_the_floor_is_the_optimum_where_nothing_stands_in_the_way() -> None:
    workers, units, loads = 3, 12, 6
    rows = np.indices((workers, loads)).reshape(2, -1)
    once = np.ones_like(rows[0])
    arrays = Arrays(
        arc_start=workers * np.arange(units + 1),
        arc_worker=np.tile(np.arange(workers), units),
        arc_use=np.ones((1, workers * units), np.int64),
        arc_cost=np.zeros((1, workers * units), np.int64),
        wait_cost=np.full((1, units), 30),
        may_wait=np.ones(units, np.bool_),
        limit=np.full((1, workers), loads),
        shared=np.zeros(1, np.bool_),
        breakpoints=Breakpoints(
            tier=0 * once, resource=0 * once, worker=rows[0], at=rows[1], step=8 + rows[0]
        ),
        groups=UnitGroups.none(1),
        arc_budget=np.zeros(workers * units, np.int64),
        budget=None,
        slack_abs=np.zeros(1, np.int64),
        slack_rel=np.zeros(1, np.int64),
        start=np.full(units, WAITING),
    )
    free = solve(arrays, time_limit=20, workers=1)
    assert (free.assignment == WAITING).any()
    assert (free.assignment != WAITING).any()
    assert floor(arrays) == free.values[0] > 0


def test_moves_and_preferences_are_not_in_the_floor() -> None:
    arrays = blended(service(5, 40, seed=3))
    dearer = replace(arrays, arc_cost=3 * arrays.arc_cost + 100)
    assert 0 < floor(arrays) == floor(dearer)
    assert floor(arrays) == floor(replace(arrays, arc_cost=np.zeros_like(arrays.arc_cost)))


def test_generalised_assignment_has_no_floor() -> None:
    assert floor(gap_as_arrays(random_gap("c", 4, 16, seed=1))) == 0


def test_the_floor_stays_a_bound_where_arcs_gain() -> None:
    arrays = blended(service(4, 24, seed=6))
    gaining = replace(arrays, arc_cost=arrays.arc_cost - 10**5)
    result = solve(gaining, time_limit=20, workers=1)
    assert floor(gaining) <= result.values[0] < floor(arrays)
