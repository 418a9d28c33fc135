"""The goal `waiting`, with the numbers worked out by hand."""

import pytest

from tests.checker.small_weeks import (
    away,
    case,
    day,
    value,
    week,
    worker,
)

PAIR = [worker("ann"), worker("ben")]


@pytest.mark.parametrize(
    ("case_type", "waited", "cost"),
    [
        ("child_in_need", 49, 1000),  # 7 weeks and the next: (56 / 56)^2 x 10 points, one move
        ("child_in_need", 105, 4000),  # twice as long costs four times as much
        ("child_in_need", 0, 15),  # (7 / 56)^2 x 1,000 = 15.625
        ("assessment", 14, 210),  # (21 / 56)^2 x 1,500 = 210.9
        ("disability_review", 49, 500),
        ("care_leaver", 49, 800),
    ],
)
def test_waiting_costs_the_square_of_the_time_until_the_next_allocation(case_type, waited, cost):
    row = case("c1", case_type, waiting_since=day(-waited))
    assert value("waiting", week([row], PAIR)) == cost
    assert value("waiting", week([row], PAIR), {"c1": "ann"}) == 0


def test_waiting_is_counted_from_the_opening_where_nothing_else_is_known():
    opened = case("c1", opened_on=day(-49))
    assert value("waiting", week([opened], PAIR)) == 1000
    later = case("c1", opened_on=day(-300), waiting_since=day(-49))
    assert value("waiting", week([later], PAIR)) == 1000
    assert value("waiting", week([case("c1")], PAIR)) == 15


def test_a_child_who_had_a_worker_until_now_begins_to_wait():
    row = case("c1", worker_id="ann", waiting_since=day(-49))
    snapshot = week([row], PAIR, adjustments=[away("ann")])
    assert value("waiting", snapshot, {"c1": None}) == 15


def test_a_child_in_a_bucket_has_been_waiting():
    row = case("c1", worker_id="duty", waiting_since=day(-49))
    snapshot = week([row], [*PAIR, worker("duty", holds_cases=False)])
    assert value("waiting", snapshot, {"c1": None}) == 1000


def test_must_hold_children_wait_in_their_own_goal():
    rows = [case("c1", "looked_after"), case("c2", in_court=True)]
    assert value("waiting", week(rows, PAIR)) == 0
