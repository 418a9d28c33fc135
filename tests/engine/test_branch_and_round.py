"""Branch and price in place of CP-SAT: it proves what brute force finds, and loses no best one."""

from dataclasses import replace
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseload_balancer.arrays.evaluation import broken_limits
from caseload_balancer.datasets.arrays import blended, service
from caseload_balancer.engine import solve
from caseload_balancer.engine.dantzig_wolfe.branching import Tree
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.parameters import DEFAULTS
from caseload_balancer.engine.relaxation.relaxer import relax
from tests.drawn_arrays import by_brute_force, tiny_arrays
from tests.examples import settings
from tests.oracle import all_allowed

BRANCHING_FIRST = replace(
    DEFAULTS, exact=replace(DEFAULTS.exact, first_work=0.0, segments_a_worker=0)
)


@settings(max_examples=60)
@given(arrays=tiny_arrays())
def test_every_tier_is_as_good_as_brute_force_where_branching_comes_first(arrays):
    best = by_brute_force(arrays)
    result = solve(arrays, time_limit=20, workers=1, strategy="exact", parameters=BRANCHING_FIRST)
    assert broken_limits(arrays, result.assignment) == []
    assert result.settled == result.bounds == best.settled
    assert result.stop_reason == "proven"


@settings(max_examples=60)
@given(arrays=tiny_arrays(slack=False, units=5), above=st.integers(0, 60))
def test_what_the_open_nodes_leave_holds_every_assignment_of_a_value_or_less(arrays, above):
    every, worth = all_allowed(arrays)
    there = np.unique(worth[:, 0])
    value = int(there[min(above, len(there) - 1)])
    relaxer = relax(arrays, 0, (), deadline=Deadline(60))
    relaxer.converge(Deadline(60))
    with patch.object(Tree, "_arc_to_branch_at", lambda _, node: _any_arc(arrays, node)):
        for _ in range(4):
            relaxer.branch(Deadline(60), 0.0, value + 1)
    left = relaxer.candidates(value)
    assert all(left.hold(arrays, assignment) for assignment in every[worth[:, 0] <= value])


@pytest.mark.parametrize(("seed", "optimum"), [(11, 602_627), (35, 650_843)])
def test_a_team_that_took_cp_sat_too_long_is_proven(seed, optimum):
    arrays = blended(service(12, 160, seed=seed))
    result = solve(arrays, time_limit=600, granted=10)
    assert result.values == result.bounds == (optimum,)
    assert result.canonical
    assert any("branch and price" in phase.note for phase in result.phases)


def _any_arc(arrays, node):
    """Return an arc of a unit with a choice: as good to branch at as one that is split."""
    kept, waits = node.kept, node.search.linear.waits
    options = np.bincount(arrays.arc_unit[kept[: arrays.arcs]], minlength=arrays.units)
    options[waits[kept[arrays.arcs :]]] += 1
    free = np.flatnonzero(kept[: arrays.arcs] & (options[arrays.arc_unit] > 1))
    return int(free[0]) if len(free) else None
