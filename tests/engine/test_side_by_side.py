"""What is done beside a search: the same outcome, however fast either of them is."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.engine import solve
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.tolerances import INTEGRALITY
from caseload_balancer.engine.neighbourhoods import rounding
from caseload_balancer.engine.neighbourhoods.greedy_rounding import round_greedily
from caseload_balancer.engine.neighbourhoods.improvement import improve_tier
from caseload_balancer.engine.parameters import DEFAULTS, Parameters
from caseload_balancer.engine.relaxation.relaxer import Relaxer
from caseload_balancer.engine.relaxation.tightening import Tightening
from caseload_balancer.engine.side_by_side import SLOWED_DOWN, Beside
from tests.relaxed_week import descended_week, relaxed

LARGE = Parameters(cuts=replace(DEFAULTS.cuts, gomory_entries=0))
"""Every linear program counts as too large for Gomory cuts."""


@pytest.fixture
def pool():
    with ThreadPoolExecutor(1) as found:
        yield found


def spends(*shares):
    def call(lane):
        for share in shares:
            time.sleep(0.01)
            lane.spend(share)
        return "done"

    return call


def test_its_work_is_charged_when_it_is_waited_for(pool):
    deadline = Deadline(60, work=1.0)
    beside = Beside(pool, spends(0.1, 0.2), deadline, 1.0)
    assert deadline.spent() == 0.0
    assert beside.result() == "done"
    assert deadline.spent() == beside.spent() == pytest.approx(0.3)


@pytest.mark.parametrize("mine", [0.0, 0.1, 0.3, 0.5])
def test_of_two_with_a_core_each_the_longer_counts_and_a_share_of_the_shorter(pool, mine):
    deadline = Deadline(60, work=5.0)
    beside = Beside(pool, spends(0.1, 0.2), deadline, 1.0, alongside=deadline)
    deadline.spend(mine)
    beside.result()
    shorter, longer = sorted([mine, 0.3])
    assert deadline.spent() == pytest.approx(longer + SLOWED_DOWN * shorter)


@pytest.mark.parametrize(
    ("work", "ends"), [(0.0, False), (0.15, False), (0.29, False), (0.31, True)]
)
def test_the_caller_knows_whether_it_ends_within_some_work_whoever_is_faster(pool, work, ends):
    for pause in (0.0, 0.1):
        beside = Beside(pool, spends(0.1, 0.1, 0.1), Deadline(60), 1.0)
        time.sleep(pause)
        assert beside.ends_within(work) is ends
        beside.result()


def test_what_is_broken_off_ends_soon_and_counts_for_nothing(pool):
    deadline = Deadline(60, work=1.0)

    def endless(lane):
        while not lane.passed():
            time.sleep(0.001)
            lane.spend(1e-6)
        raise RuntimeError("that nobody hears")

    beside = Beside(pool, endless, deadline, 1.0)
    beside.break_off()
    assert deadline.spent() == 0.0
    assert not deadline.struck


@pytest.fixture(scope="module")
def week():
    return descended_week()


def test_a_greedy_rounding_keeps_limits_and_what_the_relaxation_takes_whole(week):
    arrays, incumbent, _ = week
    relaxation, _ = relaxed(week, LARGE)
    found = round_greedily(arrays, relaxation, incumbent)
    assert broken_limits(arrays, found) == []
    whole = np.flatnonzero(relaxation.arc_value > 1 - INTEGRALITY)
    single = whole[arrays.group_of_unit[arrays.arc_unit[whole]] < 0]
    missed = single[found[arrays.arc_unit[single]] != arrays.arc_worker[single]]
    assert len(missed) < 0.1 * len(single)
    for arc in missed:
        moved = found.copy()
        moved[arrays.arc_unit[arc]] = arrays.arc_worker[arc]
        assert broken_limits(arrays, moved) != []
    assert np.array_equal(found, round_greedily(arrays, relaxation, incumbent))


def test_a_budget_is_not_rounded_greedily(week):
    arrays, incumbent, _ = week
    relaxation, _ = relaxed(week, LARGE)
    with_budget = replace(arrays, arc_budget=np.ones_like(arrays.arc_budget), budget=10_000)
    assert np.array_equal(round_greedily(with_budget, relaxation, incumbent), incumbent)


def slowed(call, seed):
    """Return a call that sleeps a while first, differently each time."""
    random = np.random.default_rng(seed)
    lock = threading.Lock()

    def slow(*given, **named):
        with lock:
            pause = random.uniform(0.0, 0.03)
        time.sleep(pause)
        return call(*given, **named)

    return slow


def test_a_large_search_is_the_same_whichever_of_its_threads_is_faster(week, monkeypatch):
    arrays, _, _ = week
    plain = solve(arrays, time_limit=600, granted=1.0, strategy="neighbourhoods", parameters=LARGE)
    results = [plain]
    for slow in ((Relaxer, "tighten"), (rounding, "solve_integer"), (Relaxer, "add_gomory_cuts")):
        with monkeypatch.context() as patch:
            patch.setattr(*slow, slowed(getattr(*slow), seed=1))
            results.append(
                solve(
                    arrays,
                    time_limit=600,
                    granted=1.0,
                    strategy="neighbourhoods",
                    parameters=LARGE,
                )
            )
    assert all(one.reproducible for one in results)
    assert {one.values for one in results} == {plain.values}
    assert {one.bounds for one in results} == {plain.bounds}
    assert all(np.array_equal(one.assignment, plain.assignment) for one in results)


def test_a_search_that_is_good_enough_leaves_the_relaxation_as_it_was(week):
    arrays, incumbent, ceilings = week
    relaxation, relaxer = relaxed(week, LARGE)
    found = improve_tier(
        arrays,
        incumbent,
        2,
        ceilings,
        relaxation,
        relaxer,
        deadline=Deadline(600),
        seed=0,
        good_enough=lambda one: one is not incumbent,
        parameters=LARGE,
    )
    assert values(arrays, found.assignment)[2] < values(arrays, incumbent)[2]
    assert found.bound == relaxation.bound
    assert relaxer.current() is relaxation


@pytest.mark.parametrize(("work", "seconds", "left"), [(np.inf, 75.0, np.inf), (2.0, 100.0, 0.5)])
def test_what_is_done_beside_gets_the_rest_of_the_work_or_the_same_time(week, work, seconds, left):
    arrays, _, _ = week
    relaxation, relaxer = relaxed(week, LARGE)
    deadline = Deadline(100, work=work)
    with ThreadPoolExecutor(1) as pool:
        bound = Tightening(arrays, relaxation, relaxer, pool, deadline, LARGE.tightening)
        beside = bound.prepare_dive(deadline)
        assert beside.remaining() == pytest.approx(seconds, abs=1.0)
        assert beside.work_left() == pytest.approx(left)
        bound.break_off()
