"""Next week's history comes from the ledger; the week's own rows win, and never silently."""

from datetime import date, timedelta

import caseload_balancer as cb
from tests.ledger.weeks import MONDAY, child, planned, record, week, worker

WEEK = timedelta(weeks=1)


def told(spells):
    return [(one.worker_id, str(one.starts_on), str(one.ends_on or "")) for one in spells]


def spell(worker_id, since, until=None, case_id="C-1", reason=None):
    return cb.Spell(
        case_id=case_id, worker_id=worker_id, starts_on=since, ends_on=until, reason=reason
    )


def test_a_service_without_spells_gets_the_history_that_carrying_out_writes(place):
    snapshot = cb.datasets.team(seed=3)
    bare = snapshot.model_copy(update={"spells": []})
    taken = [case for case in bare.cases if case.worker_id is not None]
    other = {one.worker_id for one in bare.workers if one.holds_cases}
    changes = {
        case.case_id: min(other - {case.worker_id, *case.excluded_worker_ids})
        for case in taken[:6]
        if not case.locked
    }
    plan = planned(bare, changes)
    after = bare.after(plan)
    with cb.Ledger.open(place.where) as ledger:
        ledger.record(bare, plan)
        found = ledger.with_history(after.model_copy(update={"spells": []}))
    assert len(changes) > 2
    assert set(found.snapshot.spells) == set(after.spells)
    assert found.added == len(after.spells) == 2 * len(changes)
    assert found.contradictions == found.not_carried_out == ()
    assert any(one.rule == "from_ledger" for one in found.snapshot.remarks)


def test_a_change_that_nobody_planned_is_dated_by_the_week_that_found_it(place):
    with cb.Ledger.open(place.where) as ledger:
        record(ledger, week({"C-1": "W-1"}))
        record(ledger, week({"C-1": "W-2"}, number=1))
        record(ledger, week({"C-1": None}, number=2))
        found = ledger.with_history(week({"C-1": "W-3"}, number=3))
        assert told(found.snapshot.spells) == [
            ("W-1", "2025-06-02", "2026-01-12"),
            ("W-2", "2026-01-12", "2026-01-19"),
            ("W-3", "2026-01-26", ""),
        ]
        assert told(ledger.spells("2026-01-12")) == [
            ("W-1", "2025-06-02", "2026-01-12"),
            ("W-2", "2026-01-12", ""),
        ]


def test_a_child_who_is_new_has_the_worker_since_then(place):
    with cb.Ledger.open(place.where) as ledger:
        record(ledger, week({"C-1": "W-1"}))
        later = week({"C-1": "W-1"}, number=1)
        known = child("C-2", "W-2", opened_on=date(2026, 1, 8))
        old = child("C-3", "W-2", opened_on=date(2020, 1, 8))
        found = ledger.with_history(later.with_cases([known, old]))
    assert [(one.case_id, str(one.starts_on)) for one in found.snapshot.spells] == [
        ("C-2", "2026-01-08"),
        ("C-3", "2026-01-12"),
    ]


def test_a_spell_is_not_made_up_for_who_was_always_there(place):
    with cb.Ledger.open(place.where) as ledger:
        for number in range(3):
            record(ledger, week({"C-1": "W-1"}, number=number))
        later = week({"C-1": "W-1"}, number=3)
        assert ledger.with_history(later).snapshot == later
        assert ledger.spells() == ()


def test_a_file_that_lost_its_history_gets_it_back(place):
    own = [spell("W-2", "2024-03-04", "2025-02-03", reason="LEFTRL"), spell("W-1", "2025-02-03")]
    with cb.Ledger.open(place.where) as ledger:
        record(ledger, week({"C-1": "W-1"}, spells=own))
        bare = week({"C-1": "W-1"}, number=1)
        found = ledger.with_history(bare)
        assert set(found.snapshot.spells) == set(own)
        assert found.added == 2
        short = week({"C-1": "W-1"}, number=1, spells=own[1:])
        assert set(ledger.with_history(short).snapshot.spells) == set(own)
        assert ledger.with_history(short).contradictions == ()


def test_the_weeks_own_rows_win_and_it_is_said(place):
    with cb.Ledger.open(place.where) as ledger:
        record(ledger, week({"C-1": "W-1"}, spells=[spell("W-1", "2025-06-02")]))
        own = [spell("W-3", "2025-09-01", "2025-12-01"), spell("W-1", "2025-12-01")]
        found = ledger.with_history(week({"C-1": "W-1"}, number=1, spells=own))
    assert told(found.snapshot.spells_by_case["C-1"]) == [
        ("W-1", "2025-06-02", "2025-09-01"),
        *told(own),
    ]
    own = [spell("W-1", "2025-11-03")]
    with cb.Ledger.open(place.where) as ledger:
        found = ledger.with_history(week({"C-1": "W-1"}, number=1, spells=own))
    assert told(found.snapshot.spells) == told(own)
    (sentence,) = found.contradictions
    assert sentence == (
        "C-1: the ledger has it with W-1 since 2025-06-02, and the week that it began on 2025-11-03"
    )
    said = [one for one in found.snapshot.remarks if one.rule == "ledger_contradicts"]
    assert [one.is_warning for one in said] == [True]


