"""The goal `imbalance`, with the numbers worked out by hand."""

from decimal import Decimal

import pytest

from tests.checker.small_weeks import PAIR, case, steady, value, week, worker

ROUND = steady(
    points={"available_per_fte": 25, "fixed_work": 5},
    imbalance={"gap_percent": 100},
)
"""20 points a worker, a gap of 20 points: omega = 10 x 20 / (2 x 4 x 16) = 1.5625, W = 15,625."""


def of_points(points, case_id="c1", holder="ann"):
    return case(case_id, worker_id=holder, points=Decimal(points))


def test_imbalance_adds_whole_steps_of_a_square():
    # Steps of a tenth: (2q - 1) x 15,625 / 200,000 = 0.08, 0.23, 0.39, 0.55, 0.70, 0.86, 1.02,
    # 1.17, 1.33, 1.48: three round to 0 and seven to 1. (The square itself is 7.8.)
    snapshot = week([of_points(1)], PAIR)
    assert value("imbalance", snapshot, policy=ROUND) == 7


def test_a_step_of_a_half_rounds_up():
    # A gap worth 8 points makes W = 12,500; with 2.5 points the steps are 0.5, 1.5, 2.5.
    half = steady(
        points={"available_per_fte": 25, "fixed_work": 5},
        imbalance={"gap_percent": 100, "gap_worth": 8},
    )
    small = worker("ann", points_capacity=Decimal("2.5"))
    assert value("imbalance", week([of_points("0.3")], [small]), policy=half) == 1 + 2 + 3


def test_the_weight_of_the_squares_is_rounded_too():
    # Steady: omega = 10 x 85 / (2 x 4 x 21.5) = 4.941860..., W = 49,418.6, rounded to 49,419.
    # A worker of half a point: steps (2q - 1) x 49,419 / 5,000 = 9.88, 29.65, 49.42, ...
    # so rounded 10 + 30 + 49 + 69 + 89 (88.95).
    small = worker("ann", points_capacity=Decimal("0.5"))
    assert value("imbalance", week([of_points("0.5")], [small])) == 10 + 30 + 49 + 69 + 89


def test_a_worker_without_points_costs_nothing_and_an_even_share_costs_least():
    none = worker("ann", points_capacity=Decimal(0))
    assert value("imbalance", week([of_points(9)], [none, worker("ben")]), policy=ROUND) == 0
    uneven = week([of_points(9), of_points(9, "c2")], PAIR)
    apart = value("imbalance", uneven, {"c2": "ben"}, ROUND)
    together = value("imbalance", uneven, policy=ROUND)
    assert together > apart


def test_closing_the_gap_that_is_worth_a_move_is_worth_a_move():
    # 60.5 against 35 points of 85 differ by 30 % of load; one ordinary case of 4 points moves.
    rows = [
        of_points("56.5", "big"),
        of_points("35", "small", "ben"),
        case("c1", worker_id="ann"),
    ]
    snapshot = week(rows, PAIR)
    gained = value("imbalance", snapshot) - value("imbalance", snapshot, {"c1": "ben"})
    assert gained == pytest.approx(value("churn", snapshot, {"c1": "ben"}), abs=5)


def test_a_dearer_move_leaves_balance_as_it_is():
    snapshot = week([of_points(9), of_points(3, "c2", "ben")], PAIR)
    dearer = steady(churn={"move": 100})
    assert value("imbalance", snapshot, policy=dearer) == value("imbalance", snapshot)


def test_points_that_wait_cost_as_if_held_at_a_heavy_load():
    # rho = 2 x 15,625 x 110 / 100,000 = 34.375, rounded to 34; 10 tenths wait.
    assert value("imbalance", week([of_points(1, holder=None)], PAIR), policy=ROUND) == 340


def test_an_overloaded_service_raises_the_rate_of_waiting():
    # 30 points wait for 20 available: L = 150, rho = 46.875, rounded to 47; 300 tenths wait.
    one = [worker("ann")]
    assert value("imbalance", week([of_points(30, holder=None)], one), policy=ROUND) == 14100
    # Points held count towards the load of the service as well: 30 + 10 for 20.
    more = week([of_points(30, holder=None), of_points(10, "c2")], one)
    held = value("imbalance", week([of_points(10, "c2")], one), policy=ROUND)
    assert value("imbalance", more, policy=ROUND) == 300 * 63 + held  # 2 x 15,625 x 2 = 62.5


def test_the_rate_of_waiting_has_no_ceiling_and_loses_no_digit():
    # 1,000 points wait for a tenth of one: L = 1,000,000, rho = 2 x 15,625 x 10 = 312,500.
    tiny = worker("ann", points_capacity=Decimal("0.1"))
    waiting = week([of_points(1000, holder=None)], [tiny])
    assert value("imbalance", waiting, policy=ROUND) == 10_000 * 312_500


def test_without_any_points_available_the_policys_rate_stands():
    nobody = [worker("duty", holds_cases=False)]
    assert value("imbalance", week([of_points(30, holder=None)], nobody), policy=ROUND) == 10200
