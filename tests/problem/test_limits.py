"""What an allocation uses of each worker, and how much of it a worker has."""

from datetime import date
from decimal import Decimal

import numpy as np

from caseload_balancer.arrays.evaluation import broken_limits, resource_use, values
from caseload_balancer.domain import Case, Snapshot, Worker
from caseload_balancer.policy import Policy
from caseload_balancer.problem.limits import (
    ARRIVING,
    CHILDREN,
    COURT,
    MAX_NEW,
    POINTS,
)
from caseload_balancer.problem.problems import build_problem
from caseload_balancer.problem.terms import terms
from caseload_balancer.problem.use import limits_as_set
from tests.figures import with_figures

DAY = date(2026, 3, 2)


def problem_of(*cases, workers=("A", "B", "C"), policy=None, **columns):
    people = tuple(Worker(worker_id=w, employment="permanent", **columns) for w in workers)
    week = Snapshot(as_of=DAY, cases=cases, workers=people)
    return build_problem(week, policy or with_figures())


def sibling(case_id, worker_id, **columns):
    kind = {"case_type": "child_in_need", "family_id": "F", "points": Decimal(4)} | columns
    return Case(case_id=case_id, worker_id=worker_id, **kind)


def use_of(problem, worker, **allocation):
    return resource_use(problem.arrays, problem.assignment(problem.start | allocation))[:, worker]


def test_siblings_brought_together_count_as_children_and_points_each_but_as_one_family():
    problem = problem_of(
        sibling("C1", "A", in_court=True), sibling("C2", "B", in_court=True), sibling("C3", None)
    )
    used = use_of(problem, 2, C1="C", C2="C", C3="C")
    assert used[CHILDREN.row] == 3
    assert used[POINTS.row] == 120
    assert used[COURT.row] == 1
    assert used[ARRIVING.row] == 1
    assert used[MAX_NEW.row] == 1


def test_a_sibling_who_joins_the_family_is_no_new_family():
    problem = problem_of(sibling("C1", "B"), sibling("C2", None), sibling("C3", "A"))
    used = use_of(problem, 1, C2="B", C3="B")
    assert used[CHILDREN.row] == 3
    assert used[ARRIVING.row] == 0
    assert used[MAX_NEW.row] == 0


def test_two_families_brought_together_at_once_each_count_once():
    problem = problem_of(
        sibling("C1", "A", in_court=True),
        sibling("C2", "B", in_court=True),
        sibling("D1", "A", family_id="G", in_court=True),
        sibling("D2", "B", family_id="G", in_court=True),
    )
    together = {"C1": "A", "C2": "A", "D1": "A", "D2": "A"}
    assert use_of(problem, 0, **together)[COURT.row] == 2
    assert use_of(problem, 0, **together)[CHILDREN.row] == 4
    assert apart(problem, problem.start) == [("F", 6_000), ("G", 6_000)]
    assert apart(problem, problem.start | {"C2": "A"}) == [("G", 6_000)]
    assert apart(problem, together) == []


def apart(problem, allocation):
    """Return the families with several workers, each with its price in `fit`."""
    return [
        (term.id, term.value)
        for term in terms(problem, allocation)
        if term.goal == "fit" and term.subject == "family"
    ]


def test_a_family_that_is_moved_arrives_like_a_new_one():
    problem = problem_of(sibling("C1", "A"), sibling("C2", "A"))
    used = use_of(problem, 1, C1="B", C2="B")
    assert (used[ARRIVING.row], used[MAX_NEW.row]) == (1, 1)


