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
        # Gone: leaves before the 7th day; takes none: leaves before the 28th day.
        (-1, False, False),
        (0, False, False),
        (6, False, False),
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
    assert broken(snapshot, policy=later) == ["absence-and-leaving", "cap"]
    waiting = week([case("c1")], [leaver])
    sooner = steady(presence={"leaving_takes_none_days": 7})
    assert broken(waiting, {"c1": "ann"}, sooner) == []


@pytest.mark.parametrize(("starts_in", "there"), [(-1, True), (0, True), (1, False)])
def test_a_worker_holds_from_the_first_day(starts_in, there):
    starter = worker("ann", available_from=day(starts_in))
    assert given(starter) == ([] if there else ["absence-and-leaving", "cap"])


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


def test_an_absence_that_is_over_or_not_yet_begun_is_none():
    for absence in (away("ann", until=day(-1)), away("ann", since=day(1))):
        assert given(worker("ann"), adjustments=[absence]) == []


def test_an_absence_that_began_today_counts():
    assert given(worker("ann"), adjustments=[away("ann", since=day(0), until=day(3))]) == [
        "absence-and-leaving"
    ]


def test_who_cannot_hold_takes_none():
    rules = STEADY.presence
    for row in (worker("late", available_from=day(1)), worker("duty", holds_cases=False)):
        assert not presence_of(row, (), MONDAY, rules).takes_cases
    assert presence_of(BEN, (), MONDAY, rules).takes_cases


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
        ({"leaves_on": day(6)}, 0),
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


def test_the_smallest_cap_of_the_workers_teams_counts():
    teams = [team("t1", cap=20), team("t2", cap=18), team("t3"), team("t4", parent_id="t2")]
    assert cap_of(worker("ann", team_ids=("t1", "t2", "t3")), teams=teams) == 18
    assert cap_of(worker("ann", team_ids=("t3",)), teams=teams) == 25
    # A locality's cap is for its own workers, not for those of its teams.
    assert cap_of(worker("ann", team_ids=("t4",)), teams=teams) == 25
    assert cap_of(worker("ann", team_ids=("t1",), fte=Decimal("0.5")), teams=teams) == 10
