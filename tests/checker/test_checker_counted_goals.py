"""Goals that count children, families and points; tiers; and the shortage."""

from decimal import Decimal

import pytest

from tests.checker.small_weeks import (
    away,
    case,
    cases,
    checked,
    steady,
    team,
    value,
    week,
    worker,
)


@pytest.mark.parametrize(
    ("case_type", "in_court", "urgency"),
    [
        ("section_47", False, 4),
        ("child_protection", False, 3),
        ("looked_after", False, 2),
        ("private_fostering", False, 2),
        ("section_47", True, 4),  # the larger of 4 and, for court, 3
        ("looked_after", True, 3),
        ("child_in_need", True, 3),  # in court, so it may not wait
        ("child_in_need", False, 0),
        ("care_leaver", False, 0),
    ],
)
def test_must_hold_waiting_counts_each_child_by_urgency(case_type, in_court, urgency):
    snapshot = week([case("c1", case_type, in_court=in_court)], [worker("ann")])
    report = checked(snapshot)
    assert report.goal_values["must_hold_waiting"] == urgency
    assert [b.rule for b in report.breaches] == (["must-hold"] if urgency else [])
    assert value("must_hold_waiting", snapshot, {"c1": "ann"}) == 0


def test_a_type_that_is_not_must_hold_has_no_urgency_of_its_own_in_court():
    # A high urgency for the type counts only where the policy says the type must be held.
    policy = steady(waiting={"urgency": {"child_in_need": 9}})
    snapshot = week([case("c1", in_court=True)], [worker("ann")])
    assert value("must_hold_waiting", snapshot, policy=policy) == 3


def test_must_hold_breaches_name_the_child_the_kind_and_the_family():
    rows = [case("c1", "section_47", family_id="f"), case("c2", in_court=True)]
    found = checked(week(rows, [worker("ann")])).breaches
    assert [(b.case_ids, b.family_id, b.sentence) for b in found] == [
        (("c1",), "f", "case c1 (section 47) waits, and may not be without a worker"),
        (("c2",), None, "case c2 (child in need in court) waits, and may not be without a worker"),
    ]


def test_standing_breaches_count_the_children_with_somebody_who_may_not_hold_them():
    rows = [
        # Pat is not registered: two looked-after children may not be with her.
        *cases(2, "pat", "p", case_type="looked_after"),
        # A family with three workers is named, and no standing breach.
        *(case(f"f{n}", worker_id=who, family_id="f") for n, who in enumerate(("ben", "ann"))),
        case("f2", "care_leaver", worker_id="pat", family_id="f"),
    ]
    team = [worker("ann"), worker("ben"), worker("pat", role="personal_adviser")]
    report = checked(week(rows, team))
    assert report.goal_values["standing_breaches"] == 2
    assert [b.amount for b in report.breaches if b.rule == "families"] == [2]


def test_a_new_arrival_who_may_not_be_held_is_a_violation_not_a_standing_breach():
    snapshot = week([case("c1", "looked_after")], [worker("pat", role="personal_adviser")])
    report = checked(snapshot, {"c1": "pat"})
    assert report.goal_values["standing_breaches"] == 0
    assert [v.rule for v in report.violations] == ["eligibility"]


def test_over_cap_adds_up_over_workers():
    rows = [*cases(28, "ann", "a"), *cases(13, "ben", "b"), *cases(3, "cat", "c")]
    team = [worker("ann"), worker("ben", fte=Decimal("0.5")), worker("cat")]
    # Ann holds 28 of 25, Ben 13 of 12: 3 + 1.
    assert value("over_cap", week(rows, team)) == 4


def test_concessions_add_up_over_workers():
    policy = steady(points={"hard_limit_percent": 100})
    rows = [case(f"c{n}", points=Decimal(90)) for n in range(2)]
    # 85 points are available to each: 5.0 + 5.0 over, in tenths.
    given = {"c0": "a", "c1": "b"}
    assert value("concessions", week(rows, [worker("a"), worker("b")]), given, policy) == 100


