"""The goal `reserve`, with the numbers worked out by hand."""

import pytest

from tests.checker.small_weeks import case, cases, day, value, week, worker


def came(count, holder, days=-10):
    """Return must-hold children who came of late."""
    return [
        case(f"m{n}", "child_protection", worker_id=holder, opened_on=day(days))
        for n in range(count)
    ]


def kept_for(count, ann_more, *, days=-10, role="social_worker", changes=None):
    """Return the goal: children who came are with Ben; Ann holds eight and `ann_more`."""
    rows = [*came(count, "ben", days), *cases(8 + ann_more, "ann")]
    team = [worker("ann", cap=10, role=role), worker("ben", cap=count)]
    return value("reserve", week(rows, team), changes)


def test_a_child_in_a_kept_place_costs_its_price():
    assert kept_for(7, 1) == 0
    assert kept_for(7, 2) == 1500


@pytest.mark.parametrize(("count", "cost"), [(6, 0), (7, 1500), (19, 1500)])
def test_places_are_the_children_of_an_ordinary_week_halves_rounded_up(count, cost):
    assert kept_for(count, 2) == cost


@pytest.mark.parametrize(("days", "cost"), [(-90, 1500), (-91, 0)])  # 13 weeks are 91 days
def test_only_who_came_within_the_weeks_counts(days, cost):
    assert kept_for(7, 2, days=days) == cost


def test_the_newly_qualified_keep_no_place():
    rows = [*came(7, "ben"), *cases(10, "ann")]
    team = [worker("ann", cap=10, role="asye"), worker("ben", cap=8)]
    assert value("reserve", week(rows, team)) == 0
