"""Limits of a worker and of the week: kept, broken, and already passed at the start."""

from decimal import Decimal

import pytest

from tests.checker.small_weeks import (
    away,
    broken,
    case,
    cases,
    checked,
    points_over,
    steady,
    value,
    week,
    worker,
)

FREE = {"limits": {"arrivals_a_week": "none"}}
"""No limit on arrivals, so that one rule is tested at a time."""


@pytest.mark.parametrize(("held", "ok"), [(24, True), (25, False)])
def test_nobody_under_the_cap_goes_over_it(held, ok):
    # The cap is 25: a 25th child may come, a 26th may not.
    snapshot = week([*cases(held, "ann"), case("new")], [worker("ann")])
    report = checked(snapshot, {"new": "ann"}, steady(**FREE))
    assert report.ok == ok
    assert [(v.rule, v.worker_id, v.amount) for v in report.violations] == (
        [] if ok else [("cap", "ann", 1)]
    )


def test_nobody_over_the_cap_goes_further_over():
    snapshot = week([*cases(27, "ann"), case("new")], [worker("ann"), worker("ben")])
    policy = steady(**FREE)
    assert broken(snapshot, policy=policy) == []
    report = checked(snapshot, {"new": "ann"}, policy)
    assert [(v.rule, v.amount, v.sentence) for v in report.violations] == [
        ("cap", 1, "worker ann is left with 28 children; 27 children would be allowed")
    ]
    # One out, one in: 27 as at the start.
    assert broken(snapshot, {"c0": "ben", "new": "ann"}, policy) == []


def test_26_at_the_start_stay_26_and_are_one_over():
    snapshot = week([*cases(26, "ann"), case("new")], [worker("ann"), worker("ben")])
    report = checked(snapshot, policy=steady(**FREE))
    assert report.ok
    assert report.goal_values["over_cap"] == 1
    (breach,) = report.breaches
    assert (breach.rule, breach.worker_id, breach.amount) == ("cap", "ann", 1)
    assert breach.sentence == "worker ann holds 26 children, 1 child more than allowed"
    mended = checked(snapshot, {"c0": "ben"}, steady(**FREE))
    assert mended.ok
    assert (mended.goal_values["over_cap"], mended.breaches) == (0, ())


def test_exactly_25_is_no_breach():
    report = checked(week(cases(25, "ann"), [worker("ann")]))
    assert (report.ok, report.breaches, report.goal_values["over_cap"]) == (True, (), 0)


def test_what_must_leave_grants_no_place_to_others():
    # Ann is away for months with 3 children: her base is the locked one alone.
    rows = [case("c1", worker_id="ann", locked=True), *cases(2, "ann", "d")]
    snapshot = week(rows, [worker("ann"), worker("ben")], adjustments=[away("ann")])
    assert broken(snapshot, {"d0": "ben", "d1": "ben"}) == []
    report = checked(snapshot, {"d0": "ben"})
    assert [(v.rule, v.amount) for v in report.violations] == [
        ("absence-and-leaving", 1),
        ("cap", 1),
    ]


def in_court(count, holder, **columns):
    return cases(count, holder, "k", in_court=True, **columns)


@pytest.mark.parametrize(("held", "over"), [(0, 0), (1, 0), (2, 1)])
def test_a_third_family_in_court_is_priced_and_named(held, over):
    snapshot = week([*in_court(held, "ann"), case("new", in_court=True)], [worker("ann")])
    report = checked(snapshot, {"new": "ann"})
    assert report.ok
    assert report.goal_values["concessions"] == 10 * 2 * over
    assert [(b.rule, b.worker_id, b.amount) for b in report.breaches] == [("court", "ann", 1)][
        :over
    ]


def given_way(snapshot, changes=None, policy=None):
    return value("concessions", snapshot, changes, policy) // 10


