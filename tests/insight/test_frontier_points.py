"""The frontier against every allocation of tiny weeks, and the shape of its answer."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import caseload_balancer as cb
from caseload_balancer.arrays.evaluation import values
from caseload_balancer.engine import solve
from caseload_balancer.insight.frontier.goals import balance_tier, frontier_policy
from caseload_balancer.insight.frontier.question import frontier
from caseload_balancer.insight.frontier.values import may_hide_one
from caseload_balancer.problem.problems import build_problem
from tests.examples import settings
from tests.oracle import try_everything
from tests.weeks import weeks

FIGURES = {
    "broken rules": {"must_hold_waiting", "standing_breaches"},
    "over cap": {"over_cap"},
    "limits": {"concessions", "transfers_due"},
    "balance": {"imbalance"},
}


def frontier_problem(problem):
    goals = frontier_policy(problem.policy, tolerance=0, budget=None)
    return build_problem(problem.snapshot, goals)


def value_of(whole, point):
    """Return what the plan of a point is worth in the tiers a point is judged by."""
    judged = balance_tier(whole.policy) + 1
    return values(whole.arrays, whole.assignment(point.plan.allocation))[:judged]


def enumerated(whole):
    """Return moves and value of every point that is better than all with fewer moves."""
    judged = balance_tier(whole.policy) + 1
    points = []
    for budget in range(len(whole.facts.index.cases) + 1):
        best = try_everything(replace(whole.arrays, budget=budget)).best[:judged]
        if not points or best < points[-1][1]:
            points.append((budget, best))
    return points


@settings(max_examples=25)
@given(problem=weeks(max_workers=4, max_cases=5))
def test_the_frontier_is_the_enumerated_one(problem):
    whole = frontier_problem(problem)
    most = problem.policy.limits.move_budget
    expected = [
        (moves, value) for moves, value in enumerated(whole) if most is None or moves <= most
    ]
    found = frontier(problem.snapshot, problem.policy, step=0)
    assert found.complete
    assert [(point.moves, value_of(whole, point)) for point in found] == expected


@settings(max_examples=20)
@given(problem=weeks(max_workers=4, max_cases=5), step=st.sampled_from([0.05, 0.3, 1.0]))
def test_small_gains_are_left_out_one_after_the_other(problem, step):
    whole = frontier_problem(problem)
    apart = int(step * 100 * float(problem.policy.churn.move))
    most = problem.policy.limits.move_budget
    expected = []
    for moves, best in enumerated(whole):
        gain = not expected or best[:-1] < expected[-1][1][:-1]
        if (most is None or moves <= most) and (gain or expected[-1][1][-1] - best[-1] >= apart):
            expected.append((moves, best))
    found = frontier(problem.snapshot, problem.policy, step=step)
    assert found.complete
    assert len(found) == len(expected)
    for point, (moves, best) in zip(found, expected, strict=True):
        value = value_of(whole, point)
        assert point.moves <= moves
        assert value[:-1] == best[:-1]
        assert best[-1] <= value[-1] <= best[-1] + apart // 4


@settings(max_examples=25)
@given(problem=weeks(max_workers=4, max_cases=5), time_limit=st.sampled_from([0.0, 1e-3, 0.05]))
def test_what_is_claimed_holds_when_the_time_runs_out(problem, time_limit):
    whole = frontier_problem(problem)
    for point in frontier(problem.snapshot, problem.policy, step=0, time_limit=time_limit):
        best = try_everything(replace(whole.arrays, budget=point.moves)).best
        value = value_of(whole, point)
        if point.proven:
            assert value == best[: len(value)]
        else:
            goals = FIGURES[point.unproven]
            tier = next(n for n, tier in enumerate(whole.policy.tiers) if goals & set(tier))
            assert value[:tier] == best[:tier]
            each = whole.policy.goals["over_cap"].weight if point.unproven == "over cap" else 1
            assert 0 <= value[tier] - best[tier] <= point.gap * each


@pytest.fixture(scope="module")
def few():
    return cb.Policy.layered({"limits": {"move_budget": 2}})


@pytest.fixture(scope="module")
def week():
    return cb.datasets.service(6, 105, seed=1)


@pytest.fixture(scope="module")
def alone(week, few):
    found = frontier(week, few, time_limit=600)
    assert found.complete
    assert [point.moves for point in found] == [0, 1, 2]
    return found


def test_a_search_ends_near_its_bound_and_that_is_what_is_told(week, few, alone):
    """A quarter of half an ordinary move; some points are left short of it, none at more."""
    quarter = int(0.5 * 100 * float(few.churn.move)) // 4
    gaps = [point.gap for point in alone]
    assert max(gaps) <= quarter
    assert any(gaps)
    for point in alone:
        assert point.proven
        best = frontier_problem_within(week, few, point.moves)
        assert point.imbalance - point.gap <= best <= point.imbalance


def frontier_problem_within(week, policy, moves):
    """Return the least imbalance with so many moves, from a search to the end."""
    goals = frontier_policy(policy, tolerance=0, budget=moves)
    found = solve(build_problem(week, goals).arrays, time_limit=600, granted=30)
    place = balance_tier(goals)
    assert found.proven[place]
    return found.values[place]


@pytest.mark.parametrize("pool", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_an_executor_changes_nothing(week, few, alone, pool):
    with pool(2) as executor:
        together = frontier(week, few, time_limit=600, executor=executor)
    assert [point.assignment for point in together] == [point.assignment for point in alone]


def test_the_order_of_the_rows_changes_nothing(week, few, alone):
    turned = week.model_copy(update={"cases": week.cases[::-1], "workers": week.workers[::-1]})
    turned = cb.Snapshot.model_validate(
        {name: getattr(turned, name) for name in cb.Snapshot.model_fields}
    )
    assert judged_by(alone) == judged_by(frontier(turned, few, time_limit=600))


def judged_by(found):
    """Return what each point is judged by: points that are as good may be other plans."""
    return [(one.moves, one.urgency_waiting, one.over_cap, one.imbalance) for one in found]


def test_a_point_may_be_missing_where_a_bound_leaves_room_for_one():
    listed = [(0, (0, 500)), (3, (0, 300))]
    assert not may_hide_one(listed, {0: (0, 450), 2: (0, 401), 3: (0, 201)}, 100)
    assert may_hide_one(listed, {0: (0, 450), 2: (0, 400), 3: (0, 300)}, 100), "at 2"
    assert may_hide_one(listed, {0: (0, 450), 5: (0, 200)}, 100), "after the last"
    assert may_hide_one([(0, (1, 500))], {0: (0, 900)}, 100), "in a tier before the balance"
    assert may_hide_one(listed[1:], {0: (0, 450), 3: (0, 300)}, 100), "before the first"


def test_what_two_parts_hide_adds_up():
    # Neither part leaves room for a whole step; both together do.
    parts = [{0: (0, 100), 1: (0, 40)}, {0: (0, 100), 1: (0, 40)}]
    joined = {0: (0, 200), 1: (0, 140), 2: (0, 80)}
    assert not any(may_hide_one([(0, (0, 100))], part, 100) for part in parts)
    assert may_hide_one([(0, (0, 200))], joined, 100)
