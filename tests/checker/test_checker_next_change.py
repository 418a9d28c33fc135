"""The goal `next_change`, with the numbers worked out by hand."""

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


def to_ben(row, ben, spells=(), policy=None, **tables):
    """Return what is certain when a case goes from nobody to Ben."""
    snapshot = week([row], [worker("ann"), ben], spells=spells, **tables)
    return value("next_change", snapshot, {row.case_id: "ben"}, policy)


def leaving(days, **columns):
    return worker("ben", leaves_on=day(days), **columns)


@pytest.mark.parametrize(
    ("weeks", "cost"),
    [
        # 10 points x the share of children in need still open; a straight line between.
        (4, 900),
        (13, 700),
        (26, 500),
        (39, 400),
        (52, 300),
        (78, 200),
        (104, 100),
        (300, 100),
    ],
)
def test_a_change_that_is_certain_costs_a_change_times_the_share_still_open(weeks, cost):
    assert to_ben(case("c1"), leaving(7 * weeks)) == cost


def test_only_whole_weeks_count():
    assert to_ben(case("c1"), leaving(13 * 7 + 6)) == 700
    # 12 weeks are 8 of 9 weeks from the 4th to the 13th: 0.9 - 0.2 x 8 / 9 = 0.7222...
    assert to_ben(case("c1"), leaving(13 * 7 - 1)) == 722


def test_it_weighs_what_a_change_weighs_for_the_child():
    # 10 x 1.5 (looked after) x 3 (court), 0.9 still open after 13 weeks.
    row = case("c1", "looked_after", in_court=True)
    assert to_ben(row, leaving(91)) == 4050
    # Child protection: 13 x 0.9; a change in the year makes it half as much again, and whoever
    # comes after Ben makes at least a third worker: (13 x 1.5 + 20) x 0.9.
    spells = [spell("c1", "zoe", -300, -200), spell("c1", "eve", -200, -1)]
    assert to_ben(case("c1", "child_protection"), leaving(91)) == 1170
    assert to_ben(case("c1", "child_protection"), leaving(91), spells) == 3555


def test_the_worker_after_this_one_is_a_third_where_there_was_one_already():
    assert to_ben(case("c1"), leaving(91), [spell("c1", "zoe", -300, -200)]) == 700 + 1400
    # Ben alone is one, and the next a second.
    assert to_ben(case("c1"), leaving(91), [spell("c1", "ben", -300, -200)]) == 700
    # Long ago: outside the window.
    assert to_ben(case("c1"), leaving(91), [spell("c1", "zoe", -900, -400)]) == 700


@pytest.mark.parametrize(("expected", "cost"), [(14, 1000), (13, 0), (0, 0)])
def test_what_is_expected_of_the_case_itself_goes_before_the_table(expected, cost):
    assert to_ben(case("c1", expected_weeks=expected), leaving(91)) == cost


def test_an_agency_worker_without_an_end_stays_as_long_as_the_policy_says():
    agency = worker("ben", "agency")
    assert to_ben(case("c1"), agency) == 500  # 26 weeks
    assert to_ben(case("c1"), agency, policy=steady(next_change={"agency_stays_weeks": 4})) == 900
    none = steady(next_change={"agency_stays_weeks": "none"})
    assert to_ben(case("c1"), agency, policy=none) == 0
    # A last day that is known goes before it, also a later one.
    assert to_ben(case("c1"), leaving(52 * 7, employment="agency")) == 300
    assert to_ben(case("c1"), worker("ben")) == 0


def test_a_long_absence_ahead_is_an_end_and_a_short_one_is_none():
    # Two weeks and more: 42 days ahead, so 6 weeks: 0.9 - 0.2 x 2 / 9 = 0.8555...
    long = away("ben", since=day(42), until=day(56))
    assert to_ben(case("c1"), worker("ben"), adjustments=[long]) == 855
    short = away("ben", since=day(42), until=day(55))
    assert to_ben(case("c1"), worker("ben"), adjustments=[short]) == 0
    # Two short ones that touch are a long one.
    halves = [away("ben", since=day(42), until=day(49)), away("ben", since=day(50), until=day(60))]
    assert to_ben(case("c1"), worker("ben"), adjustments=halves) == 855
    # The first end counts.
    assert to_ben(case("c1"), leaving(91), adjustments=[long]) == 855


def test_who_stays_is_not_charged():
    held = week([case("c1", worker_id="ben")], [worker("ann"), leaving(91)])
    assert value("next_change", held) == 0
    assert value("next_change", held, {"c1": "ann"}) == 0


def test_a_child_who_waits_is_charged_the_least_that_anybody_would_cost():
    row = case("c1")
    assert value("next_change", week([row], [leaving(91), worker("ann")])) == 0
    assert value("next_change", week([row], [leaving(91), worker("ann", "agency")])) == 500


SOON = steady(next_change={"soon": 30, "soon_weeks": 13})


@pytest.mark.parametrize(("days", "soon"), [(5 * 7, 3000), (91 - 1, 3000), (91, 0), (26 * 7, 0)])
def test_an_end_within_soon_weeks_costs_a_fixed_price_more(days, soon):
    later = to_ben(case("c1"), leaving(days))
    assert to_ben(case("c1"), leaving(days), policy=SOON) == later + soon


def test_an_end_that_is_soon_costs_that_much_whatever_the_case():
    # It ends after three weeks, before Ben goes: no change is left but the fixed price.
    brief = case("c1", expected_weeks=3)
    assert to_ben(brief, leaving(35)) == 0
    assert to_ben(brief, leaving(35), policy=SOON) == 3000
    assert to_ben(case("c1", "child_protection", in_court=True), leaving(35), policy=SOON) == (
        to_ben(case("c1", "child_protection", in_court=True), leaving(35)) + 3000
    )


def test_an_end_that_is_soon_costs_nothing_on_staying():
    snapshot = week([case("c1", worker_id="ben")], [worker("ann"), leaving(35)])
    assert value("next_change", snapshot, policy=SOON) == 0
