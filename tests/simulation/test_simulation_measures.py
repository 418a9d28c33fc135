"""Every measure on tiny histories whose values are counted by hand."""

from datetime import timedelta

import pytest

import caseload_balancer as cb
from caseload_balancer.simulation import MEASURES
from caseload_balancer.simulation.measures import MEASURE_BY_NAME
from tests.simulation.small_courses import MONDAY, STEADY, case, run, week_of, worker


def of(found, name):
    return MEASURE_BY_NAME[name].value(found)


def test_there_and_back_is_two_moves_by_choice_and_one_child_moved_twice():
    week = week_of([case("C1", "W1")], [worker("W1"), worker("W2")])
    found = run(week, [{"C1": "W2"}, {}, {"C1": "W1"}])
    assert [of(found, name) for name in ("moves_by_choice", "moves_after_first_week")] == [2, 1]
    assert [of(found, name) for name in ("there_and_back", "moved_twice", "forced")] == [1, 1, 0]
    assert of(found, "third_workers") == of(found, "three_at_the_end") == 0


def test_a_third_worker_is_reached_once_and_counted_at_the_end():
    week = week_of([case("C1", "W1")], [worker("W1"), worker("W2"), worker("W3")])
    found = run(week, [{"C1": "W2"}, {"C1": "W3"}, {}])
    assert of(found, "third_workers") == of(found, "three_at_the_end") == 1
    assert found.open_at_the_end == 1
    assert of(found, "there_and_back") == 0


def test_a_worker_of_more_than_a_year_ago_is_not_one_of_three():
    old = cb.Spell(
        case_id="C1",
        worker_id="W9",
        starts_on=MONDAY - timedelta(days=900),
        ends_on=MONDAY - timedelta(days=400),
    )
    now = cb.Spell(case_id="C1", worker_id="W1", starts_on=MONDAY - timedelta(days=400))
    week = week_of([case("C1", "W1")], [worker("W1"), worker("W2")], spells=(old, now))
    found = run(week, [{"C1": "W2"}])
    assert of(found, "third_workers") == of(found, "three_at_the_end") == 0


def test_the_child_of_a_leaver_waits_from_the_day_after_and_is_then_a_forced_change():
    leaver = worker("W1", leaves_on=MONDAY + timedelta(days=9))
    week = week_of([case("C1", "W1"), case("C2", "W2")], [leaver, worker("W2")])
    gone = {2: {"workers": (worker("W2"),)}}
    found = run(week, [{}, {}, {}, {"C1": "W2"}], gone)
    # The last day is a Wednesday: four days without a worker, then a week.
    assert [one.waiting_days for one in found.weeks] == [0, 4, 7, 0]
    assert [of(found, name) for name in ("forced", "moves_by_choice")] == [1, 0]
    assert of(found, "must_hold_waiting_days") == 0


def test_must_hold_children_who_wait_are_counted_apart():
    cases = [case("C1", waiting_since=MONDAY), case("C2", "W1")]
    cases.append(case("C3", case_type="looked_after", waiting_since=MONDAY))
    found = run(week_of(cases, [worker("W1")]), [{}, {"C3": "W1"}])
    assert of(found, "waiting_days") == 7 * 3
    assert of(found, "must_hold_waiting_days") == 7


def test_a_wait_passes_the_last_step_once():
    since = MONDAY - timedelta(weeks=STEADY.waiting.stop_weeks - 2)
    week = week_of([case("C1", waiting_since=since)], [worker("W1")])
    found = run(week, [{}] * 5)
    assert [one.over_stop for one in found.weeks] == [0, 0, 1, 0, 0]


def test_who_waits_for_the_first_worker_is_new_and_not_moved():
    arrived = case("N1", opened_on=MONDAY + timedelta(days=4))
    before = cb.Spell(
        case_id="N1", worker_id="X1", starts_on=MONDAY, ends_on=MONDAY + timedelta(days=4)
    )
    events = {1: {"arrived": (arrived,), "spells": (before,)}}
    found = run(week_of([case("C1", "W1")], [worker("W1")]), [{}, {"N1": "W1"}], events)
    assert [one.new for one in found.weeks] == [0, 1]
    assert of(found, "forced") == of(found, "moves_by_choice") == 0
    assert [one.children for one in found.weeks] == [1, 2]


def test_a_request_is_a_change_that_was_asked_for_and_siblings_go_along():
    cases = [
        case("C1", "W1", family_id="F1", change_requested=True),
        case("C2", "W1", family_id="F1"),
    ]
    found = run(week_of(cases, [worker("W1"), worker("W2")]), [{"C1": "W2", "C2": "W2"}])
    assert [of(found, name) for name in ("forced", "moves_by_choice")] == [2, 0]


def test_a_transfer_to_another_team_is_no_move_by_choice():
    teams = (cb.Team(team_id="T1"), cb.Team(team_id="T2"))
    workers = [worker("W1", team_ids=("T1",)), worker("W2", team_ids=("T2",))]
    week = week_of([case("C1", "W1", team_id="T1")], workers, teams=teams)
    events = {1: {"updates": {"C1": {"team_id": "T2"}}}}
    found = run(week, [{}, {}, {"C1": "W2"}], events)
    assert [of(found, name) for name in ("forced", "moves_by_choice")] == [1, 0]


def test_over_the_cap_spread_and_heaviest():
    cases = [case(f"C{number}", "W1") for number in range(3)] + [case("C9", "W2")]
    week = week_of(cases, [worker("W1", cap=2), worker("W2")])
    found = run(week, [{}, {}])
    # 85 points each; a child in need is 4.
    assert of(found, "over_cap") == 2
    assert of(found, "heaviest") == pytest.approx(100 * 12 / 85)
    assert of(found, "spread") == pytest.approx(100 * 4 / 85)


def test_who_leaves_within_a_quarter_is_not_part_of_the_spread():
    soon = worker("W2", leaves_on=MONDAY + timedelta(weeks=12))
    found = run(week_of([case("C1", "W1")], [worker("W1"), soon]), [{}])
    assert of(found, "spread") == 0


def test_agency_share_and_arrivals():
    cases = [case("C1", "W1"), case("C2"), case("C3")]
    agency = worker("W2", employment="agency")
    found = run(week_of(cases, [worker("W1"), agency]), [{"C2": "W2", "C3": "W2"}, {}])
    assert of(found, "agency_share") == pytest.approx(100 * 2 / 3)
    assert of(found, "arrivals") == pytest.approx(2 / 4)
    assert of(found, "arrivals_at_most") == 2


def test_every_measure_has_words_a_unit_and_its_own_name():
    assert len(MEASURE_BY_NAME) == len(MEASURES)
    assert len({measure.words for measure in MEASURES}) == len(MEASURES)
    assert all(measure.words and measure.unit for measure in MEASURES)