@pytest.mark.parametrize(
    ("waiting", "over", "fte"),
    [
        (0, 0, "0"),
        (1, 0, "0.1"),  # 1 / 25 = 0.04
        (2, 0, "0.1"),
        (2, 1, "0.2"),  # 3 / 25 = 0.12
        (0, 5, "0.2"),
        (5, 0, "0.2"),
        (6, 0, "0.3"),
        (24, 1, "1.0"),
        (25, 1, "1.1"),
    ],
)
def test_shortage_in_fte_is_rounded_up_to_a_tenth(waiting, over, fte):
    rows = [*cases(25 + over, "ann", "a"), *cases(waiting, None, "w", case_type="looked_after")]
    assert str(checked(week(rows, [worker("ann")])).shortage_fte) == fte


def test_a_whole_service_with_one_worker_is_short_of_whole_people():
    # Where lists of families are kept for each number of children, this takes very long.
    report = checked(week(cases(525, "ann"), [worker("ann")]))
    assert str(report.shortage_fte) == "20.0"


@pytest.mark.parametrize(
    ("over", "sizes", "fte"),
    [
        (1, (3, 2), "0.1"),  # two go: places for 2.5 children are there with 0.1 FTE
        (3, (4, 2, 2), "0.2"),  # four go, of one family or of two
        (4, (5, 3, 1), "0.2"),
        (6, (5, 5), "0.4"),  # all ten
    ],
)
def test_the_families_with_the_fewest_children_would_go(over, sizes, fte):
    families = [
        case(f"k{number}{child}", worker_id="ann", family_id=f"f{number}")
        for number, size in enumerate(sizes)
        for child in range(size)
    ]
    locked = cases(25 + over - sum(sizes), "ann", "l", locked=True)
    assert str(checked(week([*families, *locked], [worker("ann")])).shortage_fte) == fte


def test_children_who_may_wait_are_no_shortage():
    snapshot = week(cases(10, None), [worker("ann")])
    assert checked(snapshot).shortage_fte == 0


def test_the_shortage_is_told_in_the_policys_own_caps():
    policy = steady(cap={"children_per_fte": 10})
    rows = [*cases(10, "ann"), *cases(3, None, "w", case_type="looked_after")]
    assert checked(week(rows, [worker("ann")]), policy=policy).shortage_fte == Decimal("0.3")


def test_who_waits_while_somebody_has_a_place_is_not_short_of_people():
    snapshot = week(cases(3, None, case_type="looked_after"), [worker("ann")])
    assert checked(snapshot).shortage_fte == 0


def test_locked_children_over_the_cap_are_not_short_of_people():
    report = checked(week(cases(28, "ann", locked=True), [worker("ann"), worker("ben")]))
    assert report.shortage_fte == 0
    assert [breach.sentence for breach in report.breaches] == [
        "worker ann holds 28 children, 3 children more than allowed"
    ]
    assert report.why_over_cap == {"ann": "all of them are locked"}


def test_siblings_apart_take_no_place_from_children_who_wait():
    apart = [case(f"k{n}", worker_id=who, family_id="f") for n, who in enumerate(("ann", "ben"))]
    rows = [
        *apart,
        *cases(24, "ann", "a"),
        *cases(24, "ben", "b"),
        *cases(2, None, "w", case_type="looked_after"),
    ]
    # Two places are 0.1 FTE; one more for the siblings would be 0.2.
    assert checked(week(rows, [worker("ann"), worker("ben")])).shortage_fte == Decimal("0.1")


def test_who_waits_for_another_reason_would_take_the_new_places_too():
    # Ben has a place for the looked-after children, and may be given nobody this week; he may not
    # hold the enquiries.
    ben = worker("ben", max_new=0, may_hold=("looked_after",))
    rows = [
        *cases(2, None, "e", case_type="section_47"),
        *cases(2, None, "w", case_type="looked_after"),
    ]
    assert checked(week(rows, [ben])).shortage_fte == Decimal("0.2")  # 4 of 25 children
    assert checked(week(rows[2:], [ben])).shortage_fte == 0


