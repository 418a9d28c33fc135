"""Transfers between teams: when they are due, what they cost, and until when a case stays."""

import pytest

from tests.checker.small_weeks import broken, case, cases, day, steady, team, value, week, worker

TEAMS = (team("T1", parent_id="L"), team("T2", parent_id="L"), team("T3"), team("L"))
PEOPLE = (
    worker("ann", team_ids=("T2",)),
    worker("ben", team_ids=("T1",)),
    worker("cai", team_ids=("T2",)),
    worker("dot", team_ids=("T3",)),
    worker("eve"),
)


def held_by_ann(**columns):
    return week([case("c1", worker_id="ann", **{"team_id": "T1"} | columns)], PEOPLE, teams=TEAMS)


def due(snapshot, changes=None, policy=None):
    return value("transfers_due", snapshot, changes, policy)


def test_each_child_whose_transfer_is_not_made_counts():
    snapshot = week(cases(3, "ann", team_id="T1"), PEOPLE, teams=TEAMS)
    assert due(snapshot) == 3
    assert due(snapshot, {"c0": "ben", "c1": "ben"}) == 1


def test_a_transfer_is_no_move_by_choice():
    snapshot = held_by_ann(next_due_on=day(1))
    nothing = steady(limits={"move_budget": 0})
    assert broken(snapshot, {"c1": "ben"}, nothing) == []
    assert value("churn", snapshot, {"c1": "ben"}) == 0
    assert value("handover", snapshot, {"c1": "ben"}) == 0


@pytest.mark.parametrize(
    ("columns", "count"),
    [
        ({"transfer_on": day(-30)}, 1),
        ({"transfer_on": day(0)}, 1),
        ({"transfer_on": day(1)}, 0),
        ({"team_id": None}, 0),
        ({"team_id": "T2"}, 0),
        ({"worker_id": "eve"}, 0),
        ({"worker_id": None}, 0),
        ({"locked": True}, 0),
    ],
)
def test_what_is_due(columns, count):
    row = {"worker_id": "ann", "team_id": "T1"} | columns
    assert due(week([case("c1", **row)], PEOPLE, teams=TEAMS)) == count


@pytest.mark.parametrize(
    ("scope", "holder", "dated", "count"),
    [
        ("team", "ann", None, 1),
        ("parent", "ann", None, 0),
        ("parent", "ann", day(-1), 1),
        ("parent", "dot", None, 1),
        ("service", "dot", None, 0),
        ("service", "dot", day(-1), 1),
    ],
)
def test_another_team_is_one_beyond_the_scope_or_the_one_a_day_is_given_for(
    scope, holder, dated, count
):
    row = case("c1", worker_id=holder, team_id="T1", transfer_on=dated)
    snapshot = week([row], PEOPLE, teams=TEAMS)
    assert due(snapshot, policy=steady(eligibility={"scope": scope})) == count


def test_a_dated_case_that_goes_to_a_third_team_has_moved_by_choice_and_is_due_still():
    policy = steady(eligibility={"scope": "parent"})
    snapshot = held_by_ann(transfer_on=day(0))
    assert due(snapshot, {"c1": "cai"}, policy) == 1
    assert value("churn", snapshot, {"c1": "cai"}, policy) == 1000
    assert value("churn", snapshot, {"c1": "ben"}, policy) == 0


def test_siblings_transfer_together_or_not_at_all():
    one = case("c1", worker_id="ann", team_id="T1", family_id="F")
    two = case("c2", worker_id="ann", family_id="F")
    snapshot = week([one, two], PEOPLE, teams=TEAMS)
    assert due(snapshot) == 1  # c2 has no team of its own and goes along
    assert due(snapshot, {"c1": "ben", "c2": "ben"}) == 0
    assert value("churn", snapshot, {"c1": "ben", "c2": "ben"}) == 0
    stays = two.model_copy(update={"team_id": "T2"})
    assert due(week([one, stays], PEOPLE, teams=TEAMS)) == 0
    later = two.model_copy(update={"team_id": "T1", "transfer_on": day(9)})
    assert due(week([one, later], PEOPLE, teams=TEAMS)) == 0


def test_until_its_day_a_case_stays():
    assert broken(held_by_ann(transfer_on=day(1)), {"c1": "ben"}) == ["transfers"]
    assert broken(held_by_ann(transfer_on=day(0)), {"c1": "ben"}) == []


@pytest.mark.parametrize(
    "columns",
    [
        {"change_requested": True},
        {"excluded_worker_ids": ("ann",)},
        {"worker_id": "gone"},
        {"worker_id": None},
    ],
)
def test_who_needs_another_worker_anyway_goes_to_the_new_team_at_once(columns):
    people = (*PEOPLE, worker("gone", team_ids=("T2",), leaves_on=day(1)))
    row = case("c1", **{"worker_id": "ann", "team_id": "T1", "transfer_on": day(20)} | columns)
    assert broken(week([row], people, teams=TEAMS), {"c1": "ben"}) == []


def test_a_forced_move_to_the_new_team_is_forced():
    snapshot = held_by_ann(change_requested=True)
    assert value("churn", snapshot, {"c1": "ben"}) == 0
    assert due(snapshot, {"c1": "ben"}) == 0
