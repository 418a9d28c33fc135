"""Made-up arrays: the same every time, sound, and blended into one tier without a loss."""

import numpy as np
import pytest

from caseload_balancer.arrays import WAITING, GapInstance, gap_as_arrays
from caseload_balancer.arrays.evaluation import broken_limits, resource_use, values
from caseload_balancer.datasets.arrays import (
    blended,
    one_tier_gap,
    random_gap,
    service,
)
from caseload_balancer.datasets.arrays.services import CHILDREN

GAP = GapInstance(
    cost=np.array([[4, 5, 6], [7, 8, 9]]),
    weight=np.array([[1, 2, 3], [2, 2, 9]]),
    capacity=np.array([5, 6]),
)


@pytest.mark.parametrize("scope", ["team", "locality", "service"])
def test_a_service_is_sound_and_the_same_every_time(scope):
    arrays, again = (service(12, 120, teams=6, seed=3, scope=scope) for _ in range(2))
    assert (arrays.workers, arrays.units, arrays.resources, arrays.tiers) == (12, 120, 5, 3)
    assert broken_limits(arrays, arrays.start) == []
    assert np.array_equal(arrays.arc_worker, again.arc_worker)
    assert np.array_equal(arrays.arc_cost, again.arc_cost)
    other = service(12, 120, teams=6, seed=4, scope=scope)
    assert (
        arrays.arc_cost.shape != other.arc_cost.shape or (arrays.arc_cost != other.arc_cost).any()
    )


def test_a_wider_scope_gives_more_to_choose_from():
    arcs = [
        len(service(12, 120, teams=6, seed=3, scope=scope).arc_worker)
        for scope in ("team", "locality", "service")
    ]
    assert arcs == sorted(set(arcs))


def test_tightness_pushes_nobody_over_a_hard_limit():
    arrays = blended(service(12, 160), tightness=40)
    use = resource_use(arrays, arrays.start)
    assert (use <= arrays.limit).all()
    loose = blended(service(12, 160))
    assert arrays.limit[CHILDREN].sum() < loose.limit[CHILDREN].sum()
    assert (arrays.start == loose.start).all()
    assert (arrays.start == WAITING).any()


def test_gap_as_arrays_keeps_what_fits():
    arrays = gap_as_arrays(GAP)
    assert arrays.arc_worker.tolist() == [0, 1, 0, 1, 0]  # item 2 weighs 9 for agent 1: no arc
    assert broken_limits(arrays, arrays.start) == []
    assert values(arrays, arrays.start) == (3, 0)
    assert values(arrays, np.array([0, 1, WAITING])) == (1, 4 + 8)


def test_leaving_one_over_costs_more_than_any_assignment_in_one_tier():
    arrays = one_tier_gap(gap_as_arrays(GAP))
    (full,) = values(arrays, np.array([1, 1, 0]))
    (one_over,) = values(arrays, np.array([0, 0, WAITING]))
    assert full == 7 + 8 + 6
    assert one_over > full


@pytest.mark.parametrize("kind", ["a", "b", "c", "d", "e"])
def test_generalised_assignment_is_drawn_the_same_every_time(kind):
    gap, again = (random_gap(kind, 4, 16, seed=2) for _ in range(2))
    assert gap.cost.shape == gap.weight.shape == (4, 16)
    assert np.array_equal(gap.cost, again.cost)
    assert np.array_equal(gap.weight, again.weight)
    assert (gap.capacity > 0).all()
