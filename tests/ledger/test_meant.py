"""Nobody is held to a plan that nobody has seen: to what was published or decided alone."""

import pytest

import caseload_balancer as cb
from caseload_balancer.plan.rows import Agreed
from tests.ledger.test_with_history import told
from tests.ledger.weeks import MONDAY, planned, record, week

HELD = {"C-1": "W-1", "C-2": "W-1", "C-3": None}
"""Published: C-1 to W-2. Then C-1 is decided about, and a plan around that moves C-2 to W-3."""


def decide(ledger, decision, worker_id="W-2", *, agreed=None, files=None):
    snapshot = week(HELD)
    plan = planned(snapshot, {"C-1": "W-2"})
    one = Agreed(case_id="C-1", decision=decision, worker_id=worker_id)
    around = planned(snapshot, {"C-2": "W-3", **(agreed or {})}, agreed=[one])
    if ledger.run(MONDAY) is None:
        ledger.record(snapshot, plan)
    ledger.decide(snapshot, plan, around, files=files)


def missed(ledger, **found):
    later = {**HELD, **{f"C-{name[1:]}": worker for name, worker in found.items()}}
    return [str(one) for one in ledger.not_carried_out(week(later, number=1))]


def test_a_child_nobody_decided_about_may_be_as_published_or_as_planned_again(place):
    with cb.Ledger.open(place.where) as ledger:
        decide(ledger, "rejected")
        assert missed(ledger) == missed(ledger, c2="W-3") == []
        assert missed(ledger, c2="W-2") == [
            "C-2 was to stay with W-1 and is with W-2: nobody planned that."
        ]
        assert ledger.history().not_carried_out == ()
        rows = ledger.case_weeks(MONDAY)
        shown = ledger.case_weeks(MONDAY, published=True)
        assert [row.planned_id for row in rows] == ["W-1", "W-3", None]
        assert [row.planned_id for row in shown] == ["W-2", "W-1", None]


@pytest.mark.parametrize("decision", ["rejected", "banned"])
def test_where_a_place_was_ruled_out_any_other_is_right(file, decision):
    with cb.Ledger.open(file.where) as ledger:
        decide(ledger, decision, agreed={"C-1": "W-3"})
        assert missed(ledger, c1="W-1") == missed(ledger, c1=None) == missed(ledger, c1="W-3") == []
        assert missed(ledger, c1="W-2") == [
            "C-1 was not to be with W-2 and is: decided in the week of 2026-01-05."
        ]


def test_a_child_who_was_not_to_wait_and_does_is_said(file):
    with cb.Ledger.open(file.where) as ledger:
        snapshot = week(HELD)
        one = Agreed(case_id="C-3", decision="rejected")
        plan = planned(snapshot)
        ledger.record(snapshot, plan)
        ledger.decide(snapshot, plan, planned(snapshot, {"C-3": "W-3"}, agreed=[one]))
        assert missed(ledger, c3="W-2") == missed(ledger, c3="W-3") == []
        assert missed(ledger) == [
            "C-3 was not to wait and does: decided in the week of 2026-01-05."
        ]


@pytest.mark.parametrize("decision", ["accepted", "picked", "locked"])
def test_where_a_place_was_decided_that_one_is_right(file, decision):
    with cb.Ledger.open(file.where) as ledger:
        decide(ledger, decision, "W-3", agreed={"C-1": "W-3"})
        assert missed(ledger, c1="W-3") == []
        for found in ("W-2", "W-1", None):
            (one,) = missed(ledger, c1=found)
            assert one.startswith("C-1 was planned with W-3 and")


def test_leave_to_pass_the_cap_says_nothing_of_a_place(file):
    with cb.Ledger.open(file.where) as ledger:
        decide(ledger, "exceeds_cap", agreed={"C-1": "W-3"})
        assert missed(ledger, c1="W-2") == missed(ledger, c1="W-3") == []
        assert len(missed(ledger, c1="W-1")) == 1


def test_a_plan_that_was_written_is_held_to(file):
    with cb.Ledger.open(file.where) as ledger:
        decide(ledger, "rejected", files={"plan.json": "0" * 64})
        (one,) = missed(ledger)
        assert one.startswith("C-2 was planned with W-3 and is with W-1: not carried out")
        assert ledger.case_weeks(MONDAY, published=True) == ledger.case_weeks(MONDAY)


def test_who_thinks_again_is_held_to_the_newest_decision(file):
    with cb.Ledger.open(file.where) as ledger:
        decide(ledger, "rejected")
        decide(ledger, "accepted", agreed={"C-1": "W-2"})
        assert missed(ledger, c1="W-2") == []
        assert len(missed(ledger, c1="W-1")) == 1


def test_a_change_that_was_published_is_dated_by_its_plan(place):
    with cb.Ledger.open(place.where) as ledger:
        snapshot = week(HELD)
        plan = planned(snapshot, {"C-2": "W-2"})
        one = Agreed(case_id="C-1", decision="locked", worker_id="W-1")
        ledger.record(snapshot, plan)
        ledger.decide(snapshot, plan, planned(snapshot, {"C-2": "W-3"}, agreed=[one]))
        for worker in ("W-2", "W-3"):
            found = ledger.with_history(week({**HELD, "C-2": worker}, number=1))
            assert told(found.snapshot.spells) == [
                ("W-1", "2025-06-02", "2026-01-05"),
                (worker, "2026-01-05", ""),
            ]


def test_a_week_that_was_replaced_since_is_held_to_its_new_plan(file):
    with cb.Ledger.open(file.where) as ledger:
        decide(ledger, "rejected")
        record(ledger, week({"C-1": "W-1", "C-2": "W-1"}), {"C-2": "W-2"}, replace=True)
        assert len(missed(ledger)) == 1
