"""Real Mondays under other policies, beside what was really done."""

from datetime import timedelta

import pytest

import caseload_balancer as cb
from tests.simulation.small_courses import MONDAY, case, worker

WEEK = timedelta(weeks=1)


def real(number, cases, workers):
    return cb.Snapshot(as_of=MONDAY + number * WEEK, cases=tuple(cases), workers=tuple(workers))


@pytest.fixture
def mondays():
    """Two children go to and fro, one comes, one closes, and a worker leaves."""
    both = [worker("W1", cap=3), worker("W2", cap=3)]
    new = case("N1", "W2", opened_on=MONDAY + timedelta(days=3))
    return [
        real(0, [case("C1", "W1"), case("C2", "W1"), case("C3", "W2")], both),
        real(1, [case("C1", "W2"), case("C2", "W1"), new], both),
        real(2, [case("C1", "W1"), case("C2", "W1"), new], both),
        real(3, [case("C1", "W1"), case("C2", "W1"), case("N1")], both[:1]),
    ]


def test_what_was_done_is_counted_as_it_was(mondays):
    found = cb.replay(reversed(mondays), ["least-moves"])
    assert found.practices == ("as it was", "least-moves")
    was = found.runs_of("as it was")[0]
    assert [week.children for week in was.weeks] == [3, 3, 3, 3]
    assert found.mean("as it was", "moves_by_choice").mean == 2
    assert found.mean("as it was", "there_and_back").mean == 1
    assert was.weeks[3].waiting_days == 7


def test_a_policy_goes_its_own_way_through_the_same_weeks(mondays):
    found = cb.replay(mondays, ["least-moves"])
    planned = found.runs_of("least-moves")[0]
    assert [week.children for week in planned.weeks] == [3, 3, 3, 3]
    assert found.mean("least-moves", "there_and_back").mean == 0
    assert planned.weeks[3].waiting_days == 0
    assert "says nothing about chance" in str(found)


def test_a_wish_stands_until_it_is_met_here(mondays):
    both = mondays[0].workers
    wish = real(0, [case("C1", "W1", change_requested=True)], both)
    met = real(1, [case("C1", "W2")], both)
    found = cb.replay([wish, met], [], practices=["do-nothing", "list"])
    assert [found.mean(name, "forced").mean for name in found.practices] == [1, 0, 1]


def test_a_replay_needs_mondays(mondays):
    with pytest.raises(cb.ArgumentError, match="snapshots must be two Mondays or more"):
        cb.replay(mondays[:1])
    with pytest.raises(cb.ArgumentError, match="snapshots must be Mondays of different dates"):
        cb.replay([mondays[0], mondays[0]])
    with pytest.raises(cb.ArgumentError, match="replay: practices item 1 is no practice 'lst'"):
        cb.replay(mondays, practices=["lst"])
    with pytest.raises(cb.ArgumentError, match="replay: two practices are called 'as it was'"):
        cb.replay(mondays, [{"name": "as it was"}])
