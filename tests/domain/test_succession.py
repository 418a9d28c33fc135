"""The week after a plan, and the steps that tell what else happened."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import caseload_balancer as cb
from tests.examples import settings
from tests.strategies import snapshots

DAY, NEXT = date(2026, 3, 2), date(2026, 3, 9)


def worker(worker_id, **columns):
    return cb.Worker(worker_id=worker_id, employment="permanent", **columns)


def case(case_id, **columns):
    return cb.Case(case_id=case_id, case_type="other", **columns)


def spell(case_id, worker_id, starts_on=date(2026, 1, 5), **columns):
    return cb.Spell(case_id=case_id, worker_id=worker_id, starts_on=starts_on, **columns)


def week(cases, workers=(), **tables):
    workers = workers or (worker("W1"), worker("W2"))
    return cb.Snapshot(as_of=DAY, cases=cases, workers=workers, **tables)


def ended(snapshot, case_id):
    """The last ended spell: who, until when, and why."""
    found = [one for one in snapshot.spells_by_case[case_id] if one.ends_on is not None]
    return found[-1].worker_id, found[-1].ends_on, found[-1].reason


def test_carrying_out_an_allocation_moves_cases_and_writes_their_history():
    start = week(
        [
            case("C1", worker_id="W1", change_requested=True),
            case("C2", worker_id="W1"),
            case("C3", waiting_since=date(2026, 2, 2)),
            case("C4", worker_id="W2", locked=True),
        ],
        spells=[spell("C1", "W1"), spell("C2", "W1")],
    )
    after = start.after({"C1": "W2", "C2": "W1", "C3": "W1", "C4": None})
    assert after.as_of == NEXT
    holders = {row.case_id: row.worker_id for row in after.cases}
    assert holders == {"C1": "W2", "C2": "W1", "C3": "W1", "C4": None}
    assert not after.case_by_id["C1"].change_requested
    assert after.case_by_id["C3"].waiting_since is None
    assert (after.case_by_id["C4"].waiting_since, after.case_by_id["C4"].locked) == (DAY, False)
    assert ended(after, "C1") == ("W1", DAY, "CHCHAN")
    running = after.spells_by_case["C1"][-1]
    assert (running.worker_id, running.starts_on, running.ends_on) == ("W2", DAY, None)
    assert after.spells_by_case["C2"] == start.spells_by_case["C2"]
    assert after.spells_by_case["C3"][0].starts_on == DAY
    assert ended(after, "C4") == ("W2", DAY, "MANAGE")


def test_an_allocation_that_changes_nothing_changes_nothing():
    start = week([case("C1", worker_id="W1"), case("C2")], spells=[spell("C1", "W1")])
    same = {row.case_id: row.worker_id for row in start.cases}
    assert start.after(same, as_of=DAY) == start.after({}, as_of=DAY) == start


@pytest.mark.parametrize(
    ("holder", "columns", "tables", "reason"),
    [
        ({}, {}, {}, "MANAGE"),
        ({"leaves_on": DAY + timedelta(days=27)}, {}, {}, "LEFTRL"),
        ({"leaves_on": DAY + timedelta(days=28)}, {}, {}, "MANAGE"),
        ({}, {"change_requested": True}, {}, "CHCHAN"),
        (
            {},
            {},
            {"adjustments": [cb.Adjustment(worker_id="W1", percent=100, ends_on=DAY)]},
            "ABSENC",
        ),
        ({}, {}, {"adjustments": [cb.Adjustment(worker_id="W1", percent=50)]}, "MANAGE"),
        ({"team_ids": ["T1"]}, {"team_id": "T2"}, {}, "TSPROC"),
        ({"team_ids": ["T2"]}, {"team_id": "T2"}, {}, "MANAGE"),
    ],
)
def test_a_spell_ends_for_the_reason_the_tables_tell(holder, columns, tables, reason):
    people = (worker("W1", **holder), worker("W2", team_ids=["T2"]))
    start = week([case("C1", worker_id="W1", **columns)], people, **tables)
    assert ended(start.after({"C1": "W2"}), "C1") == ("W1", DAY, reason)
    given_one = start.after({"C1": "W2"}, reasons={"C1": "ORGRST"})
    assert ended(given_one, "C1") == ("W1", DAY, "ORGRST")


def test_a_sibling_who_goes_along_goes_for_the_same_reason():
    family = [
        case("C1", worker_id="W1", family_id="F", change_requested=True),
        case("C2", worker_id="W1", family_id="F"),
        case("C3", worker_id="W1", family_id="F", may_separate=True),
    ]
    after = week(family).after({"C1": "W2", "C2": "W2", "C3": "W2"})
    assert [ended(after, one)[2] for one in ("C1", "C2", "C3")] == ["CHCHAN", "CHCHAN", "MANAGE"]


def test_a_child_whose_worker_has_left_waits_from_the_last_day():
    gone = worker("W1", leaves_on=date(2026, 2, 26))
    start = week([case("C1", worker_id="W1", opened_on=date(2025, 1, 6))], (gone, worker("W2")))
    after = start.after({"C1": None})
    assert after.case_by_id["C1"].waiting_since == date(2026, 2, 26)
    (was,) = after.spells
    assert (was.starts_on, was.ends_on, was.reason) == (
        date(2025, 1, 6),
        date(2026, 2, 26),
        "LEFTRL",
    )
    assert list(after.worker_by_id) == ["W2"]


def test_what_is_over_by_the_new_date_is_left_out():
    people = (worker("W1", leaves_on=DAY), worker("W2", leaves_on=DAY), worker("W3"))
    start = week(
        [
            case("C1", worker_id="W1", locked=True),
            case("C2", worker_id="W3", excluded_worker_ids=["W2", "W1"]),
        ],
        people,
        adjustments=[
            cb.Adjustment(worker_id="W2", percent=20),
            cb.Adjustment(worker_id="W3", percent=30, ends_on=NEXT - timedelta(days=1)),
            cb.Adjustment(worker_id="W3", percent=40, ends_on=NEXT),
        ],
    )
    after = start.after({})
    # W1 still holds a child: the next plan moves it, so the row stays and only the lock ends.
    assert list(after.worker_by_id) == ["W1", "W3"]
    assert (after.case_by_id["C1"].worker_id, after.case_by_id["C1"].locked) == ("W1", False)
    assert after.case_by_id["C2"].excluded_worker_ids == ("W1",)
    assert [row.percent for row in after.adjustments] == [40]


def test_a_case_on_a_duty_desk_goes_on_waiting_there():
    people = (worker("W1"), worker("DUTY", holds_cases=False))
    since = date(2026, 1, 12)
    start = week([case("C1", worker_id="DUTY", waiting_since=since)], people)
    assert start.after({"C1": None}, as_of=DAY) == start
    placed = start.after({"C1": "W1"})
    assert [(one.worker_id, one.ends_on) for one in placed.spells] == [("W1", None)]
    freed = start.without_workers(["DUTY"]).case_by_id["C1"]
    assert (freed.worker_id, freed.waiting_since) == (None, since)


def test_the_steps_add_close_replace_and_remove():
    start = week(
        [case("C1", worker_id="W1"), case("C2", worker_id="W2", locked=True)],
        spells=[spell("C1", "W1"), spell("C2", "W2")],
        adjustments=[cb.Adjustment(worker_id="W2", percent=50)],
    )
    later = (
        start.without_cases(["C1"])
        .with_cases(case("C3"))
        .with_workers([worker("W1", cap=3), worker("W3")])
        .with_adjustments(cb.Adjustment(worker_id="W3", percent=10))
        .without_workers(["W2"])
    )
    assert [(one.case_id, one.worker_id, one.waiting_since) for one in later.cases] == [
        ("C2", None, DAY),
        ("C3", None, DAY),
    ]
    assert [(one.worker_id, one.cap) for one in later.workers] == [("W1", 3), ("W3", None)]
    assert [one.worker_id for one in later.adjustments] == ["W3"]
    assert ended(later, "C1") == ("W1", DAY, None)
    assert ended(later, "C2") == ("W2", DAY, "LEFTRL")
    assert [one.case_id for one in start.cases] == ["C1", "C2"]


@pytest.mark.parametrize(
    ("step", "says"),
    [
        (lambda s: s.after({"C9": "W1"}), "allocation: case 'C9' is not in the week"),
        (lambda s: s.after({"C1": "W7"}), "allocation: has no worker 'W7'"),
        (lambda s: s.after({}, reasons={"C9": "MANAGE"}), "reasons: case 'C9'"),
        (lambda s: s.after({}, as_of="2026-03-01"), "before this week's 2026-03-02"),
        (lambda s: s.after(7), "plan must be a plan or the worker of each case"),
        (lambda s: s.without_cases(["C9"]), "case 'C9' is not in the week"),
        (lambda s: s.without_cases("C1"), "must be a list of case ids"),
        (lambda s: s.without_workers(["W9"]), "worker 'W9' is not in the week"),
        (lambda s: s.with_cases([case("C3", worker_id="W9")]), "cases row 2: worker_id 'W9'"),
        (lambda s: s.with_workers("W9"), "must be a list of Worker rows"),
    ],
)
def test_a_step_that_cannot_be_made_says_why(step, says):
    with pytest.raises(cb.DataError, match=says):
        step(week([case("C1", worker_id="W1")]))


def test_a_plan_of_another_week_cannot_be_carried_out():
    start = week([case("C1", worker_id="W1")])
    plan = cb.allocate(start)
    with pytest.raises(cb.DataError, match="made from another snapshot"):
        start.with_cases(case("C2")).after(plan)


@given(snapshots(), st.data())
@settings(max_examples=60)
def test_any_week_has_a_week_after_whatever_is_decided(snapshot, data):
    workers = [None, *(row.worker_id for row in snapshot.workers)]
    decided = {
        row.case_id: data.draw(st.sampled_from(workers))
        for row in snapshot.cases
        if data.draw(st.booleans())
    }
    weeks = data.draw(st.integers(0, 8))
    after = snapshot.after(decided, as_of=snapshot.as_of + timedelta(weeks=weeks))
    assert set(after.case_by_id) <= set(snapshot.case_by_id)  # some close in the meantime
    for case_id, worker_id in decided.items():
        if case_id not in after.case_by_id:
            continue
        row = after.case_by_id[case_id]
        if worker_id is not None and worker_id in after.worker_by_id:
            assert row.worker_id == worker_id
        running = [one for one in after.spells_by_case.get(case_id, ()) if one.ends_on is None]
        if snapshot.case_by_id[case_id].worker_id != row.worker_id:
            assert {one.worker_id for one in running} <= {row.worker_id}
