"""What was decided about a plan: by which role, why, and never by whom."""

import pytest

import caseload_balancer as cb
from caseload_balancer.plan.rows import Agreed
from tests.ledger.weeks import MONDAY, planned, record, week
from tests.refusing import refused


@pytest.fixture
def snapshot():
    return week({"C-1": "W-1", "C-2": "W-1", "C-3": None})


def decided(snapshot, *decisions, **changes):
    return planned(snapshot, changes, agreed=decisions)


def test_decisions_and_the_agreed_plan_are_recorded(place, snapshot):
    plan = planned(snapshot, {"C-1": "W-2", "C-3": "W-3"})
    reject = Agreed(case_id="C-1", decision="rejected", worker_id="W-2", reason="PCCHAN")
    accept = Agreed(case_id="C-3", decision="accepted", worker_id="W-3")
    agreed = planned(snapshot, {"C-3": "W-3"}, agreed=[reject, accept])
    with cb.Ledger.open(place.where) as ledger:
        ledger.record(snapshot, plan, limits={"time_limit": 30.0})
        done = ledger.decide(
            snapshot, plan, agreed, role="team_manager", comments={"C-1": "asked by Ann Ash"}
        )
        assert done.is_new
        assert (done.run.kind, done.run.plan_hash) == ("agreed", agreed.fingerprint)
        assert done.run.limits == {"time_limit": 30.0}
        first, second = ledger.decisions()
        assert (first.case_id, first.decision, first.reason) == ("C-1", "rejected", "PCCHAN")
        assert (first.proposed_id, first.worker_id) == ("W-2", "W-2")
        assert (first.role, first.has_comment, second.has_comment) == ("team_manager", True, False)
        assert [one.planned_id for one in ledger.case_weeks(MONDAY)] == ["W-1", "W-1", "W-3"]
        assert [one.kind for one in ledger.runs(superseded=True)] == ["proposed", "agreed"]
        assert ledger.decisions(since="2026-01-06") == ledger.decisions(until="2026-01-04") == ()
        assert ledger.verify().ok
        assert not ledger.decide(snapshot, plan, agreed).is_new
        assert len(ledger.decisions()) == 2
        again = ledger.record(snapshot, plan)
        assert (again.is_new, again.same_plan) == (False, True)


def test_a_second_meeting_adds_what_is_new(file, snapshot):
    plan = planned(snapshot, {"C-1": "W-2"})
    first = Agreed(case_id="C-1", decision="accepted", worker_id="W-2")
    second = Agreed(case_id="C-2", decision="locked", worker_id="W-1")
    one = planned(snapshot, {"C-1": "W-2"}, agreed=[first])
    two = planned(snapshot, {"C-1": "W-2"}, agreed=[first, second])
    with cb.Ledger.open(file.where) as ledger:
        ledger.record(snapshot, plan)
        ledger.decide(snapshot, plan, one)
        ledger.decide(snapshot, one, two, role="senior")
        assert [(d.case_id, d.role) for d in ledger.decisions()] == [
            ("C-1", "manager"),
            ("C-2", "senior"),
        ]
        assert len(ledger.runs()) == 1


def test_decisions_about_a_plan_that_is_not_recorded_are_refused(file, snapshot):
    plan = planned(snapshot)
    with cb.Ledger.open(file.where) as ledger:
        assert "Record it first" in refused(lambda: ledger.decide(snapshot, plan, plan))
        other = week({"C-1": "W-2"})
        ledger.record(other, planned(other))
        assert "Record it first" in refused(lambda: ledger.decide(snapshot, plan, plan))


def test_what_counts_as_carried_out_is_what_was_agreed(file, snapshot):
    plan = planned(snapshot, {"C-1": "W-2"})
    reject = Agreed(case_id="C-1", decision="rejected", worker_id="W-2")
    with cb.Ledger.open(file.where) as ledger:
        ledger.record(snapshot, plan)
        ledger.decide(snapshot, plan, planned(snapshot, agreed=[reject]))
        later = week({"C-1": "W-1", "C-2": "W-1", "C-3": None}, number=1)
        assert ledger.not_carried_out(later) == ()


def test_decisions_of_a_week_that_was_replaced_stay(file, snapshot):
    plan = planned(snapshot, {"C-1": "W-2"})
    accept = Agreed(case_id="C-1", decision="accepted", worker_id="W-2")
    with cb.Ledger.open(file.where) as ledger:
        ledger.record(snapshot, plan)
        ledger.decide(snapshot, plan, planned(snapshot, {"C-1": "W-2"}, agreed=[accept]))
        record(ledger, week({"C-1": "W-1"}), replace=True)
        assert len(ledger.decisions()) == 1
        assert len(ledger.runs(superseded=True)) == 3
        assert ledger.verify().ok
