"""Absence and leaving, on and beside the days where they begin to matter."""

from decimal import Decimal

import pytest

from caseload_balancer.checker.presence import presence_of
from tests.checker.small_weeks import (
    MONDAY,
    STEADY,
    away,
    broken,
    case,
    checked,
    day,
    steady,
    team,
    value,
    week,
    worker,
)

BEN = worker("ben")


def kept(holder, **tables):
    return broken(week([case("c1", worker_id="ann")], [holder, BEN], **tables))


def given(receiver, **tables):
    return broken(week([case("c1")], [receiver, BEN], **tables), {"c1": "ann"})


@pytest.mark.parametrize(
    ("leaves_in", "keeps", "takes"),
    [
        # Hands over: leaves before the 7th day, and may stay to the last where nobody takes over.
        # Takes none: leaves before the 28th day.
        (-1, False, False),
        (0, True, False),
        (6, True, False),
        (7, True, False),
        (27, True, False),
        (28, True, True),
    ],
)
def test_a_leaver_hands_over_in_the_last_week_and_takes_none_in_the_last_four(
    leaves_in, keeps, takes
):
    leaver = worker("ann", leaves_on=day(leaves_in))
    assert kept(leaver) == ([] if keeps else ["absence-and-leaving", "cap"])
    barred = ["absence-and-leaving"] if keeps else ["absence-and-leaving", "cap"]
    assert given(leaver) == ([] if takes else barred)


def test_the_reason_of_a_leaver_who_still_holds_is_the_date():
    report = checked(week([case("c1")], [worker("ann", leaves_on=day(7))]), {"c1": "ann"})
    assert [v.sentence for v in report.violations] == [
        "case c1 may not be given to ann: ann leaves on 2026-03-09 and takes no cases"
    ]


def test_the_policy_moves_the_days():
    leaver = worker("ann", leaves_on=day(7))
    snapshot = week([case("c1", worker_id="ann")], [leaver, BEN])
    later = steady(presence={"leaving_hands_over_days": 8})
    assert value("handover", snapshot, policy=STEADY) == 0
    assert value("handover", snapshot, policy=later) == 4000
    waiting = week([case("c1")], [leaver])
    sooner = steady(presence={"leaving_takes_none_days": 7})
    assert broken(waiting, {"c1": "ann"}, sooner) == []


@pytest.mark.parametrize(
    ("starts_in", "keeps", "takes"),
    [(-1, True, True), (0, True, True), (1, True, False), (14, True, False), (15, False, False)],
)
def test_a_starter_keeps_what_was_prepared_and_takes_none_before_the_first_day(
    starts_in, keeps, takes
):
    # Prepared cases are kept for two weeks, as in a short absence.
    starter = worker("ann", available_from=day(starts_in))
    gone = ["absence-and-leaving", "cap"]
    assert kept(starter) == ([] if keeps else gone)
    assert given(starter) == ([] if takes else gone if not keeps else ["absence-and-leaving"])


def test_nobody_takes_a_case_from_a_starter_for_nothing():
    snapshot = week([case("c1", worker_id="ann")], [worker("ann", available_from=day(1)), BEN])
    assert value("churn", snapshot, {"c1": "ben"}) == 1000
    assert broken(snapshot, {"c1": None}) == ["keeps-a-worker"]


@pytest.mark.parametrize(
    ("until", "keeps"),
    [(day(0), True), (day(13), True), (day(14), False), (day(40), False), (None, False)],
)
def test_a_short_absence_keeps_its_cases_and_takes_none(until, keeps):
    # Absent to the 14th day is two weeks: long. One day less is short.
    absence = [away("ann", until=until)]
    assert kept(worker("ann"), adjustments=absence) == (
        [] if keeps else ["absence-and-leaving", "cap"]
    )
    assert "absence-and-leaving" in given(worker("ann"), adjustments=absence)


def test_an_absence_that_is_over_is_none():
    assert given(worker("ann"), adjustments=[away("ann", until=day(-1))]) == []


@pytest.mark.parametrize(
    ("since", "until", "takes", "keeps"),
    [
        # A week or more that starts within seven days: she could not begin.
        (1, 7, False, True),
        (1, 6, True, True),
        (6, 12, False, True),
        (7, 13, True, True),
        # Two weeks or more within 28 days: she would hand the work over within weeks.
        (28, 42, False, True),
        (28, 41, True, True),
        (29, 43, True, True),
        # Two weeks or more within the seven days of handing over: as if she left.
        (7, 21, False, False),
        (8, 22, False, True),
        (1, None, False, False),
    ],
)
def test_nobody_is_given_work_they_cannot_begin_or_will_hand_over(since, until, takes, keeps):
    absence = away("ann", since=day(since), until=None if until is None else day(until))
    barred = [] if takes else ["absence-and-leaving"]
    assert given(worker("ann"), adjustments=[absence]) == barred
    snapshot = week([case("c1", worker_id="ann")], [worker("ann"), BEN], adjustments=[absence])
    assert value("churn", snapshot, {"c1": "ben"}) == (1000 if keeps else 0)
    # She is here today, so nothing has to wait.
    assert broken(snapshot) == []
    assert value("handover", snapshot) == (0 if keeps else 4000)


