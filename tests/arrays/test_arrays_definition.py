"""What arrays say of their arcs, groups and breakpoints."""

import numpy as np
from hypothesis import given

from caseload_balancer.arrays import Breakpoints, UnitGroups
from caseload_balancer.arrays.definition import starts_of
from tests.drawn_arrays import tiny_arrays
from tests.examples import settings


@settings(max_examples=100)
@given(arrays=tiny_arrays())
def test_the_arcs_of_a_unit_and_the_arc_to_a_worker(arrays):
    for unit in range(arrays.units):
        assert set(arrays.arc_unit[arrays.arcs_of(unit)].tolist()) <= {unit}
        workers = arrays.workers_of(unit).tolist()
        for worker in range(arrays.workers):
            arc = arrays.arc_to(unit, worker)
            if worker in workers:
                assert (arrays.arc_unit[arc], arrays.arc_worker[arc]) == (unit, worker)
            else:
                assert arc == -1


@settings(max_examples=50)
@given(arrays=tiny_arrays())
def test_the_arcs_of_several_units_and_whose_they_are(arrays):
    units = np.arange(arrays.units)[::-2]
    arcs, owner = arrays.arcs_of_each(units)
    assert units[owner].tolist() == arrays.arc_unit[arcs].tolist()
    for place, unit in enumerate(units):
        here = arrays.arcs_of(unit)
        assert arcs[owner == place].tolist() == list(range(here.start, here.stop))


@settings(max_examples=100)
@given(arrays=tiny_arrays())
def test_groups_are_the_units_that_say_so(arrays):
    assert len(list(arrays.groups)) == len(arrays.groups)
    for group, units in enumerate(arrays.groups):
        assert sorted(units.tolist()) == np.flatnonzero(arrays.group_of_unit == group).tolist()
    again = UnitGroups.of(list(arrays.groups), arrays.groups.cost)
    assert again.start.tolist() == arrays.groups.start.tolist()
    assert again.unit.tolist() == arrays.groups.unit.tolist()


def test_no_groups_at_all():
    assert UnitGroups.of([], np.zeros((2, 0), np.int64)).unit.dtype == np.int64
    assert list(UnitGroups.none(2)) == []


@settings(max_examples=100)
@given(arrays=tiny_arrays())
def test_breakpoints_taken_apart_are_joined_again(arrays):
    points = arrays.breakpoints
    early = points.tier == 0
    again = Breakpoints.joined(points.only(early), points.only(np.flatnonzero(~early)))
    order = np.argsort(~early, kind="stable")
    for name in ("tier", "resource", "worker", "at", "step"):
        assert getattr(again, name).tolist() == getattr(points, name)[order].tolist()


def test_runs_begin_where_the_one_before_ends():
    assert starts_of([2, 0, 3]).tolist() == [0, 2, 2, 5]
    assert starts_of([]).tolist() == [0]
