"""Each published figure the made-up county uses, and where it comes from."""

from collections import Counter
from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from caseload_balancer import datasets
from caseload_balancer.checker.week import JudgedWeek
from caseload_balancer.datasets import figures
from caseload_balancer.policy import Policy

STEADY = Policy.profile("steady")
SEEDS = [2015, 1, 2]


@cache
def county(seed=2015):
    return JudgedWeek(datasets.worcestershire(seed), STEADY)


@pytest.fixture(params=SEEDS)
def week(request):
    return county(request.param)


def loads_of(week):
    held = week.held_at_start
    return [held.get(w.worker_id, 0) for w in week.snapshot.workers if w.holds_cases]


def waiting_in(week):
    return [case for case in week.snapshot.cases if week.holder(case) is None]


def test_118_fte_permanent_and_24_agency(week):
    fte = Counter()
    for worker in week.snapshot.workers:
        fte[worker.employment] += worker.fte
    assert fte == {"permanent": Decimal(118), "agency": Decimal(24)}


def test_more_heads_than_fte_because_some_work_part_time(week):
    heads = [worker for worker in week.snapshot.workers if worker.holds_cases]
    assert len(heads) == 154
    assert sum(worker.fte < 1 for worker in heads) >= 20


def test_84_percent_of_roles_are_permanent(week):
    heads = [worker for worker in week.snapshot.workers if worker.holds_cases]
    permanent = sum(worker.employment == "permanent" for worker in heads)
    assert permanent / len(heads) == pytest.approx(0.84, abs=0.01)


def test_15_teams_in_3_localities(week):
    teams = week.snapshot.teams
    localities = {team.team_id for team in teams if team.parent_id is None}
    parents = [team.parent_id for team in teams if team.parent_id is not None]
    assert len(localities) == 3
    assert Counter(parents) == dict.fromkeys(localities, 5)


def test_about_2700_children_at_16_to_20_for_each_fte(week):
    assert len(week.snapshot.cases) == 2700
    assert len(week.snapshot.cases) / 142 == pytest.approx(17.8, abs=1.5)


def test_looked_after_children_between_the_counts_of_2015_and_2016(week):
    looked_after = sum(case.case_type == "looked_after" for case in week.snapshot.cases)
    assert 690 <= looked_after <= 716


def test_the_week_lies_between_those_counts():
    assert county().snapshot.as_of == figures.AS_OF == date(2015, 11, 23)
    assert figures.AS_OF.weekday() == 0


def test_a_third_of_the_workers_hold_25_to_30(week):
    loads = loads_of(week)
    heavy = sum(25 <= load <= 30 for load in loads)
    assert heavy / len(loads) == pytest.approx(1 / 3, abs=0.03)
    assert max(loads) <= 30


def test_the_others_hold_about_half_that(week):
    loads = loads_of(week)
    heavy = [load for load in loads if load >= 25]
    others = [load for load in loads if load < 25]
    ratio = (sum(others) / len(others)) / (sum(heavy) / len(heavy))
    assert ratio == pytest.approx(0.5, abs=0.06)


def test_about_30_children_wait_and_some_of_them_must_not(week):
    waiting = waiting_in(week)
    assert len(waiting) == pytest.approx(30, abs=2)
    assert any(week.must_hold(case) for case in waiting)
    assert any(not week.must_hold(case) for case in waiting)
    assert all(case.waiting_since is not None for case in waiting)
    assert all(case.waiting_since is None for case in week.snapshot.cases if case not in waiting)


def test_27_percent_of_looked_after_children_had_three_workers_in_the_year(week):
    looked_after = [case for case in week.snapshot.cases if case.case_type == "looked_after"]
    three = sum(len(week.history(case).distinct) >= 3 for case in looked_after)
    assert three / len(looked_after) == pytest.approx(figures.THREE_WORKERS_SHARE, abs=0.015)


def test_managing_caseloads_is_the_reason_for_13_percent_of_changes(week):
    ended = [spell.reason for spell in week.snapshot.spells if spell.ends_on is not None]
    assert ended.count("MANAGE") / len(ended) == pytest.approx(0.13, abs=0.02)


def test_29_percent_of_held_assessments_are_past_45_working_days(week):
    assessments = [
        case
        for case in week.snapshot.cases
        if case.case_type == "assessment" and week.holder(case) is not None
    ]
    late = sum(case.next_due_on < week.snapshot.as_of for case in assessments)
    assert late / len(assessments) == pytest.approx(figures.ASSESSMENTS_OVERDUE, abs=0.06)


def test_the_generator_and_the_default_profile_have_one_cap():
    assert STEADY.cap.children_per_fte == figures.CHILDREN_PER_FTE
    assert STEADY.limits.court_families == figures.COURT_FAMILIES
    assert float(STEADY.cap.asye_factor) == figures.ASYE_FACTOR