def test_a_date_within_the_week_is_no_contradiction(place):
    with cb.Ledger.open(place.where) as ledger:
        record(ledger, week({"C-1": "W-1"}), {"C-1": "W-2"})
        record(ledger, week({"C-1": "W-2"}, number=1))
        own = [spell("W-1", "2025-06-02", "2026-01-08"), spell("W-2", "2026-01-08")]
        found = ledger.with_history(week({"C-1": "W-2"}, number=2, spells=own))
    assert found.contradictions == ()
    assert set(found.snapshot.spells) == set(own)


def test_a_completed_week_is_completed_already(place):
    with cb.Ledger.open(place.where) as ledger:
        record(ledger, week({"C-1": "W-1", "C-2": "W-1"}), {"C-1": "W-2"})
        first = ledger.with_history(week({"C-1": "W-2", "C-2": "W-3"}, number=1)).snapshot
        again = ledger.with_history(first)
        assert again.snapshot == first
        assert (again.added, again.contradictions) == (0, ())


def test_a_week_that_is_planned_again_sees_the_same_past(place):
    later = week({"C-1": "W-2"}, number=1)
    with cb.Ledger.open(place.where) as ledger:
        record(ledger, week({"C-1": "W-1"}))
        first = ledger.with_history(later).snapshot
        record(ledger, later)
        record(ledger, week({"C-1": "W-3"}, number=2))
        assert ledger.with_history(later).snapshot == first
        assert not record(ledger, later).is_new


def test_a_case_that_closed_and_came_back_has_both_spells(place):
    with cb.Ledger.open(place.where) as ledger:
        record(ledger, week({"C-1": "W-1", "C-2": "W-1"}))
        record(ledger, week({"C-1": "W-2", "C-2": "W-1"}, number=1))
        record(ledger, week({"C-2": "W-1"}, number=2))
        record(ledger, week({"C-2": "W-1"}, number=3))
        assert told(ledger.spells())[-1] == ("W-2", "2026-01-12", "2026-01-19")
        found = ledger.with_history(week({"C-1": "W-3", "C-2": "W-1"}, number=4))
    assert told(found.snapshot.spells)[1:] == [
        ("W-2", "2026-01-12", "2026-01-19"),
        ("W-3", "2026-02-02", ""),
    ]


def test_what_was_planned_and_not_carried_out_is_said(place):
    with cb.Ledger.open(place.where) as ledger:
        record(ledger, week({"C-1": "W-1", "C-2": "W-1", "C-3": "W-2"}), {"C-1": "W-2"})
        second = week({"C-1": "W-1", "C-2": "W-3", "C-3": "W-2"}, number=1)
        first, other = ledger.not_carried_out(second)
        assert (first.case_id, first.planned, first.found) == ("C-1", "W-2", "W-1")
        assert (first.change, first.since) == ("moved", MONDAY)
        assert str(first) == (
            "C-1 was planned with W-2 and is with W-1: not carried out since the week of "
            "2026-01-05."
        )
        assert str(other) == "C-2 was to stay with W-1 and is with W-3: nobody planned that."
        record(ledger, second, {"C-1": "W-2"})
        third = week({"C-1": "W-1", "C-2": "W-3"}, number=2)
        assert [one.since for one in ledger.with_history(third).not_carried_out] == [MONDAY]
        record(ledger, third, {"C-1": "W-3"})
        fourth = week({"C-1": None}, number=3)
        (missed,) = ledger.not_carried_out(fourth)
        assert missed.since == MONDAY + 2 * WEEK
        assert "and waits" in str(missed)


def test_a_week_without_anything_recorded_is_as_it_was(file):
    snapshot = week({"C-1": "W-1"})
    with cb.Ledger.open(file.where) as ledger:
        record(ledger, week({"C-1": "W-2"}, number=5))
        found = ledger.with_history(snapshot)
    assert found.snapshot is snapshot
    assert found.not_carried_out == ()


def test_who_waits_on_a_duty_desk_has_no_worker(file):
    workers = [worker("W-1"), worker("DUTY", role="manager")]
    with cb.Ledger.open(file.where) as ledger:
        record(ledger, week({"C-1": "W-1"}, workers=workers))
        found = ledger.with_history(week({"C-1": "DUTY"}, number=1, workers=workers))
    assert told(found.snapshot.spells) == [("W-1", "2025-06-02", "2026-01-12")]
