"""The manager's text, the analyst's text and the short form of a plan."""

import pytest

from tests.checker.small_weeks import away, case, cases, day, spell, steady, team, week, worker
from tests.plan.planning import planned

SMALL = steady(cap={"children_per_fte": 2}, limits={"arrivals_a_week": 9})


def lines(plan):
    return plan.summary.splitlines()


def test_a_quiet_week():
    snapshot = week([case("c", worker_id="w")], [worker("w")], spells=[spell("c", "w", -90)])
    assert lines(planned(snapshot)) == [
        "Nobody is over their cap (25 children full time).",
        "No child changes worker.",
        "The heaviest load stays at 5 %.",
        "The search is complete: no plan is better under this policy.",
    ]


def test_a_week_put_right():
    rows = [*cases(27, "w"), case("x", worker_id="u"), case("y", waiting_since=day(-9)), case("z")]
    spells = [spell("c0", "a", -300, -200), spell("c0", "w", -200)]
    workers = [worker("w"), worker("v"), worker("u", leaves_on=day(2))]
    plan = planned(
        week(rows, workers, spells=spells),
        {"c0": "v", "c1": "v", "x": "v", "y": "v"},
        steady(limits={"arrivals_a_week": 4}),
        stop_reason="time limit",
        bounds=(0, 0, 0, 0),
    )
    assert lines(plan) == [
        "Nobody is over their cap (25 children full time); 1 worker was.",
        (
            "3 children change worker; 1 of the changes could not be avoided or was asked for; for "
            "1 child it is at least the third worker in 12 months."
        ),
        "1 of the 2 children without a worker gets one; 1 goes on waiting.",
        "The heaviest load falls from 127 % to 118 %.",
        "Within 8 weeks 1 worker leaves; 0 children are with somebody who leaves.",
        "The search reached its time limit, so a better plan may exist.",
        "Spells are missing for 27 of 30 children: for them only the current holder is known.",
        (
            "1 waiting child had neither waiting_since nor opened_on: the wait is counted from the "
            "date of the week."
        ),
    ]


def test_who_is_away_was_over_the_cap_before_if_they_are_after():
    rows = [*cases(2, "v", locked=True), *cases(3, "v", "d")]
    plan = planned(
        week(rows, [worker("w"), worker("v")], adjustments=[away("v", until=day(90))]),
        {"d0": "w", "d1": "w", "d2": "w"},
    )
    assert lines(plan)[0] == "1 worker is over their cap: v (2 of 0). Before the plan 1 was."


def test_a_week_that_cannot_be_met():
    rows = [
        *cases(4, "w", locked=True),
        *(case(one, "section_47", waiting_since=day(-15)) for one in "xyz"),
        case("e", worker_id="v", family_id="f", locked=True),
        case("g", worker_id="w", family_id="f"),
    ]
    plan = planned(week(rows, [worker("w"), worker("v")]), {"x": "v"}, SMALL)
    assert lines(plan)[:5] == [
        "1 worker is over their cap: w (5 of 2). Before the plan 1 was.",
        "No child changes worker.",
        (
            "1 of the 3 children without a worker gets one; 2 go on waiting. The longest wait so "
            "far is 15 days. Of those who wait, 2 may never wait: y and z. y: v could take it if a "
            "manager agrees (may_exceed_cap in its row), at 3 children of 2: near enough, with no "
            "last day or long absence known and at 24 % load then, the lowest of the 2 who may "
            "hold it. z: v could take it if a manager agrees (may_exceed_cap in its row), at 3 "
            "children of 2: near enough, with no last day or long absence known and at 24 % load "
            "then, the lowest of the 2 who may hold it. A manager agrees to one child with "
            "may_exceed_cap in its row, or with exceed in the decisions for caseload reallocate; "
            "to every such child with cap.may_exceed_for in the policy. Each is worked out by "
            "itself: after one yes, plan again before the next. 2 waits have to be "
            "escalated."
        ),
        "The heaviest load stays at 22 %.",
        (
            "Not put right: family f is spread over 2 workers: v, w. The shortage comes to 1.5 "
            "FTE, for children who may never wait and for workers over the cap."
        ),
    ]
    assert not plan.ok


