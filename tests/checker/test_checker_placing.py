"""Every case has one worker of the week, keeps the worker it has, and stays where it is locked."""

import pytest

from caseload_balancer.checker import check
from tests.checker.small_weeks import PAIR, away, broken, case, checked, day, steady, week, worker


def test_everybody_stays_and_nothing_is_wrong():
    report = checked(week([case("c1", worker_id="ann"), case("c2")], PAIR))
    assert report.ok
    assert report.violations == ()


def test_a_case_the_plan_forgets_is_named_and_valued_as_waiting():
    snapshot = week([case("c1", "looked_after")], PAIR)
    report = check(snapshot, steady(), {})
    assert [(v.rule, v.case_ids, v.sentence) for v in report.violations] == [
        ("one-worker", ("c1",), "case c1 is not in the allocation")
    ]
    assert report.goal_values["must_hold_waiting"] == 2  # looked_after counts twice
    assert not report.ok


def test_a_case_that_is_not_of_the_week_is_named():
    report = checked(week([case("c1")], PAIR), {"c9": "ann"})
    assert [(v.rule, v.case_ids, v.worker_id) for v in report.violations] == [
        ("one-worker", ("c9",), "ann")
    ]
    assert report.violations[0].sentence == "case c9 is not a case of this week"


def test_a_worker_who_is_not_of_the_week_is_named():
    report = checked(week([case("c1")], PAIR), {"c1": "zoe"})
    assert [(v.rule, v.worker_id) for v in report.violations] == [("one-worker", "zoe")]
    assert "zoe, who is not a worker of this week" in report.violations[0].sentence


def test_a_child_whose_worker_can_go_on_is_never_left_without():
    snapshot = week([case("c1", worker_id="ann"), case("c2")], PAIR)
    report = checked(snapshot, {"c1": None})
    assert [(v.rule, v.case_ids, v.worker_id) for v in report.violations] == [
        ("keeps-a-worker", ("c1",), "ann")
    ]
    assert broken(snapshot, {"c1": "ben"}) == []


def test_a_child_whose_worker_cannot_go_on_may_wait():
    snapshot = week([case("c1", worker_id="ann")], PAIR, adjustments=[away("ann")])
    assert broken(snapshot, {"c1": None}) == []


def test_a_case_in_a_bucket_waits_or_goes_to_a_worker():
    duty = worker("duty", holds_cases=False)
    snapshot = week([case("c1", worker_id="duty")], [*PAIR, duty])
    assert broken(snapshot, {"c1": None}) == []
    assert broken(snapshot, {"c1": "ann"}) == []
    report = checked(snapshot)
    assert [v.rule for v in report.violations] == ["eligibility", "cap"]
    assert "duty holds no cases" in report.violations[0].sentence


def test_a_locked_case_stays():
    snapshot = week([case("c1", worker_id="ann", locked=True)], PAIR)
    assert broken(snapshot) == []
    report = checked(snapshot, {"c1": "ben"})
    assert [(v.rule, v.case_ids, v.worker_id) for v in report.violations] == [
        ("locked", ("c1",), "ann")
    ]
    assert broken(snapshot, {"c1": None}) == ["locked", "keeps-a-worker"]


def test_a_locked_child_locks_brothers_and_sisters_with_the_same_worker():
    rows = [
        case("c1", worker_id="ann", family_id="f", locked=True),
        case("c2", worker_id="ann", family_id="f"),
        case("c3", worker_id="ben", family_id="f"),
    ]
    snapshot = week(rows, PAIR)
    assert broken(snapshot, {"c2": "ben"}) == ["locked", "families"]
    # The child with another worker is a unit of its own: not locked, and joining is welcome.
    assert broken(snapshot, {"c3": "ann"}) == []


