"""The assignment that is built before the clock counts."""

import subprocess
import sys

from hypothesis import given

from caseload_balancer.arrays import WAITING
from caseload_balancer.arrays.building import build_arrays
from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.datasets.arrays import service
from caseload_balancer.engine import Deadline, Parameters, solve
from caseload_balancer.engine.first_assignments import first_assignment
from caseload_balancer.engine.local_search.construction import construct
from caseload_balancer.engine.parameters import DEFAULTS, ConstructionParameters
from tests.drawn_arrays import tiny_arrays
from tests.examples import settings

FOREVER = 60


@given(tiny_arrays())
@settings(max_examples=40)
def test_it_is_feasible_and_no_worse_than_the_start(arrays):
    found = construct(arrays, deadline=Deadline(FOREVER))
    assert broken_limits(arrays, found) == []
    assert values(arrays, found) <= values(arrays, arrays.start)


def test_with_no_time_at_all_a_team_is_nearly_as_good_as_with_plenty():
    arrays = service(9, 100, seed=2)
    best = solve(arrays, time_limit=60, granted=1)
    at_once = solve(arrays, time_limit=0)
    assert at_once.values[:-1] == best.values[:-1]
    assert best.values[-1] <= at_once.values[-1] <= 1.02 * best.values[-1]


def test_no_solver_is_loaded_for_it():
    code = """
import sys
from caseload_balancer.datasets.arrays import service
from caseload_balancer.engine import solve
solve(service(12, 160), time_limit=0)
sys.exit(any(name.startswith("ortools") for name in sys.modules))
"""
    ended = subprocess.run([sys.executable, "-c", code], check=False)  # noqa: S603 (our own code)
    assert ended.returncode == 0


def test_work_limits_it_but_never_the_single_moves():
    arrays = service(12, 160)
    start = values(arrays, arrays.start)
    least = values(arrays, construct(arrays, deadline=Deadline(FOREVER, work=0.0)))
    more = values(arrays, construct(arrays, deadline=Deadline(FOREVER, work=1.0)))
    assert more < least < start


def test_a_small_problem_begins_without_swaps_where_a_search_follows():
    arrays = service(25, 300, seed=1)
    alone, followed = (
        first_assignment(arrays, work=work, stop=lambda: False)
        for work in (0.0, DEFAULTS.construction.soon)
    )
    assert values(arrays, alone) < values(arrays, followed)
    larger = Parameters(construction=ConstructionParameters(arcs_searched_soon=0))
    with_swaps = first_assignment(
        arrays, work=DEFAULTS.construction.soon, stop=lambda: False, parameters=larger
    )
    assert with_swaps.tolist() == alone.tolist()


def test_who_may_wait_makes_room_for_who_may_not():
    """Worker 0 is full with unit 0, who may wait; unit 1 must not, and can go nowhere else."""
    arrays = build_arrays(
        unit=[0, 1],
        worker=[0, 0],
        use=[[1, 1]],
        cost=[[0, 0], [0, 0]],
        wait_cost=[[0, 1], [10, 0]],
        may_wait=[True, True],
        limit=[[1]],
        start=[0, WAITING],
    )
    assert construct(arrays, deadline=Deadline(FOREVER)).tolist() == [WAITING, 0]


def test_who_holds_a_full_worker_moves_on_to_make_room():
    """Unit 1 can only be with worker 0, who is full; unit 0 can be with worker 1 as well."""
    arrays = build_arrays(
        unit=[0, 0, 1],
        worker=[0, 1, 0],
        use=[[1, 1, 1]],
        cost=[[0, 0, 0], [0, 5, 0]],
        wait_cost=[[1, 1], [0, 0]],
        may_wait=[True, True],
        limit=[[1, 1]],
        start=[0, WAITING],
    )
    assert construct(arrays, deadline=Deadline(FOREVER)).tolist() == [1, 0]


def test_cheap_moves_mend_what_is_over_before_dear_ones():
    """Worker 0 holds one unit too many: the dearest to move uses most, and gains no more."""
    arrays = build_arrays(
        unit=[0, 0, 1, 1, 2, 2],
        worker=[0, 1, 0, 1, 0, 1],
        use=[[4, 4, 1, 1, 1, 1], [4, 4, 1, 1, 1, 1]],
        cost=[[0] * 6, [0] * 6, [0, 900, 0, 10, 0, 10]],
        wait_cost=[[1] * 3, [0] * 3, [0] * 3],
        may_wait=False,
        limit=[[9, 9], [9, 9]],
        breakpoints=[(1, 0, 0, 4, 1)],
        start=[0, 0, 0],
    )
    assert construct(arrays, deadline=Deadline(FOREVER)).tolist() == [0, 1, 1]


def test_the_start_is_kept_where_nothing_is_better():
    """Two units alike at two workers alike: any other assignment is as good."""
    arrays = build_arrays(
        unit=[0, 0, 1, 1],
        worker=[0, 1, 0, 1],
        use=[[1] * 4],
        cost=[[0] * 4],
        wait_cost=[[1, 1]],
        limit=[[1, 1]],
        start=[1, 0],
    )
    assert construct(arrays, deadline=Deadline(FOREVER)).tolist() == [1, 0]
    assert solve(arrays, time_limit=FOREVER, granted=1).assignment.tolist() == [1, 0]
