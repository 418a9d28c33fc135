"""What a made-up week has in it besides the published figures."""

from datetime import timedelta
from itertools import pairwise

import pytest

from caseload_balancer import datasets
from caseload_balancer.checker import check
from caseload_balancer.checker.week import JudgedWeek
from caseload_balancer.policy import Policy
from caseload_balancer.problem.problems import build_problem

STEADY = Policy.profile("steady")


@pytest.fixture(scope="module")
def county():
    return JudgedWeek(datasets.worcestershire(), STEADY)


@pytest.fixture(scope="module")
def team():
    return JudgedWeek(datasets.team(), STEADY)


def as_it_stands(week):
    """Return the start as an allocation: who is here keeps, all others wait."""
    here = {name for name, one in week.presence.items() if one.can_hold or one.here}
    holders = {case.case_id: week.holder(case) for case in week.snapshot.cases}
    return {case_id: name if name in here else None for case_id, name in holders.items()}


@pytest.mark.parametrize("name", ["county", "team"])
def test_the_start_is_allowed_and_mostly_sound(name, request):
    week = request.getfixturevalue(name)
    report = check(week.snapshot, STEADY, as_it_stands(week))
    assert report.ok
    assert report.goal_values["standing_breaches"] <= len(week.snapshot.cases) // 50
    assert report.goal_values["over_cap"] > 0


@pytest.mark.parametrize("name", ["county", "team"])
def test_the_policy_finds_no_conflict(name, request):
    snapshot = request.getfixturevalue(name).snapshot
    assert build_problem(snapshot, STEADY).snapshot is snapshot


def test_the_team_has_12_workers_and_220_cases(team):
    assert len(team.snapshot.workers) == 12
    assert len(team.snapshot.cases) == 220
    assert all(worker.holds_cases for worker in team.snapshot.workers)


def test_the_team_has_more_places_than_children(team):
    places = [cap for name, cap in team.cap.items() if team.presence[name].can_hold]
    assert sum(places) == 250


def test_the_team_has_loads_over_the_cap_beside_half_of_them(team):
    loads = sorted(team.held_at_start.values(), reverse=True)
    assert [load >= 25 for load in loads] == [True] * 4 + [False] * 8
    assert loads[0] <= 28
    assert sum(loads[4:]) / 8 == pytest.approx(sum(loads[:4]) / 8, abs=1.5)


def test_the_team_has_seven_children_waiting_one_at_least_who_must_not(team):
    waiting = [case for case in team.snapshot.cases if team.holder(case) is None]
    assert len(waiting) == 7
    assert any(team.must_hold(case) for case in waiting)


def test_the_team_has_a_leaver_a_contract_end_and_a_newly_qualified_worker(team):
    workers = team.snapshot.workers
    ends = {worker.employment: worker.leaves_on for worker in workers if worker.leaves_on}
    assert ends == {
        "permanent": team.snapshot.as_of + timedelta(days=4),
        "agency": team.snapshot.as_of + timedelta(days=39),
    }
    assert [worker.role for worker in workers].count("asye") == 1


def test_the_team_has_one_family_held_apart(team):
    apart = [
        group
        for group in team.groups
        if len({team.holder(case) for case in group.cases} - {None}) > 1
    ]
    assert len(apart) == 1


def test_the_county_has_every_kind_of_worker(county):
    workers = county.snapshot.workers
    roles = {worker.role for worker in workers}
    assert roles == {"social_worker", "asye", "senior", "personal_adviser", "manager"}
    assert all(worker.holds_cases != (worker.role == "manager") for worker in workers)
    assert any(worker.skills for worker in workers)
    as_of = county.snapshot.as_of
    notice = [worker for worker in workers if worker.leaves_on and worker.leaves_on >= as_of]
    assert {worker.employment for worker in notice} == {"permanent", "agency"}


def test_the_county_has_long_and_short_absences_and_part_reductions(county):
    day = county.snapshot.as_of
    away = {a.worker_id for a in county.snapshot.adjustments if a.percent == 100 and a.covers(day)}
    keeps = [name for name in away if county.presence[name].can_hold]
    assert keeps, "a short absence keeps its cases"
    kinds = {adjustment.kind for adjustment in county.snapshot.adjustments}
    assert kinds == {"absence", "phased_return", "practice_education"}
    past = [a for a in county.snapshot.adjustments if not a.covers(county.snapshot.as_of)]
    assert past, "an adjustment that is over changes nothing, and should be there to show it"


def test_the_county_has_exceptions(county):
    cases = county.snapshot.cases
    assert any(case.locked for case in cases)
    assert any(case.excluded_worker_ids for case in cases)
    assert any(case.change_requested for case in cases)
    assert any(case.may_separate for case in cases)
    assert any(case.needs for case in cases)
    assert any(case.expected_weeks is not None for case in cases)
    assert any(case.next_due_on is None for case in cases)
    managers = {w.worker_id for w in county.snapshot.workers if not w.holds_cases}
    assert any(case.worker_id in managers for case in cases)


def test_families_are_siblings_of_one_team_and_age(county):
    families = [group.cases for group in county.groups if len(group.cases) > 1]
    assert len(families) > 400
    for cases in families:
        assert len({(case.team_id, case.area, case.opened_on) for case in cases}) == 1


def test_spells_run_on_without_gaps_to_the_holder(county):
    as_of = county.snapshot.as_of
    for case in county.snapshot.cases:
        spells = county.snapshot.spells_by_case.get(case.case_id, ())
        holder = county.holder(case)
        assert [spell.worker_id for spell in spells if spell.ends_on is None] == (
            [] if holder is None else [holder]
        )
        assert all((spell.ends_on is None) == (spell.reason is None) for spell in spells)
        assert all(as_of - spell.starts_on <= timedelta(days=730) for spell in spells)
        assert all(spell.starts_on >= case.opened_on for spell in spells)
        for earlier, later in pairwise(spells):
            assert timedelta(0) < later.starts_on - earlier.ends_on <= timedelta(days=1)
            assert earlier.worker_id != later.worker_id


def test_due_dates_are_weekdays(county):
    due = [case.next_due_on for case in county.snapshot.cases if case.next_due_on]
    assert {day.weekday() for day in due} == {0, 1, 2, 3, 4}
    assert any(day < county.snapshot.as_of for day in due)


def test_ids_are_plain_numbers_and_nothing_is_a_name(county):
    snapshot = county.snapshot
    assert all(case.case_id.startswith("C-") for case in snapshot.cases)
    assert {worker.worker_id[:2] for worker in snapshot.workers} == {"W-", "M-"}
    assert {team.team_id[:2] for team in snapshot.teams} == {"T-", "L-"}
