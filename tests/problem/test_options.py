"""Who can stay, who can be given a case, and who may wait."""

from datetime import date, timedelta

import pytest

from caseload_balancer.arrays import WAITING
from caseload_balancer.domain import Adjustment, Case, Snapshot, Team, Worker
from caseload_balancer.policy import Policy
from caseload_balancer.problem.problems import build_problem

DAY = date(2026, 3, 2)
TEAMS = (
    Team(team_id="T1", parent_id="L1"),
    Team(team_id="T2", parent_id="L1"),
    Team(team_id="T3", parent_id="L2"),
    Team(team_id="L1"),
    Team(team_id="L2"),
)


def days(count):
    return DAY + timedelta(days=count)


def options(case, *workers, policy=None, **tables):
    """The workers the case can be with, and None where it may wait."""
    week = Snapshot(as_of=DAY, cases=(case,), workers=workers, **tables)
    problem = build_problem(week, policy or Policy.profile())
    names = [worker.worker_id for worker in problem.facts.index.workers]
    found = {names[number] for number in problem.options.worker.tolist()}
    return found | {None} if problem.options.may_wait[0] else found


def worker(worker_id="A", employment="permanent", **columns):
    return Worker(worker_id=worker_id, employment=employment, **columns)


def case(worker_id=None, case_type="child_in_need", **columns):
    return Case(case_id="C", case_type=case_type, worker_id=worker_id, **columns)


@pytest.mark.parametrize(
    ("scope", "reached"),
    [("team", {"A"}), ("parent", {"A", "B", "D"}), ("service", {"A", "B", "C", "D"})],
)
def test_scope_widens_from_the_team_to_the_locality_to_the_service(scope, reached):
    policy = Policy.layered({"eligibility": {"scope": scope}})
    people = (
        worker("A", team_ids=("T1",)),
        worker("B", team_ids=("T2",)),
        worker("C", team_ids=("T3",)),
        worker("D", team_ids=("L1",)),
    )
    found = options(case(team_id="T1"), *people, policy=policy, teams=TEAMS)
    assert found == reached | {None}


def test_a_worker_without_a_team_takes_any_case_and_a_case_without_one_goes_anywhere():
    people = (worker("A"), worker("B", team_ids=("T2",)))
    assert options(case(team_id="T1"), *people, teams=TEAMS) == {"A", None}
    assert options(case(), *people, teams=TEAMS) == {"A", "B", None}


@pytest.mark.parametrize(
    ("to", "keeps"),
    # Two weeks from the day on: on the fourteenth day the absence is long.
    [(13, True), (14, False), (None, False)],
)
def test_a_short_absence_keeps_cases_and_takes_none(to, keeps):
    absence = Adjustment(worker_id="A", percent=100, ends_on=None if to is None else days(to))
    people = (worker("A"), worker("B"))
    assert options(case(), *people, adjustments=(absence,)) == {"B", None}
    held = options(case("A"), *people, adjustments=(absence,))
    assert held == ({"A", "B"} if keeps else {"B", None})


@pytest.mark.parametrize(
    ("leaves", "keeps", "takes"),
    # To the last day a child may stay, and may not wait.
    [(-1, False, False), (6, True, False), (7, True, False), (27, True, False), (28, True, True)],
)
def test_a_leaver_first_takes_no_more_and_then_hands_over(leaves, keeps, takes):
    people = (worker("A", leaves_on=days(leaves)), worker("B"))
    assert ("A" in options(case(), *people)) == takes
    assert options(case("A"), *people) == ({"A", "B"} if keeps else {"B", None})


@pytest.mark.parametrize(
    ("first", "keeps", "takes"),
    [(0, True, True), (1, True, False), (14, True, False), (15, False, False)],
)
def test_a_starter_keeps_prepared_cases_and_takes_none_before_the_first_day(first, keeps, takes):
    people = (worker("A", available_from=days(first)), worker("B"))
    assert ("A" in options(case(), *people)) == takes
    assert options(case("A"), *people) == ({"A", "B"} if keeps else {"B", None})


