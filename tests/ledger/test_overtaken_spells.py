"""Spells exported before the cases: the ledger saw the child go, says so and believes the cases."""

from datetime import timedelta

import pytest

import caseload_balancer as cb
from tests.ledger.test_with_history import spell, told
from tests.ledger.weeks import MONDAY, planned, record, week, worker

OLD = [spell("W-1", "2025-06-02")]
"""What a spells table says that has not heard of the move."""


def overtaken(found):
    return [one.message for one in found.snapshot.remarks if one.rule == "spell_overtaken"]


def test_a_planned_move_is_dated_by_its_plan_and_said(place):
    with cb.Ledger.open(place.where) as ledger:
        record(ledger, week({"C-1": "W-1"}, spells=OLD), {"C-1": "W-2"})
        found = ledger.with_history(week({"C-1": "W-2"}, number=1, spells=OLD))
    assert told(found.snapshot.spells) == [
        ("W-1", "2025-06-02", "2026-01-05"),
        ("W-2", "2026-01-05", ""),
    ]
    (sentence,) = found.contradictions
    assert sentence == (
        "C-1: the week's spells have it with W-1 since 2025-06-02, its cases have it with W-2, and "
        "the ledger saw it go from W-1"
    )
    (message,) = overtaken(found)
    assert message.endswith("the spells are older than the cases. Export both on one day.")
    assert "own row was kept" not in message
    assert found.added == 2


def test_so_is_it_in_the_weeks_after_for_as_long_as_the_spells_say_it(place):
    with cb.Ledger.open(place.where) as ledger:
        record(ledger, week({"C-1": "W-1"}, spells=OLD))
        for number in (1, 2, 3):
            later = week({"C-1": "W-2"}, number=number, spells=OLD)
            found = ledger.with_history(later)
            assert told(found.snapshot.spells) == [
                ("W-1", "2025-06-02", "2026-01-12"),
                ("W-2", "2026-01-12", ""),
            ]
            assert len(found.contradictions) == 1
            record(ledger, later)
        on = week({"C-1": "W-3"}, number=4, spells=OLD)
        assert told(ledger.with_history(on).snapshot.spells)[1:] == [
            ("W-2", "2026-01-12", "2026-02-02"),
            ("W-3", "2026-02-02", ""),
        ]
        whole = [spell("W-1", "2025-06-02", "2026-01-08"), spell("W-2", "2026-01-08")]
        found = ledger.with_history(week({"C-1": "W-2"}, number=4, spells=whole))
        assert (found.contradictions, set(found.snapshot.spells)) == ((), set(whole))


@pytest.mark.parametrize(("moved", "since"), [({}, "2026-01-12"), ({"C-1": "W-2"}, "2026-01-05")])
def test_a_ledger_that_recorded_such_a_spell_still_saw_the_move(file, monkeypatch, moved, since):
    with cb.Ledger.open(file.where) as ledger:
        record(ledger, week({"C-1": "W-1"}, spells=OLD), moved)
        second = week({"C-1": "W-2"}, number=1, spells=OLD)
        with monkeypatch.context() as older:  # an older version kept the week's own row
            older.setattr(
                "caseload_balancer.ledger.completing.up_to_date", lambda own, *_: (own, None)
            )
            ledger.record(second, planned(second))
        assert [one.worker_id for one in ledger.spells()] == ["W-1"]
        found = ledger.with_history(week({"C-1": "W-2"}, number=2, spells=OLD))
    assert told(found.snapshot.spells) == [("W-1", "2025-06-02", since), ("W-2", since, "")]
    assert len(overtaken(found)) == 1


def test_a_child_who_waits_now_has_nobodys_spell(file):
    with cb.Ledger.open(file.where) as ledger:
        record(ledger, week({"C-1": "W-1"}, spells=OLD))
        found = ledger.with_history(week({"C-1": None}, number=1, spells=OLD))
    assert told(found.snapshot.spells) == [("W-1", "2025-06-02", "2026-01-12")]
    assert "its cases have it waiting" in found.contradictions[0]


@pytest.mark.parametrize(
    ("spells", "holders"),
    [
        ([spell("W-3", "2025-06-02")], ["W-1", "W-2"]),  # the ledger never saw W-3 there
        ([spell("W-2", "2025-06-02")], ["W-1", "W-1"]),  # nor any move
        ([spell("W-1", "2025-06-02", "2026-01-08"), spell("W-2", "2026-01-08")], ["W-1", "W-1"]),
        ([spell("W-1", "2026-01-07")], ["W-1", "W-2"]),  # begun since: newer than what it saw
        ([*OLD, spell("W-3", "2025-09-01")], ["W-1", "W-2"]),  # two that run
    ],
)
def test_what_the_ledger_did_not_see_is_left_as_it_is(file, spells, holders):
    before, now = holders
    with cb.Ledger.open(file.where) as ledger:
        record(ledger, week({"C-1": before}))
        found = ledger.with_history(week({"C-1": now}, number=1, spells=spells))
    assert overtaken(found) == []
    assert {one.worker_id for one in found.snapshot.spells if one.ends_on is None} == {
        one.worker_id for one in spells if one.ends_on is None
    }


def test_a_worker_who_manages_now_keeps_the_spell(file):
    manages = [worker("W-1", role="manager"), worker("W-2")]
    with cb.Ledger.open(file.where) as ledger:
        record(ledger, week({"C-1": "W-1"}, spells=OLD))
        for number in (1, 2):
            later = week({"C-1": "W-1"}, number=number, spells=OLD, workers=manages)
            found = ledger.with_history(later)
            assert told(found.snapshot.spells) == told(OLD)
            assert found.contradictions == ()
            record(ledger, later)


def test_a_completed_week_says_it_once(file):
    with cb.Ledger.open(file.where) as ledger:
        record(ledger, week({"C-1": "W-1"}, spells=OLD))
        first = ledger.with_history(week({"C-1": "W-2"}, number=1, spells=OLD)).snapshot
        again = ledger.with_history(first)
        assert (again.snapshot, again.contradictions, again.added) == (first, (), 0)
        assert first.as_of == MONDAY + timedelta(weeks=1)
