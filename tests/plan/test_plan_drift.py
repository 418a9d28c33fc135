"""What is overdue, late or about to change, counted by worker, team, locality and service."""

from datetime import date

import pytest
from hypothesis import given

from caseload_balancer.plan.drift import Drift, look, write_drift
from caseload_balancer.plan.drift.rows import TeamWeek
from caseload_balancer.problem.facts import Facts
from tests.checker.small_weeks import case, cases, day, spell, steady, team, week, worker
from tests.examples import settings
from tests.plan.planning import planned
from tests.plan.test_plan_properties import plans

POLICY = steady()
LOCALITIES = [
    team("L", name="North"),
    team("t", parent_id="L"),
    team("u", parent_id="L", name="Two"),
    team("v"),
]
ADDED_UP = [
    name
    for name, field in TeamWeek.model_fields.items()
    if field.annotation in {int, float} and name != "points_available"
]


def at_the_start(snapshot, policy=POLICY):
    return Drift.at_the_start(snapshot, policy)


def row_of(found, team_id, level="team"):
    return next(row for row in found.teams if (row.team_id, row.level) == (team_id, level))


@pytest.mark.parametrize(
    ("days", "listed", "overdue"),
    [(-30, True, True), (-1, True, True), (0, True, False), (14, True, False), (15, False, False)],
)
def test_what_has_passed_is_overdue_and_what_comes_within_fourteen_days_is_listed(
    days, listed, overdue
):
    found = at_the_start(week([case("x", worker_id="w", next_due_on=day(days))], [worker("w")]))
    assert [(row.case_id, row.days, row.overdue) for row in found.due] == (
        [("x", days, overdue)] if listed else []
    )


def test_due_rows_stand_with_the_worker_the_plan_gives_and_with_the_team_where_a_child_waits():
    rows = [
        case("a", worker_id="w", next_due_on=day(3)),
        case("b", worker_id="w", team_id="t", next_due_on=day(-3), next_due="visit"),
        case("c", team_id="t", next_due_on=day(1)),
        case("d", team_id="t", next_due_on=day(-9)),
    ]
    workers = [worker("w", team_ids=("u", "t")), worker("v", team_ids=("t",))]
    plan = planned(week(rows, workers, teams=LOCALITIES), {"b": "v"})
    assert [(row.team_id, row.worker_id, row.case_id, row.days) for row in plan.due] == [
        ("t", "v", "b", -3),
        ("t", None, "d", -9),
        ("t", None, "c", 1),
        ("u", "w", "a", 3),
    ]
    assert {row.worker_id: (row.overdue, row.due_soon) for row in plan.workers} == {
        "w": (0, 1),
        "v": (1, 0),
    }
    assert (row_of(plan, "t").overdue, row_of(plan, "t").due_soon) == (2, 1)
    assert (row_of(plan, "L", "locality").overdue, plan.teams[0].overdue) == (2, 2)
    assert "2 children have something overdue, the longest by 9 days." in plan.summary
    assert "For 2 children more something falls due within 14 days." in plan.summary


def test_room_and_time_of_who_leaves_count_as_long_as_children_are_with_them():
    workers = [worker("goes", leaves_on=day(4)), worker("v"), worker("w")]
    snapshot = week([*cases(4, "goes"), *cases(8, "w", "b")], workers)
    stays, goes = planned(snapshot), planned(snapshot, {f"c{n}": "v" for n in range(4)})
    caps = sum(row.cap for row in goes.workers[1:])
    for plan, counting, room in ((stays, stays.workers, 4), (goes, goes.workers[1:], 0)):
        service, time = plan.teams[0], sum(row.points_available for row in counting)
        assert (service.workers, service.cap) == (2, caps + room)
        assert service.points_available == time
        assert service.after.percent == round(100 * service.after.points / time, 1)
        # At the start everybody is here, and so is their time.
        here = stays.teams[0].points_available
        assert service.before.percent == round(100 * service.before.points / here, 1)
    assert goes.teams[0].points_available < stays.teams[0].points_available


