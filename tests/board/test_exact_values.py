"""What the board counts in a browser is what Python counts, to the last unit."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseload_balancer import datasets
from caseload_balancer.arrays import WAITING
from caseload_balancer.arrays.evaluation import broken_limits, budget_used, resource_use, values
from caseload_balancer.board import board_data
from caseload_balancer.board.costs import goal_rows, numbers
from caseload_balancer.plan.week import PlannedWeek
from caseload_balancer.policy import Policy
from caseload_balancer.problem.problems import build_problem
from caseload_balancer.problem.terms import goal_values, terms
from tests.board.conftest import HERE
from tests.examples import settings
from tests.plan.planning import any_allowed, planned
from tests.weeks import weeks

GOLDEN = HERE / "golden.json"


def counted_with(problem):
    """Return what of a board's data its values depend on."""
    week = PlannedWeek(problem, problem.arrays.start)
    return {
        "arrays": numbers(week),
        "goals": goal_rows(problem.policy),
        "workers": [{} for _ in problem.facts.index.workers],
    }


def drawn_assignment(arrays, random):
    """Return any options of the units, whatever room there is."""
    found = []
    for unit in range(arrays.units):
        options = [*arrays.workers_of(unit).tolist(), *[WAITING] * bool(arrays.may_wait[unit])]
        found.append(int(random.choice(options)))
    return found


def by_goal(problem, assignment):
    found = goal_values(terms(problem, problem.allocation(np.array(assignment))))
    return [found[row["goal"]] for row in goal_rows(problem.policy)]


def assert_same(problem, assignments, told):
    for assignment, one in zip(assignments, told, strict=True):
        chosen = np.array(assignment, np.int64)
        assert tuple(one["tiers"]) == values(problem.arrays, chosen)
        if not broken_limits(problem.arrays, chosen):
            # Beyond a limit nothing is counted any more: the board says that there is no room.
            assert one["values"] == by_goal(problem, assignment)
        assert one["use"] == resource_use(problem.arrays, chosen).tolist()
        if problem.arrays.budget is not None:
            assert one["spent"] == budget_used(problem.arrays, chosen)


@settings(max_examples=40)
@given(problem=weeks(), seed=st.integers(0, 2**32 - 1))
def test_any_allocation_of_any_week_is_worth_the_same(node, problem, seed):
    random = np.random.default_rng(seed)
    assignments = [drawn_assignment(problem.arrays, random) for _ in range(4)]
    assignments.append(any_allowed(problem, seed).tolist())
    assert_same(
        problem, assignments, node("values", data=counted_with(problem), assignments=assignments)
    )


@settings(max_examples=30)
@given(problem=weeks(), seed=st.integers(0, 2**32 - 1))
def test_what_a_move_adds_is_the_difference_of_the_whole(node, problem, seed):
    random = np.random.default_rng(seed)
    start, target = (drawn_assignment(problem.arrays, random) for _ in range(2))
    steps = [[int(unit), target[unit]] for unit in random.permutation(problem.arrays.units)]
    answer = node("moves", data=counted_with(problem), start=start, steps=steps)
    assert answer["assignment"] == target
    for one in answer["told"]:
        assert one["change"] == one["added"]
        assert one["exact"]


def test_an_exchange_is_worth_what_is_said_and_keeps_the_limits(node):
    week = datasets.service(workers=5, cases=90, seed=16, slack=0.0)
    found = node("exchanges", data=board_data(week, planned(week)))
    assert len(found) > 20
    assert all(one["untouched"] and one["exact"] and one["fits"] for one in found)


@pytest.fixture(scope="module")
def county():
    return build_problem(datasets.worcestershire(), Policy.profile())


def test_a_county_is_worth_the_same(node, county):
    random = np.random.default_rng(16)
    assignments = [county.arrays.start.tolist()]
    assignments += [drawn_assignment(county.arrays, random) for _ in range(8)]
    told = node("values", data=counted_with(county), assignments=assignments)
    for assignment, one in zip(assignments, told, strict=True):
        assert tuple(one["tiers"]) == values(county.arrays, np.array(assignment))


def golden():
    """Return the cases that both sides are held to: a team, and what its allocations are worth."""
    problem = build_problem(
        datasets.service(workers=4, cases=24, seed=16), Policy.profile("steady")
    )
    assignments = [any_allowed(problem, seed).tolist() for seed in range(6)]
    return {
        "data": counted_with(problem),
        "cases": [
            {
                "assignment": one,
                "values": by_goal(problem, one),
                "tiers": list(values(problem.arrays, np.array(one))),
            }
            for one in assignments
        ],
    }


def test_the_golden_cases_are_what_python_counts():
    """Where the mathematics changes on purpose: python -m tests.board.test_exact_values."""
    assert json.loads(GOLDEN.read_text(encoding="utf-8")) == golden()


@pytest.mark.parametrize("place", ["arc_cost", "step", "weight"])
def test_figures_too_large_to_be_exact_are_refused(node, place):
    data = golden()["data"]
    if place == "step":
        data["arrays"]["hinges"][0]["step"][0] = 2**50
        data["arrays"]["hinges"][0]["at"][0] = 10
    elif place == "weight":
        data["goals"][-1]["weight"] = 2**49
    else:
        row = next(row for row in data["arrays"]["arc_cost"] if row)
        row[0] = 2**60 + 1
    assert "too large to count exactly" in node("large", data=data)


if __name__ == "__main__":
    GOLDEN.write_text(json.dumps(golden(), separators=(",", ":")) + "\n", encoding="utf-8")