def test_siblings_in_court_count_as_one_family():
    family = in_court(3, "ann", family_id="f")
    snapshot = week([*family, case("new", in_court=True)], [worker("ann")])
    assert given_way(snapshot, {"new": "ann"}) == 0
    apart = [row.model_copy(update={"may_separate": True}) for row in family]
    loose = week([*apart, case("new", in_court=True)], [worker("ann")])
    # Three families at the start are over the limit of two; only the fourth is new.
    assert given_way(loose, {"new": "ann"}) == 2


def test_a_sibling_who_is_not_in_court_does_not_bring_the_court_along():
    rows = [
        *in_court(2, "ann"),
        case("c1", worker_id="ben", family_id="f", in_court=True),
        case("c2", family_id="f"),
    ]
    snapshot = week(rows, [worker("ann"), worker("ben")])
    assert given_way(snapshot, {"c2": "ann"}) == 0
    assert given_way(snapshot, {"c1": "ann"}) == 2


def test_three_in_court_at_the_start_are_named_and_only_a_fourth_is_priced():
    snapshot = week([*in_court(3, "ann"), case("new", in_court=True)], [worker("ann")])
    report = checked(snapshot)
    assert report.ok
    assert report.goal_values["concessions"] == 0
    assert court_breaches(report) == [("ann", 1, 0)]
    fourth = checked(snapshot, {"new": "ann"})
    assert fourth.goal_values["concessions"] == 10 * 2
    assert court_breaches(fourth) == [("ann", 2, 10 * 2)]


def test_nobody_is_moved_for_a_court_limit_that_was_passed_at_the_start():
    snapshot = week(in_court(3, "ann"), [worker("ann"), worker("ben")])
    assert given_way(snapshot) == given_way(snapshot, {"k0": "ben"}) == 0


def court_breaches(report):
    found = [one for one in report.breaches if one.rule == "court"]
    return [(one.worker_id, one.amount, one.price) for one in found]


HARD = {"points": {"hard_limit_percent": 120}, **FREE}


def of_points(points, case_id, holder=None):
    return case(case_id, worker_id=holder, points=Decimal(points))


def test_points_are_no_limit_unless_the_policy_makes_them_one():
    snapshot = week([of_points("500", "c1")], [worker("ann")])
    assert broken(snapshot, {"c1": "ann"}) == []
    assert value("concessions", snapshot, {"c1": "ann"}) == 0


def test_the_hard_limit_on_points():
    # 85 points are available, 120 % of them are 102.
    snapshot = week([of_points("98", "c1", "ann"), of_points("4", "c2")], [worker("ann")])
    assert value("concessions", snapshot, {"c2": "ann"}, steady(**HARD)) == 0
    over = week([of_points("98", "c1", "ann"), of_points("4.1", "c2")], [worker("ann")])
    report = checked(over, {"c2": "ann"}, steady(**HARD))
    assert (report.ok, report.goal_values["concessions"]) == (True, 1)
    assert [(b.rule, b.amount, b.sentence) for b in report.breaches] == [
        ("points-limit", 1, "worker ann holds 102.1 points, 0.1 points more than allowed")
    ]


def test_points_over_the_limit_at_the_start_are_named_and_only_more_is_priced():
    rows = [of_points("110", "c1", "ann"), of_points("1", "c2")]
    snapshot = week(rows, [worker("ann")])
    report = checked(snapshot, policy=steady(**HARD))
    assert report.ok
    assert report.goal_values["concessions"] == 0
    assert [(b.rule, b.amount, b.price, b.sentence) for b in report.breaches] == [
        # 110.0 less 102.0
        ("points-limit", 80, 0, "worker ann holds 110.0 points, 8.0 points more than allowed")
    ]
    more = checked(snapshot, {"c2": "ann"}, steady(**HARD))
    assert more.goal_values["concessions"] == 10
    assert [(b.rule, b.amount, b.price) for b in more.breaches] == [("points-limit", 90, 10)]


