"""Small weeks that once went wrong, each with what is right."""

from datetime import date

import caseload_balancer as cb
from caseload_balancer.domain import Adjustment, Case, Snapshot, Spell, Worker

DAY = date(2026, 11, 23)


def worker(name, **columns):
    columns.setdefault("employment", "permanent")
    return Worker(worker_id=name, **columns)


def case(name, holder=None, kind="child_in_need", **columns):
    return Case(case_id=name, worker_id=holder, case_type=kind, **columns)


def filled(holder, count):
    return [case(f"{holder}-{n:02}", holder) for n in range(count)]


def planned(cases, workers, **tables):
    week = Snapshot(as_of=DAY, cases=tuple(cases), workers=tuple(workers), **tables)
    plan = cb.allocate(week)
    return {row.case_id: row for row in plan.cases}, plan


def test_nobody_is_given_a_case_on_the_eve_of_a_year_away():
    away = Adjustment(
        worker_id="a", percent=100, starts_on=date(2026, 11, 24), ends_on=date(2027, 11, 24)
    )
    cases = [*filled("a", 3), *filled("b", 5), case("n", kind="child_protection")]
    rows, _ = planned(cases, [worker("a"), worker("b")], adjustments=(away,))
    assert {row.worker_id for row in rows.values()} == {"b"}


def test_a_child_does_not_go_back_to_a_worker_who_was_asked_to_leave():
    spells = (
        Spell(case_id="x", worker_id="a", starts_on=date(2026, 1, 5), ends_on=date(2026, 10, 1)),
        Spell(case_id="x", worker_id="b", starts_on=date(2026, 10, 2), reason="CHCHAN"),
    )
    asked = case("x", "b", change_requested_on=date(2026, 11, 20))
    cases = [asked, *filled("c", 3)]
    rows, _ = planned(cases, [worker("a"), worker("b"), worker("c")], spells=spells)
    assert rows["x"].worker_id == "c"


def test_a_wish_that_was_met_last_week_is_met():
    spells = (
        Spell(case_id="x", worker_id="a", starts_on=date(2026, 1, 5), ends_on=date(2026, 11, 16)),
        Spell(case_id="x", worker_id="b", starts_on=date(2026, 11, 16)),
    )
    asked = case("x", "b", "looked_after", change_requested=True)
    rows, plan = planned([asked], [worker("a"), worker("b")], spells=spells)
    assert rows["x"].worker_id == "b"
    assert any("with b since 2026-11-16, so the wish counts as met" in n for n in plan.notes)


def test_new_work_goes_to_the_worker_who_stays():
    go = worker("go", employment="agency", leaves_on=date(2027, 1, 22))
    cases = [*filled("go", 3), *filled("stay", 7), case("n", kind="looked_after")]
    rows, _ = planned(cases, [go, worker("stay")])
    assert rows["n"].worker_id == "stay"


def test_a_must_hold_child_stays_to_the_last_day_where_nobody_else_may():
    leaver = worker("a", leaves_on=date(2026, 11, 29))
    rows, plan = planned(
        [case("k1", "a", "child_protection"), *filled("b", 25)], [leaver, worker("b")]
    )
    assert rows["k1"].worker_id == "a"
    assert any(
        "k1 stays with a until 2026-11-29, the last day" in b.sentence for b in plan.breaches
    )


def test_a_third_worker_is_no_reason_to_stay_to_the_last_day():
    spells = (
        Spell(case_id="x", worker_id="gone", starts_on=date(2026, 1, 5), ends_on=date(2026, 3, 31)),
        Spell(case_id="x", worker_id="a", starts_on=date(2026, 3, 31)),
    )
    leaver = worker("a", leaves_on=date(2026, 11, 25))
    rows, _ = planned([case("x", "a"), *filled("b", 20)], [leaver, worker("b")], spells=spells)
    assert rows["x"].worker_id == "b"


def test_a_worker_who_goes_within_weeks_is_better_than_none():
    go = worker("go", employment="agency", leaves_on=date(2027, 1, 22))
    both = [go, worker("stay")]
    rows, _ = planned([*filled("go", 10), *filled("stay", 20), case("n")], both)
    assert rows["n"].worker_id == "stay"
    rows, _ = planned([*filled("go", 10), *filled("stay", 25), case("n", kind="assessment")], both)
    assert rows["n"].worker_id == "go"


def test_a_worker_far_over_is_relieved_where_no_placing_can_mend_it():
    children = [case(f"c{n:02}", "a", "looked_after") for n in range(25)]
    rows, plan = planned(children, [worker("a"), worker("b")])
    moved = [row for row in rows.values() if row.worker_id == "b"]
    assert 0 < len(moved) < 12
    assert plan.workers[0].after.percent < 185


def test_a_starter_keeps_prepared_cases():
    starter = worker("a", available_from=date(2026, 11, 24))
    rows, _ = planned(
        [case("x", "a", "child_protection"), case("y", kind="child_protection")],
        [starter, worker("b")],
    )
    assert (rows["x"].worker_id, rows["y"].worker_id) == ("a", "b")


def test_the_wait_begins_when_the_last_worker_went():
    spells = (
        Spell(
            case_id="x",
            worker_id="gone",
            starts_on=date(2012, 3, 2),
            ends_on=date(2026, 11, 20),
            reason="LEFTRL",
        ),
    )
    cases = [
        case("x", kind="care_leaver", opened_on=date(2012, 3, 2)),
        case("y", waiting_since=date(2026, 9, 28)),
        *filled("a", 24),
    ]
    rows, _ = planned(cases, [worker("a")], spells=spells)
    assert (rows["x"].worker_id, rows["y"].worker_id) == (None, "a")


def test_a_child_whose_worker_goes_comes_to_one_the_child_knows():
    spells = (
        Spell(
            case_id="x", worker_id="known", starts_on=date(2025, 6, 1), ends_on=date(2026, 5, 31)
        ),
        Spell(case_id="x", worker_id="gone", starts_on=date(2026, 6, 1)),
    )
    gone = worker("gone", employment="agency", leaves_on=date(2026, 11, 24))
    cases = [case("x", "gone", "looked_after"), *filled("known", 6), *filled("new", 5)]
    rows, _ = planned(cases, [gone, worker("known"), worker("new")], spells=spells)
    assert rows["x"].worker_id == "known"