def test_families_need_places_together():
    # One child is too many, and every family has three: two places would mend nothing.
    rows = [case(f"c{n}", worker_id="ann", family_id=f"f{n // 3}") for n in range(27)]
    assert checked(week(rows[:26], [worker("ann")])).shortage_fte == Decimal("0.1")
    assert checked(week(rows, [worker("ann", cap=26)])).shortage_fte == Decimal("0.2")


def test_tiers_add_up_weighted_goals_in_order():
    policy = steady(
        goals={
            "must_hold_waiting": {"tier": 1, "weight": 5},
            "standing_breaches": {"tier": 1, "weight": 2},
            "over_cap": {"tier": 3, "weight": 7},
            "concessions": {"tier": 1, "weight": 3},
            **{
                goal: {"tier": 2, "weight": 0}
                for goal in (
                    "churn",
                    "handover",
                    "imbalance",
                    "continuity",
                    "next_change",
                    "new_case_share",
                    "reserve",
                    "fit",
                )
            },
            "waiting": {"tier": 2, "weight": 3},
        }
    )
    rows = [
        case("s1", "section_47"),  # urgency 4
        *cases(2, "ann", "k", in_court=True),
        case("k2", in_court=True),  # comes to Ann, one family over the court limit: 20
        *cases(2, "ben", "b"),  # Ben's cap is 1
        case("w1"),  # waits next week: 10 x (7 / 56)^2 = 0.15625 cost points
    ]
    snapshot = week(rows, [worker("ann"), worker("ben", cap=1)])
    report = checked(snapshot, {"k2": "ann"}, policy)
    assert report.goal_values["waiting"] == 15
    assert report.tier_values == (5 * 4 + 3 * 20, 3 * 15, 7 * 1)


def test_breaches_come_in_order_of_rule_worker_and_case():
    rows = [
        case("z", "looked_after"),
        case("a", "looked_after"),
        *cases(26, "ben", "b"),
        *cases(26, "ann", "c"),
        case("x", "looked_after", worker_id="ill", locked=True),
    ]
    team = [worker("ben"), worker("ann"), worker("ill")]
    report = checked(week(rows, team, adjustments=[away("ill")]))
    assert [(b.rule, b.worker_id, b.case_ids) for b in report.breaches] == [
        ("absence-and-leaving", "ill", ("x",)),
        ("cap", "ann", ()),
        ("cap", "ben", ()),
        ("cap", "ill", ()),
        ("must-hold", None, ("a",)),
        ("must-hold", None, ("z",)),
    ]


def test_who_stays_whoever_else_has_places_is_not_short_of_people():
    report = checked(week(cases(26, "ann", case_type="section_47"), [worker("ann")]))
    assert report.shortage_fte == 0
    said = "they are locked, work in progress or wait for the day of a transfer"
    assert report.why_over_cap == {"ann": said}


def test_siblings_too_many_for_one_worker_are_not_mended_by_another():
    policy = steady(cap={"children_per_fte": 2})
    rows = cases(3, "ann", family_id="f")
    report = checked(week(rows, [worker("ann")]), policy=policy)
    assert report.shortage_fte == 0
    assert report.why_over_cap == {"ann": "they are siblings, more than one worker may hold"}


def test_a_type_the_team_does_not_take_is_not_mended_in_that_team():
    teams = [team("duty", accepts=("section_47",)), team("long")]
    held = cases(26, "ann", team_id="duty")
    report = checked(week(held, [worker("ann", team_ids=("duty",), cap=25)], teams=teams))
    assert report.shortage_fte == 0
    assert report.why_over_cap["ann"] == "they are of a type that their team does not take"
    # Scope gives way to a child who may not be left without a worker: another team takes it.
    waiting = cases(1, None, "w", case_type="looked_after", team_id="duty")
    short = week(waiting, [worker("ann", team_ids=("duty",))], teams=teams)
    assert checked(short).shortage_fte == Decimal("0.1")
    nowhere = week(waiting, [worker("ann", team_ids=("duty",))], teams=teams[:1])
    assert checked(nowhere).shortage_fte == 0
