"""The goal `churn`, with the numbers worked out by hand."""

import pytest

from tests.checker.small_weeks import (
    away,
    case,
    day,
    spell,
    steady,
    value,
    week,
    worker,
)

PAIR = [worker("ann"), worker("ben")]


def churn(row, spells=(), policy=None):
    """Return the churn when a case goes from Ann to Ben."""
    held = row.model_copy(update={"worker_id": "ann"})
    return value("churn", week([held], PAIR, spells=spells), {"c1": "ben"}, policy)


@pytest.mark.parametrize(
    ("case_type", "in_court", "cost"),
    [
        ("child_in_need", False, 1000),
        ("child_protection", False, 1300),
        ("section_47", False, 1300),
        ("looked_after", False, 1500),
        ("child_in_need", True, 3000),
        ("looked_after", True, 4500),
    ],
)
def test_a_move_costs_ten_points_times_type_and_court(case_type, in_court, cost):
    assert churn(case("c1", case_type, in_court=in_court)) == cost


def test_nobody_moves_nothing_costs():
    snapshot = week([case("c1", worker_id="ann"), case("c2")], PAIR)
    assert value("churn", snapshot) == 0
    assert value("churn", snapshot, {"c2": "ben"}) == 0


def test_forced_moves_cost_nothing():
    asked = case("c1", change_requested=True)
    assert churn(asked) == 0
    left = week([case("c1", worker_id="ann")], PAIR, adjustments=[away("ann")])
    assert value("churn", left, {"c1": "ben"}) == 0


def test_a_short_absence_does_not_force_a_move():
    row = case("c1", worker_id="ann")
    snapshot = week([row], PAIR, adjustments=[away("ann", until=day(3))])
    assert value("churn", snapshot, {"c1": "ben"}) == 1000


def test_a_third_worker_in_twelve_months_costs_twenty_points_more():
    # One change (x 1.5), and Ben is the third worker: 13 x 3 x 1.5 + 20.
    row = case("c1", "child_protection", in_court=True)
    spells = [spell("c1", "zoe", -200, -100), spell("c1", "ann", -100)]
    assert churn(row, spells) == 7850


def test_two_workers_need_no_spell_of_the_holder():
    # Zoe's spell and today's holder make two; spells alone show no change.
    assert churn(case("c1"), [spell("c1", "zoe", -200, -100)]) == 1000 + 2000


def test_going_back_to_a_known_worker_costs_a_fifth_however_long_ago():
    old = [spell("c1", "ben", -2000, -1900)]
    assert churn(case("c1"), old) == 200
    # Ben -> Zoe -> Ann are two recent changes: 10 x 1.5^2 x 0.2.
    back = [spell("c1", "ben", -300, -200), spell("c1", "zoe", -200, -90), spell("c1", "ann", -90)]
    assert churn(case("c1"), back) == 450


@pytest.mark.parametrize(("begun", "cost"), [(-364, 1500 + 2000), (-365, 1000 + 2000)])
def test_a_change_counts_when_the_later_spell_began_within_the_window(begun, cost):
    spells = [spell("c1", "zoe", -500, -100), spell("c1", "ann", begun)]
    assert churn(case("c1"), spells) == cost


@pytest.mark.parametrize(("ended", "cost"), [(-364, 3000), (-365, 1000), (None, 3000)])
def test_a_worker_counts_while_the_spell_runs_or_ended_within_the_window(ended, cost):
    assert churn(case("c1"), [spell("c1", "zoe", -700, ended)]) == cost


def test_spells_of_one_worker_in_a_row_are_no_change():
    spells = [spell("c1", "ann", -200, -100), spell("c1", "ann", -100)]
    assert churn(case("c1"), spells) == 1000


def test_at_most_four_changes_count():
    # Five changes among six spells of Ann and Zoe; 10 x 1.5^4 = 50.625, and Ben is the third.
    spells = [
        spell("c1", who, -60 + 10 * n, -50 + 10 * n)
        for n, who in enumerate(("zoe", "ann", "zoe", "ann", "zoe", "ann"))
    ]
    assert churn(case("c1"), spells) == 5062 + 2000
    assert churn(case("c1"), spells, steady(churn={"changes_counted_at_most": 5})) == 7593 + 2000


def test_spells_that_begin_together_are_taken_in_order_of_worker():
    # Zoe, then on one day Ann and Zoe: Zoe -> Ann -> Zoe are two changes, in either row order.
    spells = [
        spell("c1", "zoe", -200, -100),
        spell("c1", "zoe", -100, -50),
        spell("c1", "ann", -100),
    ]
    assert churn(case("c1"), spells) == 2250 + 2000
    assert churn(case("c1"), spells[::-1]) == 2250 + 2000


def test_spells_with_a_bucket_count_for_nothing():
    duty = worker("duty", holds_cases=False)
    row = case("c1", worker_id="ann")
    spells = [spell("c1", "duty", -200, -100), spell("c1", "ann", -100)]
    snapshot = week([row], [*PAIR, duty], spells=spells)
    assert value("churn", snapshot, {"c1": "ben"}) == 1000


def test_spells_of_another_case_count_for_nothing():
    assert churn(case("c1"), [spell("c2", "ben", -100), spell("c2", "zoe", -90)]) == 1000