@pytest.mark.parametrize(
    ("since", "until", "takes", "may_wait"),
    [
        (1, 7, False, False),  # a week that starts within seven days
        (1, 6, True, False),
        (7, 13, True, False),
        (28, 42, False, False),  # two weeks within 28 days
        (29, 43, True, False),
        (7, 21, False, False),  # two weeks within seven days: stays to the last day
        (0, 14, False, True),
    ],
)
def test_an_absence_ahead_keeps_new_work_away(since, until, takes, may_wait):
    absence = Adjustment(worker_id="A", percent=100, starts_on=days(since), ends_on=days(until))
    people = (worker("A"), worker("B"))
    assert ("A" in options(case(), *people, adjustments=(absence,))) == takes
    held = options(case("A"), *people, adjustments=(absence,))
    assert held == ({"B", None} if may_wait else {"A", "B"})


def test_absences_that_touch_are_one():
    rows = (
        Adjustment(worker_id="A", percent=100, ends_on=days(4)),
        Adjustment(worker_id="A", percent=100, starts_on=days(5), ends_on=days(14)),
    )
    people = (worker("A"), worker("B"))
    assert options(case("A"), *people, adjustments=rows) == {"B", None}
    assert options(case("A"), *people, adjustments=rows[:1]) == {"A", "B"}


@pytest.mark.parametrize(
    ("columns", "stays"),
    [
        ({"case_type": "section_47"}, True),
        ({"next_due": "Review Conference", "next_due_on": days(14)}, True),
        ({"next_due": "review", "next_due_on": days(15)}, False),
        ({"next_due": "review", "next_due_on": days(-1)}, False),
        ({"next_due": "visit", "next_due_on": days(3)}, False),
        ({"case_type": "section_47", "change_requested": True}, False),
        ({"case_type": "section_47", "excluded_worker_ids": ("A",)}, False),
    ],
)
def test_work_in_progress_is_not_taken_from_a_worker_who_can_go_on(columns, stays):
    row = case("A", **columns)
    people = (worker("A"), worker("B"))
    assert options(row, *people) == ({"A"} if stays else {"A", "B"})
    absence = Adjustment(worker_id="A", percent=100)
    assert options(row, *people, adjustments=(absence,)) == {"B", None}


@pytest.mark.parametrize(
    ("columns", "case_columns", "may"),
    [
        ({"role": "personal_adviser"}, {"case_type": "care_leaver"}, True),
        ({"role": "personal_adviser"}, {"case_type": "care_leaver", "in_court": True}, False),
        ({"role": "personal_adviser"}, {"case_type": "child_in_need"}, False),
        ({"role": "asye"}, {"case_type": "child_in_need"}, True),
        ({"role": "asye"}, {"case_type": "child_protection"}, False),
        ({"role": "asye"}, {"case_type": "section_47"}, False),
        ({"role": "asye"}, {"case_type": "child_in_need", "in_court": True}, False),
        ({"may_hold": ("other",)}, {"case_type": "child_in_need"}, False),
        ({"may_hold": ("other",)}, {"case_type": "other"}, True),
        ({"holds_cases": False}, {}, False),
        ({}, {"excluded_worker_ids": ("A",)}, False),
    ],
)
def test_who_may_hold_what(columns, case_columns, may):
    assert ("A" in options(case(**case_columns), worker(**columns))) == may


def test_a_team_takes_only_the_types_it_accepts():
    teams = (Team(team_id="T1", accepts=("other",)), Team(team_id="T2"))
    assert options(case(), worker(team_ids=("T1",)), teams=teams) == {None}
    assert options(case(), worker(team_ids=("T1", "T2")), teams=teams) == {"A", None}


def test_a_locked_case_stays_whatever_it_breaks():
    absence = Adjustment(worker_id="A", percent=100)
    locked = case("A", locked=True)
    assert options(locked, worker("A"), worker("B")) == {"A"}
    assert options(locked, worker("A"), worker("B"), adjustments=(absence,)) == {"A"}


def test_a_case_with_a_duty_desk_is_with_nobody():
    problem = build_problem(
        Snapshot(as_of=DAY, cases=(case("DUTY"),), workers=(worker("DUTY", holds_cases=False),)),
        Policy.profile(),
    )
    assert problem.arrays.start.tolist() == [WAITING]
    assert problem.start == {"C": None}