def test_absences_that_touch_are_one():
    # Three short ones, the last to the 14th day; a day between makes them short again.
    rows = [
        away("ann", since=day(0), until=day(4)),
        away("ann", since=day(9), until=day(14)),
        away("ann", since=day(5), until=day(8)),
    ]
    gone = ["absence-and-leaving", "cap"]
    assert kept(worker("ann"), adjustments=rows) == gone
    assert kept(worker("ann"), adjustments=rows[:2]) == []
    overlapping = [away("ann", until=day(8)), away("ann", since=day(2), until=day(14))]
    assert kept(worker("ann"), adjustments=overlapping) == gone


def test_an_absence_that_began_today_counts():
    assert given(worker("ann"), adjustments=[away("ann", since=day(0), until=day(3))]) == [
        "absence-and-leaving"
    ]


def test_who_cannot_hold_takes_none():
    for row in (worker("late", available_from=day(15)), worker("duty", holds_cases=False)):
        assert not presence_of(row, (), MONDAY, STEADY).takes_cases
    assert presence_of(BEN, (), MONDAY, STEADY).takes_cases


def test_the_reason_of_a_short_absence_is_told():
    snapshot = week([case("c1")], [worker("ann")], adjustments=[away("ann", until=day(3))])
    assert [v.sentence for v in checked(snapshot, {"c1": "ann"}).violations] == [
        "case c1 may not be given to ann: ann is absent and takes no cases"
    ]


def test_a_reduction_below_the_whole_is_no_absence():
    assert given(worker("ann"), adjustments=[away("ann", percent="99.9", until=None)]) == ["cap"]
    assert given(worker("ann"), adjustments=[away("ann", percent="90")]) == []


def cap_of(row, **tables):
    """Return a worker's cap: children held, less those over cap, all locked in place."""
    held = [case(f"c{n:02}", worker_id="ann", locked=True) for n in range(60)]
    return 60 - value("over_cap", week(held, [row, BEN], **tables))


@pytest.mark.parametrize(
    ("columns", "cap"),
    [
        ({}, 25),
        ({"fte": Decimal("0.5")}, 12),  # 12.5 rounded down
        ({"fte": Decimal("0.6")}, 15),
        ({"role": "asye"}, 15),
        ({"role": "asye", "fte": Decimal("0.9")}, 13),  # 25 x 0.9 x 0.6 = 13.5
        ({"cap": 30, "fte": Decimal("0.5")}, 30),
        ({"cap": 0}, 0),
        ({"fte": Decimal(0)}, 0),
        ({"leaves_on": day(0)}, 25),
        # A starter's caseload grows from a half to the whole over 56 days.
        ({"available_from": day(0)}, 12),
        ({"available_from": day(10)}, 12),
        ({"available_from": day(-28)}, 18),  # 25 x 0.75 = 18.75
        ({"available_from": day(-55)}, 24),
        ({"available_from": day(-56)}, 25),
        ({"leaves_on": day(7)}, 25),
    ],
)
def test_cap_is_children_per_fte_rounded_down_unless_overridden(columns, cap):
    assert cap_of(worker("ann", **columns)) == cap


def test_reductions_multiply_and_an_absence_is_not_one_of_them():
    # 25 x (1 - 0.2) x (1 - 0.5) = 10
    two = [away("ann", percent=20), away("ann", percent=50)]
    assert cap_of(worker("ann"), adjustments=two) == 10
    # 25 x (1 - 0.333) = 16.675
    assert cap_of(worker("ann"), adjustments=[away("ann", percent="33.3")]) == 16
    assert cap_of(worker("ann"), adjustments=[away("ann", until=day(3))]) == 25
    assert cap_of(worker("ann"), adjustments=[away("ann", percent=50, until=day(-1))]) == 25


def test_a_reduction_that_begins_within_the_week_counts_now():
    for since, cap in ((6, 7), (7, 25)):
        later = away("ann", percent=70, since=day(since))
        assert cap_of(worker("ann"), adjustments=[later]) == cap
    # The least share on one day counts, not all reductions of the week together.
    two = [
        away("ann", percent=50, until=day(2)),
        away("ann", percent=20, since=day(3), until=day(5)),
    ]
    assert cap_of(worker("ann"), adjustments=two) == 12


def test_the_policy_sets_how_a_starter_grows():
    starter = worker("ann", available_from=day(0))
    held = [case(f"c{n:02}", worker_id="ann") for n in range(60)]
    snapshot = week(held, [starter])
    for rules, cap in (
        ({"ramp_up_weeks": 0}, 25),
        ({"ramp_up_from": 0}, 0),
        ({"ramp_up_from": 1}, 25),
    ):
        assert 60 - value("over_cap", snapshot, policy=steady(presence=rules)) == cap


def test_the_smallest_cap_of_the_workers_teams_counts():
    teams = [team("t1", cap=20), team("t2", cap=18), team("t3"), team("t4", parent_id="t2")]
    assert cap_of(worker("ann", team_ids=("t1", "t2", "t3")), teams=teams) == 18
    assert cap_of(worker("ann", team_ids=("t3",)), teams=teams) == 25
    # A locality's cap is for its own workers, not for those of its teams.
    assert cap_of(worker("ann", team_ids=("t4",)), teams=teams) == 25
    assert cap_of(worker("ann", team_ids=("t1",), fte=Decimal("0.5")), teams=teams) == 10
