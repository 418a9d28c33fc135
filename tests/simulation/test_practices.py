"""Practices by hand never break a rule on who may hold what, nor a cap; and lose nobody."""

from dataclasses import dataclass

import pytest
from hypothesis import given

from caseload_balancer import datasets
from caseload_balancer.checker import check
from caseload_balancer.policy import Policy
from caseload_balancer.simulation import PRACTICES, DrawnEvents, Monday, Practice, Rates
from caseload_balancer.simulation.practices import ByPolicy
from caseload_balancer.simulation.runs import Course, run_practice
from tests.examples import settings
from tests.simulation.small_courses import MONDAY, STEADY, case, week_of, worker
from tests.weeks import weeks

BY_HAND = [PRACTICES[name] for name in ("allocate-only", "list", "ranking")]


def broken(snapshot, policy, allocation):
    """Return what the checker says against moving those who move."""
    report = check(snapshot, policy, allocation)
    moved = {
        one.case_id: allocation[one.case_id]
        for one in snapshot.cases
        if allocation[one.case_id] not in {None, one.worker_id}
    }
    given_to = set(moved.values())
    return [
        one
        for one in report.violations
        if one.rule == "one-worker"
        or (one.rule in {"eligibility", "scope", "locked"} and moved.keys() & set(one.case_ids))
        or (one.rule == "cap" and one.worker_id in given_to)
    ]


@given(problem=weeks())
@settings(max_examples=25)
def test_a_practice_by_hand_keeps_the_rules(problem):
    monday = Monday(problem.snapshot, problem.policy)
    for practice in BY_HAND:
        found = practice.allocate(monday).workers
        assert found.keys() == problem.snapshot.case_by_id.keys()
        assert broken(problem.snapshot, problem.policy, found) == [], practice.name


@dataclass(frozen=True)
class Watched:
    """A practice that looks at every Monday first."""

    practice: Practice

    @property
    def name(self):
        return self.practice.name

    def allocate(self, monday):
        ids = [one.case_id for one in monday.snapshot.cases]
        assert len(ids) == len(set(ids))
        workers = monday.snapshot.worker_by_id
        running = {}
        for spell in monday.snapshot.spells:
            if spell.ends_on is None:
                assert spell.case_id not in running
                running[spell.case_id] = spell.worker_id
        held = {one.case_id: one.worker_id for one in monday.snapshot.cases if one.worker_id}
        assert set(held.values()) <= workers.keys()
        assert running == held
        for one in monday.snapshot.cases:
            assert one.worker_id is not None or one.waiting_since is not None
        found = self.practice.allocate(monday)
        assert broken(monday.snapshot, monday.policy, found.workers) == []
        return found


@pytest.mark.parametrize(
    "practice",
    [*PRACTICES.values(), ByPolicy(Policy.profile(), 5.0)],
    ids=lambda one: one.name,
)
def test_no_child_is_lost_and_each_has_one_worker_at_most(practice):
    service = datasets.service(6, 70, seed=5, teams=2, localities=1)
    rates = Rates.read({"leaving": {"turnover_percent_a_year": 60}})
    course = Course(
        snapshot=service, events=DrawnEvents(rates), weeks=16, rules=STEADY, diary=rates.diary
    )
    if practice.name == "steady":
        course = Course(
            snapshot=service, events=DrawnEvents(rates), weeks=5, rules=STEADY, diary=rates.diary
        )
    found = run_practice(course, Watched(practice), 0)
    assert len(found.weeks) == course.weeks


def allocated(name, cases, workers):
    return PRACTICES[name].allocate(Monday(week_of(cases, workers), STEADY)).workers


def test_allocate_only_goes_to_the_most_spare_places():
    held = [case(f"C{number}", "W1") for number in range(3)]
    found = allocated("allocate-only", [*held, case("N1")], [worker("W1"), worker("W2", cap=21)])
    assert found["N1"] == "W1"
    found = allocated("allocate-only", [*held, case("N1")], [worker("W1"), worker("W2", cap=23)])
    assert found["N1"] == "W2"


def test_the_ranking_goes_by_load_and_not_by_places():
    held = [case(f"C{number}", "W1", points=1) for number in range(3)]
    heavy = [case("C9", "W2", points=20)]
    found = allocated("ranking", [*held, *heavy, case("N1")], [worker("W1"), worker("W2")])
    assert found["N1"] == "W1"


def test_the_list_moves_the_least_to_get_under_the_cap():
    cases = [case(f"C{number}", "W1") for number in range(5)]
    workers = [worker("W1", cap=3), worker("W2")]
    found = allocated("list", cases, workers)
    assert sum(worker_id == "W2" for worker_id in found.values()) == 2
    assert set(allocated("allocate-only", cases, workers).values()) == {"W1"}


def test_must_hold_children_come_first():
    cases = [case("N1", waiting_since=MONDAY), case("N2", case_type="child_protection")]
    found = allocated("allocate-only", cases, [worker("W1", cap=1)])
    assert found == {"N1": None, "N2": "W1"}


def test_siblings_who_wait_join_those_who_have_a_worker():
    cases = [case("C1", "W1", family_id="F1"), case("N1", family_id="F1")]
    assert allocated("allocate-only", cases, [worker("W1"), worker("W2")])["N1"] == "W1"


def test_a_leaver_keeps_children_to_the_last_day_where_nobody_else_can_take_them():
    leaver = worker("W1", leaves_on=MONDAY)
    assert allocated("list", [case("C1", "W1")], [leaver]) == {"C1": "W1"}
    assert allocated("list", [case("C1", "W1")], [leaver, worker("W2")]) == {"C1": "W2"}


def test_a_locked_child_stays_whatever_was_asked_for():
    locked = case("C1", "W1", locked=True, change_requested=True)
    assert allocated("list", [locked], [worker("W1"), worker("W2")]) == {"C1": "W1"}


def test_do_nothing_places_nobody():
    cases = [case("C1", "W1"), case("N1", case_type="looked_after")]
    assert allocated("do-nothing", cases, [worker("W1")]) == {"C1": "W1", "N1": None}
