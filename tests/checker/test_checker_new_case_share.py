"""The goal `new_case_share`, with the numbers worked out by hand."""

from decimal import Decimal

import pytest

from tests.checker.small_weeks import PAIR, away, case, cases, spell, steady, value, week, worker

FREE = steady(limits={"arrivals_a_week": "none", "arrivals_a_week_asye": "none"})
RECENT = [spell("x1", "ann", -27), spell("x1", "ann", -3), spell("x2", "ann", -1, -1)]
"""Two cases in the last 28 days, one of them in two spells."""


def share(receiver, count, spells=RECENT, **tables):
    rows = cases(count, None, "n")
    snapshot = week(rows, [receiver], spells=spells, **tables)
    return value("new_case_share", snapshot, {row.case_id: "ann" for row in rows}, FREE)


def test_each_new_family_costs_more_the_more_were_given_lately():
    assert share(worker("ann"), 0) == 0
    assert share(worker("ann"), 1) == 100  # 0.5 x 2
    assert share(worker("ann"), 2) == 100 + 150
    assert share(worker("ann"), 2, spells=()) == 0 + 50


@pytest.mark.parametrize(("begun", "cost"), [(-27, 50), (-28, 0)])
def test_new_cases_of_the_last_four_weeks_count(begun, cost):
    assert share(worker("ann"), 1, [spell("x1", "ann", begun)]) == cost


def test_part_time_and_newly_qualified_workers_have_a_smaller_share():
    assert share(worker("ann", fte=Decimal("0.5")), 2) == 200 + 300
    # 0.5 x 2 / 0.6 = 1.666..., rounded down to hundredths; 0.5 x 3 / 0.6 = 2.5.
    assert share(worker("ann", role="asye"), 2) == 166 + 250
    assert share(worker("ann"), 1, adjustments=[away("ann", percent=75)]) == 400


def test_next_to_no_time_counts_as_a_tenth():
    assert share(worker("ann", fte=Decimal("0.05"), cap=9), 2, spells=()) == 0 + 500
    assert share(worker("ann", fte=Decimal("0.2"), cap=9), 2, spells=()) == 0 + 250


def test_families_who_arrive_are_shared_out_and_siblings_who_join_are_not():
    rows = [
        case("c1", worker_id="ben"),
        case("c2", worker_id="ann", family_id="f"),
        case("c3", family_id="f"),
    ]
    snapshot = week(rows, PAIR, spells=RECENT)
    assert value("new_case_share", snapshot, {"c3": "ann"}) == 0
    assert value("new_case_share", snapshot, {"c1": "ann", "c3": "ann"}) == 100


def test_siblings_who_are_new_are_one_family():
    rows = cases(2, None, "n", family_id="f")
    snapshot = week(rows, PAIR, spells=RECENT)
    assert value("new_case_share", snapshot, {"n0": "ann", "n1": "ann"}) == 100
