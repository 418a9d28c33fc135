"""The goal `handover`, with the numbers worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest

from tests.checker.small_weeks import PAIR, case, day, steady, value, week, worker


def handover(due, as_of=date(2026, 3, 2), policy=None):
    row = case("c1", worker_id="ann", next_due_on=due)
    return value("handover", week([row], PAIR, as_of=as_of), {"c1": "ben"}, policy)


@pytest.mark.parametrize(
    ("due", "cost"),
    [
        (None, 0),
        (day(-10), 500),
        (day(-1), 500),  # overdue: all five days
        (day(0), 500),  # due today: no working day is left
        (day(2), 300),  # Monday and Tuesday are left
        (day(4), 100),
        (day(5), 0),  # Saturday: Monday to Friday are left
        (day(7), 0),
        (day(60), 0),
    ],
)
def test_a_handover_takes_five_working_days(due, cost):
    assert handover(due) == cost


@pytest.mark.parametrize(
    ("as_of", "due", "cost"),
    [
        # Monday 22 December: 22, 23 and 24 are left before 25 and 26, bank holidays.
        (date(2025, 12, 22), date(2025, 12, 26), 200),
        (date(2025, 12, 22), date(2025, 12, 29), 200),
        (date(2025, 12, 22), date(2025, 12, 30), 100),
        # 1 January is one, 2 January is none in England.
        (date(2025, 12, 29), date(2026, 1, 3), 100),
        # 26 December 2026 is a Saturday, kept on Monday 28.
        (date(2026, 12, 28), date(2026, 12, 30), 400),
        # Good Friday and Easter Monday.
        (date(2026, 4, 2), date(2026, 4, 9), 200),
        # 30 November is a holiday in Scotland only.
        (date(2026, 11, 30), date(2026, 12, 1), 400),
    ],
)
def test_bank_holidays_are_no_working_days(as_of, due, cost):
    assert handover(due, as_of) == cost


def test_handover_rates_are_the_policys():
    policy = steady(handover={"slip_working_days": 8, "per_day": Decimal("0.25")})
    assert handover(day(7), policy=policy) == 75  # 8 - 5 = 3 days at a quarter of a point
    assert handover(day(-1), policy=policy) == 200


def test_only_unforced_moves_are_handovers_that_cost():
    row = case("c1", worker_id="ann", next_due_on=day(0), change_requested=True)
    snapshot = week([row, case("c2", next_due_on=day(0))], PAIR)
    assert value("handover", snapshot, {"c1": "ben", "c2": "ben"}) == 0
    assert value("handover", snapshot) == 0


def test_a_child_who_may_wait_and_stays_to_the_last_day_has_no_handover():
    leaver = worker("ann", leaves_on=day(6))
    snapshot = week([case("c1", worker_id="ann")], [leaver, worker("ben")])
    assert value("handover", snapshot) == 4000
    assert value("standing_breaches", snapshot) == 0
    assert value("handover", snapshot, {"c1": "ben"}) == 0
    must = week([case("c1", "child_protection", worker_id="ann")], [leaver, worker("ben")])
    assert value("handover", must) == 0
    assert value("standing_breaches", must) == 1
