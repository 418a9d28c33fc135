"""Between two Mondays: spells, waits, wishes and what falls due."""

from datetime import timedelta

import caseload_balancer as cb
from caseload_balancer.simulation import Rates, WeekEvents
from caseload_balancer.simulation.carrying_out import next_monday, ready
from caseload_balancer.simulation.diary import keep_diary
from caseload_balancer.simulation.mondays import Monday
from tests.simulation.small_courses import MONDAY, STEADY, case, week_of, worker

WEEK = timedelta(weeks=1)


def events(week, **more):
    tables = {"workers": week.workers, "adjustments": week.adjustments, **more}
    return WeekEvents(as_of=week.as_of + WEEK, **tables)


def reason(week, allocation, transferred=frozenset()):
    monday = Monday(ready(week), STEADY, transferred)
    return monday.reasons(monday.as_it_is() | allocation)


def test_each_change_has_the_code_of_its_cause():
    away = cb.Adjustment(worker_id="W3", percent=100, starts_on=MONDAY)
    workers = [
        worker("W1"),
        worker("W2", leaves_on=MONDAY + timedelta(days=2)),
        worker("W3"),
        worker("W4", team_ids=("T1",)),
        worker("W5"),
    ]
    cases = [
        case("C1", "W1"),
        case("C2", "W2"),
        case("C3", "W3"),
        case("C4", "W1", change_requested=True),
        case("C5", "W4", team_id="T2"),
    ]
    week = week_of(cases, workers, adjustments=(away,))
    moved = {one.case_id: "W5" for one in cases}
    assert reason(week, moved, frozenset({"C5"})) == {
        "C1": "MANAGE",
        "C2": "LEFTRL",
        "C3": "ABSENC",
        "C4": "CHCHAN",
        "C5": "TSPROC",
    }


def test_a_holder_without_a_spell_gets_one_and_its_end_is_written_down():
    week = ready(week_of([case("C1", "W1")], [worker("W1"), worker("W2")]))
    assert [(s.worker_id, s.ends_on) for s in week.spells] == [("W1", None)]
    after = week.after({"C1": "W2"}, reasons={"C1": "MANAGE"})
    monday = next_monday(after, events(after), {})
    spells = [(s.worker_id, s.ends_on, s.reason) for s in monday.spells]
    assert spells == [("W1", MONDAY, "MANAGE"), ("W2", None, None)]


def test_who_has_gone_leaves_children_who_wait_from_the_day_after():
    last = MONDAY + timedelta(days=2)
    cases = [case("C1", "W1", locked=True, excluded_worker_ids=("W2",)), case("C2", "W2")]
    week = ready(week_of(cases, [worker("W1", leaves_on=last), worker("W2"), worker("W3")]))
    monday = next_monday(week, events(week, workers=(worker("W3"),)), {})
    first, second = monday.cases
    assert (first.worker_id, first.waiting_since) == (None, last + timedelta(days=1))
    assert not first.locked
    assert first.excluded_worker_ids == ()
    assert second.waiting_since == MONDAY + WEEK
    assert {(s.ends_on, s.reason) for s in monday.spells} == {
        (last, "LEFTRL"),
        (MONDAY + WEEK, "LEFTRL"),
    }


def test_a_closed_case_goes_and_its_spell_ends():
    week = ready(week_of([case("C1", "W1"), case("C2", "W1")], [worker("W1")]))
    monday = next_monday(week, events(week, closed=frozenset({"C1"})), {})
    assert [one.case_id for one in monday.cases] == ["C2"]
    assert [s.ends_on for s in monday.spells_by_case["C1"]] == [MONDAY + WEEK]


def test_nobody_asks_to_change_a_worker_they_do_not_have():
    week = ready(week_of([case("C1"), case("C2", "W1")], [worker("W1")]))
    wish = {"change_requested": True}
    monday = next_monday(week, events(week, updates={"C1": wish, "C2": wish}), {})
    assert [one.change_requested for one in monday.cases] == [False, True]


def test_a_wish_that_is_met_is_over():
    cases = [case("C1", "W1", change_requested=True)]
    week = ready(week_of(cases, [worker("W1"), worker("W2")]))
    monday = next_monday(week.after({"C1": "W2"}), events(week), {})
    assert not monday.cases[0].change_requested


def test_what_is_due_is_done_by_who_knows_the_child_and_is_there():
    diary = Rates.read().diary
    due = MONDAY + timedelta(days=1)
    cases = [
        case("C1", "W1", next_due_on=due),
        case("C2", next_due_on=due),
        case("C3", "W2", next_due_on=due),
        case("C4", "W3", next_due_on=due),
        case("C5", "W1", next_due_on=MONDAY + WEEK),
    ]
    away = cb.Adjustment(worker_id="W2", percent=100, starts_on=MONDAY, ends_on=MONDAY)
    new = cb.Spell(case_id="C4", worker_id="W3", starts_on=MONDAY)
    week = week_of(
        cases, [worker("W1"), worker("W2"), worker("W3")], adjustments=(away,), spells=(new,)
    )
    found = keep_diary(ready(week), diary)
    every = timedelta(days=diary.due_every_days["child_in_need"])
    assert found.next_due == {"C1": due + every}
    # From Wednesday to Sunday: nobody, somebody away, and somebody who is still reading.
    assert found.overdue_days == 3 * 5


def test_dates_of_real_weeks_are_left_as_they_are():
    week = ready(week_of([case("C1", "W1", next_due_on=MONDAY)], [worker("W1")]))
    found = keep_diary(week, None)
    assert found.next_due == {}
    assert found.overdue_days == 6
