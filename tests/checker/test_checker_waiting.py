"""The goal `waiting`, with the numbers worked out by hand."""

import pytest

from tests.checker.small_weeks import PAIR, away, case, day, spell, steady, value, week, worker


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


def test_nobody_waits_from_before_they_came_or_lost_their_last_worker():
    spells = [spell("c1", "zoe", -900, -200), spell("c1", "ann", -200, -49)]
    for columns in ({"opened_on": day(-900)}, {"waiting_since": day(-300)}):
        snapshot = week([case("c1", **columns)], PAIR, spells=spells)
        assert value("waiting", snapshot) == 1000
    early = case("c1", opened_on=day(-49), waiting_since=day(-300))
    assert value("waiting", week([early], PAIR)) == 1000
    late = case("c1", waiting_since=day(0))
    assert value("waiting", week([late], PAIR, spells=spells)) == 15


def test_a_wait_counts_at_most_a_year():
    # 52 weeks are 6.5 times eight: 42.25 moves.
    for waited in (357, 358, 5_000):
        row = case("c1", waiting_since=day(-waited))
        assert value("waiting", week([row], PAIR)) == 42_250
    assert value("waiting", week([case("c1", waiting_since=day(-356))], PAIR)) < 42_250


def test_a_child_of_a_worker_who_has_left_waits_since_the_last_day():
    snapshot = week([case("c1", worker_id="ann")], [worker("ann", leaves_on=day(-49))])
    assert value("waiting", snapshot, {"c1": None}) == 1000


def test_a_dearer_move_makes_no_wait_dearer():
    row = case("c1", waiting_since=day(-49))
    assert value("waiting", week([row], PAIR), policy=steady(churn={"move": 100})) == 1000


def test_a_child_in_a_bucket_has_been_waiting():
    row = case("c1", worker_id="duty", waiting_since=day(-49))
    snapshot = week([row], [*PAIR, worker("duty", holds_cases=False)])
    assert value("waiting", snapshot, {"c1": None}) == 1000


def test_must_hold_children_wait_in_their_own_goal():
    rows = [case("c1", "looked_after"), case("c2", in_court=True)]
    assert value("waiting", week(rows, PAIR)) == 0