@pytest.mark.parametrize(
    ("columns", "tenths"),
    [
        ({}, 1020),
        ({"fte": Decimal("0.5")}, 510),
        ({"role": "asye"}, 918),  # 76.5 points
        ({"points_capacity": Decimal("40.5"), "fte": Decimal("0.5")}, 486),
        ({"points_capacity": Decimal(0)}, 0),
        # 10 x 85 x 0.333 = 283.05, rounded down to 283; 120 % of it is 339.6, rounded down.
        ({"fte": Decimal("0.333")}, 339),
    ],
)
def test_points_available(columns, tenths):
    snapshot = week([of_points("200", "c1", "ann")], [worker("ann", **columns)])
    assert points_over("ann", snapshot, policy=steady(**HARD)) == 2000 - tenths


def test_points_available_shrink_with_part_reductions_and_vanish_with_a_long_absence():
    rows = [case("c1", worker_id="ann", points=Decimal(200), locked=True)]
    half = week(rows, [worker("ann")], adjustments=[away("ann", percent=50)])
    assert points_over("ann", half, policy=steady(**HARD)) == 2000 - 510
    gone = week(rows, [worker("ann", points_capacity=Decimal(50))], adjustments=[away("ann")])
    assert points_over("ann", gone, policy=steady(**HARD)) == 2000


def waiting_cases(count, **columns):
    return [case(f"n{number}", **columns) for number in range(count)]


def all_to(worker_id, rows):
    return {row.case_id: worker_id for row in rows}


def test_max_new_counts_arriving_families_moved_or_new():
    rows = [
        case("c1", worker_id="ben"),
        case("c2", worker_id="ben", family_id="f"),
        case("c3", worker_id="ben", family_id="f"),
        case("n1"),
    ]
    snapshot = week(rows, [worker("ann", max_new=2), worker("ben")])
    two_families = {"c1": "ann", "c2": "ann", "c3": "ann"}
    assert broken(snapshot, two_families) == []
    report = checked(snapshot, {**two_families, "n1": "ann"})
    assert [(v.rule, v.worker_id, v.amount) for v in report.violations] == [("max-new", "ann", 1)]


def test_max_new_does_not_count_children_joining_a_family_the_worker_holds():
    rows = [
        case("c1", worker_id="ann", family_id="f"),
        case("c2", worker_id="ben", family_id="f"),
        case("c3", worker_id="ben"),
    ]
    snapshot = week(rows, [worker("ann", max_new=0), worker("ben")])
    assert broken(snapshot, {"c2": "ann"}) == []
    assert broken(snapshot, {"c3": "ann"}) == ["max-new"]


def test_the_move_budget_counts_children_whose_move_is_not_forced():
    rows = [
        case("c1", worker_id="ann"),
        case("c2", worker_id="ann"),
        case("asked", worker_id="ann", change_requested=True),
        case("left", worker_id="ill"),
        case("new"),
    ]
    team = [worker("ann"), worker("ben"), worker("ill")]
    snapshot = week(rows, team, adjustments=[away("ill")])
    changes = {"c1": "ben", "asked": "ben", "left": "ben", "new": "ben"}
    budget = steady(limits={"move_budget": 1, "arrivals_a_week": "none"})
    assert broken(snapshot, changes, budget) == []
    report = checked(snapshot, {**changes, "c2": "ben"}, budget)
    assert [(v.rule, v.case_ids, v.amount, v.sentence) for v in report.violations] == [
        ("move-budget", ("c1", "c2"), 1, "2 children change worker; the budget is 1")
    ]


def test_a_move_budget_of_nothing_lets_nobody_move_and_none_is_no_limit():
    snapshot = week([case("c1", worker_id="ann")], [worker("ann"), worker("ben")])
    zero = steady(limits={"move_budget": 0})
    assert broken(snapshot, policy=zero) == []
    assert broken(snapshot, {"c1": "ben"}, zero) == ["move-budget"]
    assert broken(snapshot, {"c1": "ben"}) == []
