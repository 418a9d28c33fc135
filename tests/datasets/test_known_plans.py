"""Services built around a plan: the checker finds the plan as good as it is said to be."""

import pytest

from caseload_balancer import datasets
from caseload_balancer.checker import check
from caseload_balancer.checker.week import JudgedWeek
from caseload_balancer.policy import Policy
from tests.examples import combinations

STEADY = Policy.profile("steady")
SIZES = [(1, 1), (2, 2), (5, 1), (12, 1), (40, 15)]


@pytest.mark.parametrize(("size", "seed", "slack"), combinations(SIZES, range(3), [0.0, 0.2]))
def test_a_feasible_week_has_a_plan_without_breaches(size, seed, slack):
    workers, teams = size
    built = datasets.feasible(workers, seed=seed, teams=teams, slack=slack)
    report = check(built.snapshot, STEADY, built.plan)
    assert report.violations == ()
    assert {breach.rule for breach in report.breaches} <= {"weekly-intake", "rejected-worker"}
    assert report.tier_values[:2] == (0, 0)
    assert set(built.plan) == set(built.snapshot.case_by_id)


def test_a_feasible_week_does_not_start_at_its_plan():
    built = datasets.feasible(40, seed=1)
    week = JudgedWeek(built.snapshot, STEADY)
    start = {case.case_id: week.holder(case) for case in built.snapshot.cases}
    assert sum(start[case_id] != built.plan[case_id] for case_id in start) > 50
    assert None in start.values()
    assert any(count > week.cap[worker] for worker, count in week.held_at_start.items())


def test_without_slack_the_plan_fills_every_place():
    built = datasets.feasible(30, seed=2, slack=0.0)
    week = JudgedWeek(built.snapshot, STEADY)
    places = sum(cap for name, cap in week.cap.items() if week.presence[name].can_hold)
    assert places == len(built.snapshot.cases)


@pytest.mark.parametrize(("size", "seed", "too_many"), combinations(SIZES, range(3), [1, 7]))
def test_an_infeasible_week_is_over_cap_by_so_many(size, seed, too_many):
    workers, teams = size
    built = datasets.infeasible(workers, seed=seed, teams=teams, too_many=too_many)
    report = check(built.snapshot, STEADY, built.plan)
    assert report.violations == ()
    assert report.tier_values[:2] == (0, too_many)


@pytest.mark.parametrize("seed", range(3))
def test_an_infeasible_week_is_short_in_one_team_by_count(seed):
    built = datasets.infeasible(40, seed=seed, too_many=6)
    week = JudgedWeek(built.snapshot, STEADY)
    short = []
    for team in built.snapshot.teams:
        children = [case for case in built.snapshot.cases if case.team_id == team.team_id]
        must_hold = sum(week.must_hold(case) for case in children)
        places = sum(
            week.cap[worker.worker_id]
            for worker in built.snapshot.workers
            if team.team_id in worker.team_ids and week.presence[worker.worker_id].can_hold
        )
        if must_hold > places:
            short.append(must_hold - places)
    assert short == [6]


def test_a_week_cannot_be_built_against_its_name():
    with pytest.raises(ValueError, match="slack must be a number, 0 or more"):
        datasets.feasible(5, seed=1, slack=-0.1)
    with pytest.raises(ValueError, match="too_many must be a whole number, 1 or more"):
        datasets.infeasible(5, seed=1, too_many=0)
