"""From an outcome to a plan: the last check, the status, and what the plan was made from."""

from dataclasses import replace

import pytest

from caseload_balancer.checker import check
from caseload_balancer.errors import VerificationError
from caseload_balancer.plan import make_plan
from caseload_balancer.plan.building import policy_hash
from caseload_balancer.policy import Policy
from caseload_balancer.problem.problems import build_problem
from tests.checker.small_weeks import case, cases, day, steady, week, worker
from tests.plan.planning import outcome_of, planned

WEEK = week([*cases(3, "w"), case("x")], [worker("w"), worker("v")])


def parts(allocation=None, **columns):
    problem = build_problem(WEEK, Policy.profile())
    chosen = {**problem.start, **(allocation or {})}
    return (
        problem,
        outcome_of(problem, chosen, **columns),
        check(WEEK, problem.policy, chosen),
    )


def test_a_plan_that_breaks_a_rule_is_not_returned():
    snapshot = week(cases(3, "w"), [worker("w"), worker("v", leaves_on=day(9))])
    problem = build_problem(snapshot, Policy.profile())
    chosen = {**problem.start, "c0": "v"}
    report = check(snapshot, problem.policy, chosen)
    with pytest.raises(VerificationError, match="v leaves on 2026-03-11 and takes no cases"):
        make_plan(problem, outcome_of(problem, chosen), report, seed=0)


@pytest.mark.parametrize("goal", ["churn", "concessions"])
def test_a_value_the_checker_does_not_confirm_is_not_returned(goal):
    problem, outcome, report = parts()
    other = replace(report, goal_values={**report.goal_values, goal: 1})
    with pytest.raises(VerificationError, match=f"{goal} is 1 by the checker and 0 by its terms"):
        make_plan(problem, outcome, other, seed=0)


def test_a_tier_the_checker_does_not_confirm_is_not_returned():
    problem, outcome, report = parts()
    other = replace(report, tier_values=(1, *report.tier_values[1:]))
    with pytest.raises(VerificationError, match="tiers are"):
        make_plan(problem, outcome, other, seed=0)


def test_a_bound_above_the_value_is_not_believed():
    problem, outcome, report = parts()
    value = report.tier_values[0]
    with pytest.raises(VerificationError, match=f"bound of {value + 1} above its value of {value}"):
        make_plan(
            problem, replace(outcome, bounds=(value + 1, *outcome.bounds[1:])), report, seed=0
        )
    with pytest.raises(VerificationError, match="4 tiers and 2 bounds"):
        make_plan(problem, replace(outcome, bounds=outcome.bounds[:2]), report, seed=0)


@pytest.mark.parametrize(
    ("columns", "status", "sentence"),
    [
        ({}, "optimal", "The search is complete"),
        ({"fallback": True, "stop_reason": "time limit"}, "optimal", "The search is complete"),
        ({"bounds": (0, 0, 0, 0), "stop_reason": "work limit"}, "feasible", "its limit of work"),
        ({"bounds": (0, 0, 0, 0), "stop_reason": "time limit"}, "feasible", "its time limit"),
        ({"bounds": (0, 0, 0, 0), "stop_reason": "interrupted"}, "interrupted", "was interrupted"),
        (
            {"bounds": (0, 0, 0, 0), "stop_reason": "time limit", "fallback": True},
            "fallback",
            "Part of the search failed",
        ),
        ({"bounds": (0, 0, 0, 0)}, "feasible", "The search ended early"),
    ],
)
def test_status_and_why_the_search_stopped(columns, status, sentence):
    plan = planned(WEEK, **columns)
    assert plan.status == status
    assert sentence in plan.why_stopped
    assert [tier.proven for tier in plan.tiers] == [True, True, True, status == "optimal"]


def test_a_tier_within_what_the_policy_gives_back_is_settled():
    policy = steady(goals={"waiting": {"tier": 4, "slack_abs": 500}})
    value = planned(WEEK, policy=policy).tiers[3].value
    open_ = planned(WEEK, policy=policy, bounds=(0, 0, 0, value - 501))
    settled = planned(WEEK, policy=policy, bounds=(0, 0, 0, value - 500))
    assert (open_.tiers[3].slack, open_.tiers[3].proven) == (500, False)
    assert (settled.tiers[3].proven, settled.status) == (True, "optimal")
    assert "proven within its slack of 500" in settled.analysis


def test_the_hash_of_a_policy_is_of_what_it_says():
    one = steady(churn={"in_court_factor": "1.50"})
    assert policy_hash(one) == policy_hash(steady(churn={"in_court_factor": "1.5"}))
    assert policy_hash(one) != policy_hash(Policy.profile())
    plan = planned(WEEK, policy=one)
    assert (plan.policy, plan.policy_hash) == (one, policy_hash(one))
    assert plan.inputs_hash == WEEK.fingerprint
    assert plan.seed == 7
    assert set(plan.versions) == {"caseload-balancer", "numpy", "ortools", "python"}


def test_a_plan_cannot_be_changed():
    plan = planned(WEEK)
    with pytest.raises(ValueError, match="frozen"):
        plan.seed = 8
    with pytest.raises(TypeError):
        plan.allocation["x"] = "w"


def test_an_empty_week_has_a_plan():
    plan = planned(week([], []))
    assert (plan.status, plan.ok, dict(plan.allocation)) == ("optimal", True, {})
    [imbalance] = [goal for goal in plan.tiers[3].goals if goal.goal == "imbalance"]
    assert imbalance.floor == 0
    assert "0 children" in repr(plan)


def test_moves_stand_with_the_dearest_first():
    rows = [case("a", worker_id="w"), case("b", "looked_after", worker_id="w"), *cases(1, "v", "d")]
    plan = planned(week(rows, [worker("w"), worker("v")]), {"a": "v", "b": "v"})
    dearest, ordinary = plan.moves
    assert (dearest.case_id, ordinary.case_id) == ("b", "a")
    # Looked after 1.5 times, and 7 points where the other has 4.
    assert dearest.cost == 1.5 * 7 / 4 * ordinary.cost
    assert plan.workers[1].leaving == plan.workers[0].arriving == 2
