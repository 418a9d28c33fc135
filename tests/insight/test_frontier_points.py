"""The frontier against every allocation of tiny weeks, and the shape of its answer."""

from dataclasses import replace

from hypothesis import given, settings

from caseload_balancer.insight.frontier_goals import balance_tier, frontier_policy
from caseload_balancer.insight.frontiers import frontier
from caseload_balancer.problem.evaluation import values
from caseload_balancer.problem.problems import build_problem
from tests.oracle import try_everything
from tests.weeks import weeks


def enumerated(problem):
    """Return moves and value of every point that is better than all with fewer moves."""
    arrays = problem.arrays
    judged = balance_tier(problem.policy) + 1
    most = problem.facts.index.cases
    points = []
    for budget in range(len(most) + 1):
        best = try_everything(replace(arrays, budget=budget)).best[:judged]
        if not points or best < points[-1][1]:
            points.append((budget, best))
    return points


@settings(max_examples=25, deadline=None)
@given(problem=weeks(max_workers=4, max_cases=5))
def test_the_frontier_is_the_enumerated_one(problem):
    goals = frontier_policy(problem.policy, tolerance=0, budget=None)
    whole = build_problem(problem.snapshot, goals)
    most = problem.policy.limits.move_budget
    expected = [
        (moves, value) for moves, value in enumerated(whole) if most is None or moves <= most
    ]
    found = frontier(problem.snapshot, problem.policy, step=0, time_limit=60)
    judged = balance_tier(goals) + 1
    assert found.complete
    assert [
        (point.moves, values(whole.arrays, whole.assignment(point.plan.allocation))[:judged])
        for point in found
    ] == expected