def test_limits_that_give_way_are_no_limit_of_the_arrays_and_cost_what_the_policy_says():
    policy = Policy.layered(
        {
            "limits": {"arrivals_a_week": 1, "court_families": 0},
            "new_case_share": {"per_family": 0},
            "goals": {"fit": {"weight": 2}},
        }
    )
    cases = [Case(case_id=f"C{n}", case_type="section_47", in_court=True) for n in range(3)]
    problem = problem_of(*cases, workers=("A",), policy=policy)
    all_there = problem.assignment({"C0": "A", "C1": "A", "C2": "A"})
    assert broken_limits(problem.arrays, all_there) == []
    # Three families beyond those in court; two beyond the week's arrivals are in the trade-off.
    assert values(problem.arrays, all_there)[2] == 10 * 3 * 2


def test_max_new_counts_every_family_that_arrives():
    moved, new = sibling("C1", "A"), sibling("C2", None, family_id="G")
    problem = problem_of(moved, new, workers=("A",))
    assert broken_limits(problem.arrays, problem.assignment({"C1": "A", "C2": "A"})) == []
    problem = problem_of(moved, new, max_new=0)
    for allocation in ({"C1": "B", "C2": None}, {"C1": "A", "C2": "B"}):
        (broken,) = broken_limits(problem.arrays, problem.assignment(allocation))
        assert f"resource {int(MAX_NEW.row)}" in broken


def test_the_move_budget_counts_every_move_that_is_not_forced():
    policy = Policy.layered({"limits": {"move_budget": 1}})
    first, second = (Case(case_id=f"C{n}", case_type="other", worker_id="B") for n in range(2))
    problem = problem_of(first, second, policy=policy)
    assert broken_limits(problem.arrays, problem.assignment({"C0": "A", "C1": "B"})) == []
    (broken,) = broken_limits(problem.arrays, problem.assignment({"C0": "A", "C1": "A"}))
    assert broken == "the budget of 1 is overspent: 2"


def test_slack_is_handed_to_the_arrays_a_tier():
    goal = {"tier": 1, "slack_rel": Decimal("0.025")}
    second = ("over_cap", "concessions", "transfers_due")
    whole = {name: {"slack_rel": 1} for name in second}
    policy = Policy.layered(
        {
            "goals": {
                "must_hold_waiting": goal | {"weight": 3, "slack_abs": 2},
                "standing_breaches": goal | {"weight": 2, "slack_abs": 5},
                **whole,
            }
        }
    )
    arrays = problem_of(sibling("C1", "A"), policy=policy).arrays
    assert arrays.slack_abs.tolist() == [16, 0, 0, 0]
    assert arrays.slack_rel.tolist() == [25, 1_000, 1_000, 0]
    assert arrays.slack(0, 1_000) == 16 + 25
    assert arrays.slack(0, -1_000) == 16


def test_limits_grow_with_a_worker_who_is_over_them_already():
    held = [Case(case_id=f"C{n:02}", case_type="other", worker_id="A") for n in range(27)]
    court = [
        Case(case_id=f"X{n}", case_type="child_in_need", worker_id="B", in_court=True)
        for n in range(3)
    ]
    limit = problem_of(*held, *court).arrays.limit
    assert limit[CHILDREN.row].tolist() == [27, 25, 25]
    assert (limit[COURT.row] >= 3).all()


def test_the_points_limit_is_a_share_of_the_points_available():
    policy = with_figures(points={"hard_limit_percent": 50})
    heavy = problem_of(sibling("C1", "A", points=Decimal(50)), policy=policy)
    assert limits_as_set(heavy.facts)[POINTS.row].tolist() == [425, 425, 425]
    # What is over the limit at the start costs nothing; with another worker it is new.
    assert values(heavy.arrays, heavy.assignment(heavy.start))[2] == 0
    assert values(heavy.arrays, heavy.assignment({"C1": "B"}))[2] == 500 - 425


def test_rows_in_another_order_make_the_same_arrays():
    rows = [sibling("C1", "A"), sibling("C2", None), sibling("C3", "B", family_id=None)]
    one, other = problem_of(*rows).arrays, problem_of(*rows[::-1], workers=("C", "A", "B")).arrays
    for name in ("arc_start", "arc_worker", "arc_use", "arc_cost", "wait_cost", "limit", "start"):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name
