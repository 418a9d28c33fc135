"""Points of a case: the table, court, siblings, overdue work, and points of its own."""

from decimal import Decimal

import pytest

from tests.checker.small_weeks import case, day, points_over, steady, week, worker

COUNTING = steady(points={"hard_limit_percent": 100})
"""Over points of a worker with no room at all is the points held, in tenths."""


def tenths(*rows, policy=COUNTING):
    held = [row.model_copy(update={"worker_id": "ann"}) for row in rows]
    full = worker("ann", points_capacity=Decimal(0))
    return points_over("ann", week(held, [full]), policy=policy)


@pytest.mark.parametrize(
    ("case_type", "points"),
    [
        ("assessment", 50),
        ("section_47", 80),
        ("child_in_need", 40),
        ("child_protection", 80),
        ("looked_after", 70),
        ("care_leaver", 30),
        ("private_fostering", 40),
        ("disability_review", 20),
        ("other", 40),
    ],
)
def test_points_of_a_type_and_four_more_in_court(case_type, points):
    assert tenths(case("c1", case_type)) == points
    assert tenths(case("c1", case_type, in_court=True)) == points + 40


@pytest.mark.parametrize(("opened", "points"), [(-363, 70), (-364, 40), (-365, 40), (0, 70)])
def test_a_looked_after_child_is_settled_after_52_weeks(opened, points):
    assert tenths(case("c1", "looked_after", opened_on=day(opened))) == points


def test_a_looked_after_child_of_unknown_start_is_not_settled_and_others_never_are():
    assert tenths(case("c1", "looked_after")) == 70
    assert tenths(case("c1", "looked_after", opened_on=day(-900), in_court=True)) == 80
    assert tenths(case("c1", "child_protection", opened_on=day(-900))) == 80


def test_points_of_its_own_replace_table_and_court():
    assert tenths(case("c1", points=Decimal("6.5"), in_court=True)) == 65


@pytest.mark.parametrize(("due", "points"), [(-1, 50), (0, 40), (1, 40)])
def test_overdue_work_is_work(due, points):
    assert tenths(case("c1", next_due_on=day(due))) == points


def test_overdue_is_added_to_points_of_its_own_too():
    assert tenths(case("c1", points=Decimal("6.5"), next_due_on=day(-1))) == 75


def test_overdue_work_is_worth_what_the_policy_says():
    policy = steady(points={"overdue": Decimal("2.5"), "hard_limit_percent": 100})
    assert tenths(case("c1", next_due_on=day(-1)), policy=policy) == 40 + 25


def sibling(case_id, case_type="child_in_need", **columns):
    return case(case_id, case_type, family_id="f", **columns)


def test_the_sibling_with_most_work_counts_in_full_and_the_others_six_tenths():
    # Child protection 8; child in need 4 x 0.6 = 2.4; looked after 7 x 0.6 = 4.2.
    rows = [sibling("c1"), sibling("c2", "child_protection"), sibling("c3", "looked_after")]
    assert tenths(*rows) == 80 + 24 + 42


def test_equals_take_the_first_id_which_shows_where_siblings_are_apart():
    rows = [
        sibling("b", worker_id="ann"),
        sibling("a", worker_id="ben"),
    ]
    team = [
        worker("ann", points_capacity=Decimal(0)),
        worker("ben", points_capacity=Decimal(1000)),
    ]
    # Child a counts in full with Ben, so b counts 2.4 points with Ann.
    assert points_over("ann", week(rows, team), policy=COUNTING) == 24


def test_the_share_is_rounded_down_and_leaves_overdue_work_whole():
    third = steady(points={"sibling_factor": Decimal("0.333"), "hard_limit_percent": 100})
    # 10 x 4 x 0.333 = 13.32, rounded down; an overdue sibling adds a whole point.
    assert tenths(sibling("c1"), sibling("c2"), policy=third) == 40 + 13
    late = sibling("c2", next_due_on=day(-1))
    assert tenths(sibling("c1"), late, policy=third) == 40 + 13 + 10


def test_siblings_with_points_of_their_own_count_them_in_full():
    rows = [sibling("c1", points=Decimal(3)), sibling("c2")]
    assert tenths(*rows) == 30 + 40  # c2 has most work and counts in full, c1 its own points
    rows = [sibling("c1", points=Decimal(9)), sibling("c2"), sibling("c3", points=Decimal(1))]
    assert tenths(*rows) == 90 + 24 + 10


def test_court_counts_before_the_sibling_share():
    # In court 4 + 4 = 8 leads; the other in court 8 x 0.6 = 4.8.
    assert tenths(sibling("c1", in_court=True), sibling("c2", in_court=True)) == 80 + 48


def test_a_child_who_may_separate_counts_in_full():
    assert tenths(sibling("c1"), sibling("c2", may_separate=True)) == 80
