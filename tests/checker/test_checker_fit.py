"""The goal `fit`, with the numbers worked out by hand."""

import pytest

from tests.checker.small_weeks import PAIR, case, checked, day, spell, team, value, week, worker


def fit(row, receiver, **tables):
    return value("fit", week([row], [receiver], **tables), {"c1": receiver.worker_id})


@pytest.mark.parametrize(
    ("here", "there", "cost"),
    [("north", "south", 100), ("north", "north", 0), (None, "south", 0), ("north", None, 0)],
)
def test_another_area_costs_a_point_where_both_are_known(here, there, cost):
    assert fit(case("c1", area=here), worker("ann", area=there)) == cost


def test_each_need_that_is_not_met_costs_four_points():
    row = case("c1", needs=("polish", "sign language"))
    assert fit(row, worker("ann")) == 800
    assert fit(row, worker("ann", skills=("polish", "urdu"))) == 400
    assert fit(row, worker("ann", skills=("sign language", "polish"))) == 0
    assert fit(case("c1", needs=("polish", "polish")), worker("ann")) == 400


def test_case_and_blanks_make_no_other_need_and_no_other_area():
    row = case("c1", needs=("urdu", "Urdu", "sign  language"), area="REDDITCH")
    assert fit(row, worker("ann", skills=("URDU",), area="Redditch")) == 400
    assert fit(row, worker("ann", skills=("Sign Language", "Urdu"), area="redditch")) == 0


def test_each_scope_step_costs_four_points():
    teams = [team("l"), team("t1", parent_id="l"), team("t2", parent_id="l"), team("far")]
    row = case("c1", team_id="t1")
    for receiver_team, cost in (("t1", 0), ("t2", 400), ("far", 800)):
        assert fit(row, worker("ann", team_ids=(receiver_team,)), teams=teams) == cost


def test_a_change_that_was_asked_for_and_not_made_costs_sixty_points():
    snapshot = week([case("c1", worker_id="ann", change_requested=True)], PAIR)
    assert value("fit", snapshot) == 6000
    assert value("fit", snapshot, {"c1": "ben"}) == 0
    # Nobody to change from: a request on a new case costs nothing.
    assert fit(case("c1", change_requested=True), worker("ann")) == 0


@pytest.mark.parametrize(
    ("columns", "since", "before", "cost"),
    [
        # Asked on or after the day the worker came: still to be met. Before that: met.
        ({"change_requested_on": day(-50)}, -50, "zoe", 6000),
        ({"change_requested_on": day(-51)}, -50, "zoe", 0),
        ({"change_requested": True, "change_requested_on": day(-51)}, -50, "zoe", 0),
        ({"change_requested_on": day(-51)}, None, "zoe", 6000),
        # Without a date: a change of less than four weeks ago was the one asked for.
        ({"change_requested": True}, -27, "zoe", 0),
        ({"change_requested": True}, -28, "zoe", 6000),
        ({"change_requested": True}, -27, "ann", 6000),  # no change at all: a spell written twice
        ({"change_requested": True}, None, "zoe", 6000),
        ({}, -50, "zoe", 0),
    ],
)
def test_a_wish_is_met_once(columns, since, before, cost):
    spells = [spell("c1", before, -300, -100)]
    spells += [] if since is None else [spell("c1", "ann", since)]
    snapshot = week([case("c1", worker_id="ann", **columns)], PAIR, spells=spells)
    assert value("fit", snapshot) == cost


def test_who_waits_fits_nobody():
    row = case("c1", area="north", needs=("polish",), change_requested=True)
    assert checked(week([row], [worker("ann", area="south")])).goal_values["fit"] == 0


def test_everything_a_match_lacks_adds_up():
    row = case("c1", area="north", needs=("polish",), team_id="t1")
    assert fit(row, worker("ann", area="south", team_ids=("t2",))) == 100 + 400 + 800