@pytest.mark.parametrize("reason", ["absent", "leaving"])
def test_a_locked_case_stays_even_with_a_worker_who_cannot_go_on(reason):
    rows = [case("c1", worker_id="ann", locked=True)]
    if reason == "absent":
        snapshot = week(rows, PAIR, adjustments=[away("ann")])
    else:
        snapshot = week(rows, [worker("ann", leaves_on=day(0)), worker("ben")])
    report = checked(snapshot)
    assert report.ok
    # It is no secret either: the case stands out as a breach, and so does a cap of 0.
    told = ["absence-and-leaving", "cap"] if reason == "absent" else ["absence-and-leaving"]
    assert [b.rule for b in report.breaches] == told
    assert broken(snapshot, {"c1": "ben"}) == ["locked"]


def test_an_unlocked_case_may_not_stay_with_a_worker_who_cannot_go_on():
    snapshot = week([case("c1", worker_id="ann")], PAIR, adjustments=[away("ann")])
    # The case may not stay, so the start grants nothing either: the cap is 0 and so is the base.
    assert broken(snapshot) == ["absence-and-leaving", "cap"]


def test_a_child_may_stay_with_a_leaver_to_the_last_day_and_may_not_wait():
    leaver = worker("ann", leaves_on=day(6))
    for kind in ("child_protection", "child_in_need"):
        snapshot = week([case("c1", kind, worker_id="ann")], [leaver, worker("ben")])
        assert broken(snapshot) == []
        assert broken(snapshot, {"c1": "ben"}) == []
        assert broken(snapshot, {"c1": None}) == ["keeps-a-worker"]


def test_a_child_may_stay_with_somebody_whose_long_absence_begins_this_week():
    for since, rule in ((1, []), (0, ["absence-and-leaving", "cap"])):
        row = case("c1", worker_id="ann")
        snapshot = week([row], PAIR, adjustments=[away("ann", since=day(since))])
        assert broken(snapshot) == rule
        assert broken(snapshot, {"c1": "ben"}) == []


@pytest.mark.parametrize(
    ("columns", "stays"),
    [
        ({"case_type": "section_47"}, True),
        ({"next_due": "Review Conference", "next_due_on": day(14)}, True),
        ({"next_due": "court hearing", "next_due_on": day(0)}, True),
        ({"next_due": "review", "next_due_on": day(15)}, False),
        ({"next_due": "review", "next_due_on": day(-1)}, False),
        ({"next_due": "visit", "next_due_on": day(3)}, False),
        ({"next_due_on": day(3)}, False),
        ({"next_due": "review"}, False),
        ({"case_type": "section_47", "change_requested": True}, False),
        ({"case_type": "section_47", "excluded_worker_ids": ("ann",)}, False),
        ({"case_type": "section_47", "worker_id": None}, False),
    ],
)
def test_work_in_progress_is_not_taken_from_a_worker_who_can_go_on(columns, stays):
    row = case("c1", **{"case_type": "child_in_need", "worker_id": "ann", **columns})
    expected = ["work-in-progress"] if stays else []
    assert broken(week([row], PAIR), {"c1": "ben"}) == expected


def test_work_in_progress_goes_where_the_worker_goes():
    row = case("c1", "section_47", worker_id="ann")
    left = week([row], PAIR, adjustments=[away("ann")])
    assert broken(left, {"c1": "ben"}) == []


def test_one_child_in_progress_keeps_brothers_and_sisters_there():
    rows = [
        case("c1", "section_47", worker_id="ann", family_id="f"),
        case("c2", worker_id="ann", family_id="f"),
    ]
    report = checked(week(rows, PAIR), {"c1": "ben", "c2": "ben"})
    assert [(v.rule, v.case_ids) for v in report.violations] == [("work-in-progress", ("c1",))]


def test_the_policy_says_what_is_in_progress():
    none = steady(stays={"case_types": [], "due_words": []})
    row = case("c1", "section_47", worker_id="ann", next_due="review", next_due_on=day(1))
    assert broken(week([row], PAIR), {"c1": "ben"}, none) == []
    visits = steady(stays={"case_types": [], "due_words": ["Visit"], "due_within_days": 3})
    visited = case("c1", worker_id="ann", next_due="home visit", next_due_on=day(3))
    assert broken(week([visited], PAIR), {"c1": "ben"}, visits) == ["work-in-progress"]