@pytest.mark.parametrize(
    ("held", "named"),
    [
        ({"a": 1}, ""),
        ({"a": 2, "b": 1}, "; most with a (2)"),
        ({"a": 3, "b": 3, "c": 3, "d": 3}, "; most with a (3), b (3), c (3) and d (3)"),
        ({"a": 4, **dict.fromkeys("bcdefgh", 2)}, "; most with a (4)"),
        (dict.fromkeys("abcdefg", 2), ""),
    ],
)
def test_who_has_most_overdue_is_named_with_all_who_have_as_many(held, named):
    rows = [
        case(f"{name}{number}", worker_id=name, next_due_on=day(-9))
        for name, count in held.items()
        for number in range(count)
    ]
    told = write_drift(at_the_start(week(rows, list(map(worker, held)))), POLICY)[0]
    assert told.partition("the longest by 9 days")[2] == f"{named}." or not named
    assert ("most with" in told) == bool(named)


def test_an_assessment_is_in_time_at_45_working_days_and_late_at_46():
    # The 45th working day before Monday 2 March 2026 is 24 December 2025: Christmas, Boxing Day
    # and New Year's Day lie between.
    rows = [
        case("at45", "assessment", worker_id="w", opened_on=date(2025, 12, 24)),
        case("at46", "assessment", worker_id="w", opened_on=date(2025, 12, 23)),
        case("undated", "assessment", worker_id="w"),
        case("other", worker_id="w", opened_on=date(2020, 1, 1)),
    ]
    found = at_the_start(week(rows, [worker("w")]))
    assert [(row.case_id, row.working_days, row.allowed) for row in found.late] == [
        ("at46", 46, 45)
    ]
    service = found.teams[0]
    assert (service.assessments, service.assessments_in_time, service.assessments_undated) == (
        2,
        1,
        1,
    )
    assert (
        "Of 2 open assessments 1 (50 %) is within 45 working days; Worcestershire 2015: 71 % of "
        "those completed. 1 open assessment has no opened_on."
    ) in write_drift(found, POLICY)


def test_a_child_nobody_has_had_yet_waits_for_a_first_decision():
    friday, monday = day(-3), day(0)
    rows = [
        case("friday", opened_on=friday),
        case("thursday", opened_on=day(-4), waiting_since=day(-4)),
        case("today", opened_on=monday),
        case("held before", opened_on=day(-90)),
        case("waits again", opened_on=day(-90), waiting_since=day(-9)),
        case("held", opened_on=day(-90), worker_id="w"),
        case("no date"),
    ]
    found = at_the_start(week(rows, [worker("w")], spells=[spell("held before", "w", -80, -9)]))
    assert [(row.measure, row.case_id, row.working_days) for row in found.late] == [
        ("referral decision", "thursday", 2)
    ]
    assert (found.teams[0].referrals, found.teams[0].referrals_in_time) == (3, 2)
    assert (
        "3 children have had no worker since the case was opened, 2 (67 %) of them for at most 1 "
        "working day; Worcestershire 2015: 78 % of referrals decided in time."
    ) in write_drift(found, POLICY)


def test_nothing_is_compared_where_the_policy_gives_no_share():
    policy = steady(
        timescales={
            "assessments_in_time_percent": "none",
            "referral_decisions_in_time_percent": "none",
        },
        pay={"agency_per_week": "none"},
    )
    rows = [case("a", "assessment", opened_on=day(-3))]
    found = at_the_start(week(rows, [worker("w", "agency")]), policy)
    assert write_drift(found, policy) == (
        "Of 1 open assessment 1 (100 %) is within 45 working days.",
        (
            "1 child has had no worker since the case was opened, 1 (100 %) of them for at most 1 "
            "working day."
        ),
    )
    assert found.teams[0].agency_cost is None


def test_localities_stand_above_their_teams_and_the_service_above_all():
    rows = [*cases(1, "a"), case("n", worker_id="none"), case("x", team_id="v")]
    workers = [
        worker("a", team_ids=("u", "v")),
        worker("b", team_ids=("t",)),
        worker("c", team_ids=("L",)),
        worker("none"),
    ]
    found = at_the_start(week(rows, workers, teams=LOCALITIES))
    assert [(row.level, row.team_id, row.called, row.workers) for row in found.teams] == [
        ("service", None, "the service", 4),
        ("locality", "L", "North (L)", 3),
        ("team", "t", "t", 1),
        ("team", "u", "Two (u)", 1),
        ("team", "v", "v", 0),
        ("team", None, "no team", 1),
    ]
    assert [row.waiting for row in found.teams] == [1, 0, 0, 0, 1, 0]


