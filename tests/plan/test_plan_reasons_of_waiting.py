"""Why a child waits, on weeks small enough to know the truth by heart."""

from tests.checker.small_weeks import case, cases, day, steady, team, week, worker
from tests.plan.planning import change_of, planned, reason_of

SMALL = steady(cap={"children_per_fte": 2})


def told(plan, case_id):
    return change_of(plan, case_id), reason_of(plan, case_id)


def test_waiting_because_everybody_has_reached_the_cap():
    rows = [*cases(2, "w"), *cases(2, "v", "d"), case("x", "section_47")]
    plan = planned(week(rows, [worker("w"), worker("v")]), policy=SMALL)
    assert told(plan, "x") == (
        "waiting",
        "Waits: every worker who may take this section 47 case has reached the cap.",
    )


def test_waiting_because_the_only_worker_has_reached_the_cap():
    rows = [*cases(2, "w"), case("x", "section_47")]
    plan = planned(week(rows, [worker("w"), worker("p", role="personal_adviser")]), policy=SMALL)
    assert reason_of(plan, "x") == (
        "Waits: the only worker who may take this section 47 case has reached the cap."
    )


def test_siblings_wait_for_room_for_all():
    rows = [*cases(1, "w"), *(case(one, family_id="f") for one in "xyz")]
    plan = planned(week(rows, [worker("w"), worker("v")]), policy=SMALL)
    assert reason_of(plan, "y") == (
        "Waits: no worker who may take these 3 siblings has room for all 3."
    )


def test_waiting_for_different_limits():
    rows = [*cases(2, "w"), case("a"), case("x", in_court=True), case("k", "other", in_court=True)]
    workers = [worker("w"), worker("v", max_new=0), worker("u", max_new=1)]
    policy = steady(cap={"children_per_fte": 2}, limits={"court_families": 0})
    plan = planned(week(rows, workers), {"a": "u"}, policy)
    assert reason_of(plan, "x") == (
        "Waits: of the 3 workers who may take this child-in-need case in court, 1 has reached "
        "the cap and 2 have reached the limit of families in court."
    )
    assert reason_of(plan, "k") == (
        "Waits: of the 3 workers who may take this case in court, 1 has reached the cap and 2 "
        "have reached the limit of families in court."
    )


def test_waiting_for_the_weeks_new_families():
    rows = [*cases(3, None, "a"), case("x")]
    plan = planned(week(rows, [worker("w")]), {"a0": "w", "a1": "w", "a2": "w"})
    assert reason_of(plan, "x") == (
        "Waits: the only worker who may take this child-in-need case has reached the week's limit "
        "of new families."
    )


def test_waiting_because_nobody_may():
    teams = [team("t", parent_id="l"), team("u"), team("l")]
    rows = [
        case("a", "child_protection", team_id="t"),
        case("b", team_id="u"),
        case("c", "care_leaver", family_id="f"),
        case("d", "assessment", family_id="f"),
    ]
    workers = [
        worker("w", role="asye", team_ids=("t",), may_hold=("child_in_need", "assessment")),
        worker("p", role="personal_adviser"),
    ]
    plan = planned(week(rows, workers, teams=teams))
    assert reason_of(plan, "a") == (
        "Waits: no worker who is here may hold this child protection case."
    )
    assert reason_of(plan, "b") == "Waits: no worker in its team may take this child-in-need case."
    assert reason_of(plan, "c") == "Waits: no one worker may hold all 2 siblings."


def test_waiting_because_who_may_is_going():
    rows = [case("c")]
    plan = planned(week(rows, [worker("w", leaves_on=day(20))]))
    assert reason_of(plan, "c") == (
        "Waits: every worker who may hold this child-in-need case is away or leaving."
    )


def test_waiting_though_there_is_room_says_what_it_would_come_to():
    rows = [*cases(10, "w"), case("x")]
    one = planned(week(rows, [worker("w")]))
    assert reason_of(one, "x") == "Waits: only w has room, and would come to 52 % load."
    two = planned(week(rows, [worker("w"), worker("v")]))
    assert reason_of(two, "x") == (
        "Waits: of the 2 workers with room v has the lowest load, and would come to 5 %."
    )


def test_a_sibling_waits_for_the_familys_worker_and_the_family_is_the_cause():
    rows = [*cases(24, "f"), case("k1", worker_id="f", family_id="F"), case("k2", family_id="F")]
    full = planned(week(rows, [worker("f"), worker("b")]))
    assert reason_of(full, "k2") == (
        "Waits: sibling k1 is with f, who has reached the cap; apart from the family only b has "
        "room, and would come to 3 % load."
    )
    new = [*cases(3, "f"), *rows[-2:-1], case("k2", "section_47", family_id="F")]
    asye = planned(week(new, [worker("f", role="asye"), worker("b")]))
    assert reason_of(asye, "k2") == (
        "Waits: sibling k1 is with f, and f is newly qualified and may not hold a section 47 case; "
        "apart from the family only b has room, and would come to 9 % load."
    )
    there = planned(week(rows[20:], [worker("f"), worker("b")]))
    assert "sibling" not in reason_of(there, "k2")


def test_who_is_over_the_cap_has_no_room():
    rows = [*cases(27, "w"), case("x")]
    alone = planned(week(rows, [worker("w")]))
    assert reason_of(alone, "x") == (
        "Waits: the only worker who may take this child-in-need case has reached the cap."
    )
    fewer = week(rows, [worker("w"), worker("v", cap=2)])
    less = planned(fewer, {"c0": "v"})
    assert reason_of(less, "x").startswith("Waits: only v has room")


def test_a_child_whose_worker_cannot_go_on_waits():
    rows = [case("c", worker_id="w", waiting_since=day(-30)), *cases(2, "v", "d")]
    plan = planned(week(rows, [worker("w", leaves_on=day(-2)), worker("v")]), policy=SMALL)
    assert told(plan, "c") == (
        "returned",
        (
            "Waits from now on: w left on 2026-02-28, and the only worker who may take this "
            "child-in-need case has reached the cap."
        ),
    )
    assert plan.waiting[0].days_waited == 2
    plan = planned(week(rows, [worker("w", leaves_on=day(2)), worker("v")]), policy=SMALL)
    assert told(plan, "c") == (
        "kept",
        (
            "Stays with w to the last day: w leaves on 2026-03-04, and the only worker who may "
            "take this child-in-need case has reached the cap."
        ),
    )