@pytest.mark.parametrize(
    ("placed", "sentence"),
    [
        ("", "All 2 children without a worker go on waiting."),
        ("xy", "All 2 children who had no worker get one."),
    ],
)
def test_all_or_none_of_the_waiting(placed, sentence):
    plan = planned(week([case("x"), case("y")], [worker("w")]), dict.fromkeys(placed, "w"), SMALL)
    assert lines(plan)[2] == sentence


def test_one_child_is_spoken_of_as_one():
    snapshot = week([case("x")], [worker("w")])
    assert "The child without a worker goes on waiting." in planned(snapshot).summary
    assert "The child who had no worker gets one." in planned(snapshot, {"x": "w"}).summary
    moved = planned(
        week([case("x", worker_id="w", change_requested=True)], [worker("w"), worker("v")]),
        {"x": "v"},
    )
    assert lines(moved)[1] == (
        "1 child changes worker; the change could not be avoided or was asked for."
    )


def test_children_whose_worker_cannot_go_on():
    rows = [case("x", worker_id="w"), case("y", worker_id="w")]
    plan = planned(week(rows, [worker("w", leaves_on=day(-1))]))
    assert "2 children whose worker cannot go on wait from now." in plan.summary


@pytest.mark.parametrize(
    ("days", "escalation", "action"),
    [
        (6, "none", "no review due yet"),
        (7, "review", "review this week (1 week or more)"),
        (13, "review", "review this week (1 week or more)"),
        (14, "escalate", "escalate to the next manager up (2 weeks or more)"),
        (27, "escalate", "escalate to the next manager up (2 weeks or more)"),
        (28, "stop", "must not wait any longer (4 weeks or more)"),
    ],
)
def test_the_ladder_of_a_wait(days, escalation, action):
    plan = planned(week([case("x", waiting_since=day(-days))], [worker("w")]))
    (row,) = plan.waiting
    assert (row.days_waited, row.escalation, row.action) == (days, escalation, action)


def test_those_who_may_never_wait_stand_first_and_then_the_longest():
    rows = [
        case("a", waiting_since=day(-3)),
        case("b", waiting_since=day(-30)),
        case("c", "section_47"),
    ]
    plan = planned(week(rows, [worker("w")]))
    assert [(row.case_id, row.must_hold) for row in plan.waiting] == [
        ("c", True),
        ("b", False),
        ("a", False),
    ]


def test_the_analysis_names_tiers_values_bounds_and_phases():
    rows = [*cases(3, "w"), case("x", "section_47")]
    plan = planned(
        week(rows, [worker("w"), worker("v")]),
        policy=SMALL,
        bounds=(4, 0, 0, 20),
        stop_reason="work limit",
        seconds=1.25,
        phases=(("exact", 1.2, "one component."),),
    )
    text = plan.analysis.splitlines()
    assert text[0] == (
        "feasible: The search reached its limit of work, so a better plan may exist. Nothing "
        "better than the week as it stands was found by then."
    )
    assert text[1] == "tier 1: value 4, bound 4 (proven)"
    assert text[2] == "  must_hold_waiting 4 children, weighted by urgency"
    assert text[4] == "tier 2: value 1, bound 0 (gap 1)"
    assert text[6] == "tier 3: value 0, bound 0 (proven)"
    value = plan.tiers[3].value
    assert text[8] == "  15 x transfers_due 0 families"
    assert text[9] == (
        f"tier 4: value {value:,}, bound 20 (gap {value - 20:,} = {5 * value - 100:.2f} %)"
    )
    imbalance = next(goal for goal in plan.tiers[3].goals if goal.goal == "imbalance")
    assert f"  imbalance {imbalance.value:,} hundredths of a cost point; floor" in plan.analysis
    assert text[-5:-2] == [
        "search: 1.25 s",
        "  exact: 1.20 s, one component.",
        "limited by counted work, the same in every run",
    ]


def test_the_short_form_is_the_headline_and_the_summary():
    plan = planned(week([case("c", worker_id="w")], [worker("w")]))
    headline = "Plan for 2026-03-02 (steady): 1 child, 1 worker"
    assert repr(plan) == str(plan) == f"{headline}\n{plan.summary}"


def test_a_team_has_a_target_of_its_own():
    workers = [worker("w", team_ids=("t",)), worker("v", fte="0.5"), worker("u", leaves_on=day(0))]
    plan = planned(week([], workers, teams=[team("t", target=11)]))
    assert {row.worker_id: row.target for row in plan.workers} == {"w": 11, "v": 8, "u": 0}