def test_without_teams_there_is_the_service_alone():
    found = at_the_start(week(cases(2, "w"), [worker("w")]))
    assert [row.level for row in found.teams] == ["service"]
    assert found.teams[0].before == found.teams[0].after
    empty = at_the_start(week([], []))
    assert [(row.level, row.workers) for row in empty.teams] == [("service", 0)]
    assert write_drift(empty, POLICY) == ()


def test_a_family_with_workers_in_two_teams_is_one_family_of_their_locality():
    rows = [
        case("a", worker_id="w", family_id="f"),
        case("b", worker_id="v", family_id="f"),
        case("c", worker_id="v"),
    ]
    workers = [worker("w", team_ids=("t",)), worker("v", team_ids=("u",))]
    found = at_the_start(week(rows, workers, teams=LOCALITIES))
    assert [row.before.families for row in found.teams] == [2, 2, 1, 2]


def test_the_load_of_a_team_is_its_points_of_all_its_points():
    rows = [*cases(2, "w"), *cases(1, "v", "d")]
    found = at_the_start(week(rows, [worker("w"), worker("v", fte="0.5")]))
    load = found.teams[0].before
    assert (load.children, load.points, load.band) == (3, 12.0, "green")
    assert load.percent == round(100 * 12 / 127.5, 1)


def test_agency_workers_cost_what_the_policy_says():
    workers = [
        worker("w", "agency", team_ids=("t",)),
        worker("v", "agency", fte="0.5", team_ids=("v",)),
        worker("p", team_ids=("t",)),
        worker("gone", "agency", leaves_on=day(-9), team_ids=("t",)),
    ]
    found = at_the_start(week([], workers, teams=LOCALITIES))
    assert [
        (row.team_id, row.agency_cost, row.agency_cost_if_permanent) for row in found.teams
    ] == [
        (None, 2700.0, 1920.0),
        ("L", 1800.0, 1280.0),
        ("t", 1800.0, 1280.0),
        ("v", 900.0, 640.0),
    ]
    assert write_drift(found, POLICY)[-1] == (
        "Agency workers are 1.5 of 2.5 FTE, at 2,700 pounds a week; the same FTE permanent: 1,920 "
        "pounds."
    )


@given(plans())
@settings(max_examples=40)
def test_teams_add_up_to_the_service_and_workers_to_the_teams(drawn):
    _, _, plan = drawn
    service, *others = plan.teams
    ids = {row.team_id for row in others if row.team_id is not None}
    top = [row for row in others if row.parent_id not in ids]
    for name in ADDED_UP:
        if top:
            added = sum(getattr(row, name) for row in top)
            assert added == pytest.approx(getattr(service, name)), name
    for when in ("before", "after"):
        held = [getattr(row, when) for row in plan.workers]
        assert getattr(service, when).children == sum(load.children for load in held)
        assert getattr(service, when).points == pytest.approx(sum(load.points for load in held))
    assert service.waiting == len(plan.waiting)
    assert service.must_not_wait == sum(row.must_hold for row in plan.waiting)
    assert service.moved == len(plan.moves)
    assert service.forced == sum(move.forced for move in plan.moves)
    assert service.after.children + service.waiting == len(plan.cases)
    assert service.over_cap == sum(row.after.children > row.cap for row in plan.workers)
    assert service.overdue == sum(row.overdue for row in plan.due)
    assert service.overdue == sum(row.overdue for row in plan.workers) + sum(
        row.overdue for row in plan.due if row.worker_id is None
    )


@given(plans())
@settings(max_examples=20)
def test_a_plan_in_which_nobody_moves_drifts_as_the_week_does(drawn):
    problem, _, _ = drawn
    facts = Facts.of(problem.snapshot, problem.policy)
    assert look(facts, facts.holder) == at_the_start(problem.snapshot, problem.policy)
