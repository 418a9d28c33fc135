"""The weekly run against a ledger in PostgreSQL: the same promises, kept by the server."""

from datetime import date

import pytest

import caseload_balancer as cb
from caseload_balancer.ledger.session_locks import session_lock
from tests.checker.small_weeks import case
from tests.weekly import faults
from tests.weekly.conftest import Service, first_week, next_week

MONDAY = date(2026, 3, 2)
TRIED_AT_MOST = 200


@pytest.fixture
def service(tmp_path, schema, planned_once):
    return Service(tmp_path, schema.where)


def test_a_week_is_recorded_once_and_replaced_on_request(service):
    first = service.run()
    assert service.run().outcome == "recorded before"
    service.bring(first_week().with_cases(case("late")))
    with pytest.raises(cb.RecordedWeekError):
        service.run()
    assert service.run(dry_run=True, replace=True).outcome == "dry run"
    assert service.records() == [first.plan.fingerprint]
    assert service.run(replace=True).outcome == "replaced"
    assert len(service.records()) == 2
    service.bring(next_week({}))
    assert service.run().outcome == "recorded"
    with service.open() as ledger:
        assert ledger.verify().ok


def test_a_second_run_on_the_same_database_is_refused_from_anywhere(service):
    with session_lock(service.ledger) as is_ours:
        assert is_ours
        with pytest.raises(cb.AnotherRunError, match="at work on the ledger's database"):
            service.run()
        with session_lock(service.ledger) as second:
            assert not second
    assert service.run().outcome == "recorded"


def test_a_server_that_is_not_there(service, tmp_path):
    nowhere = Service(tmp_path, "postgresql://nobody@/db?host=/nowhere")
    with pytest.raises(cb.LedgerError, match="cannot be reached"):
        nowhere.run()
    assert service.files() is None


@pytest.mark.parametrize(
    "error", [faults.database_gone, faults.database_locked, faults.database_full]
)
@pytest.mark.parametrize("replace", [False, True])
def test_a_fault_at_any_step_of_the_database(
    service, monkeypatch, tmp_path, record_property, error, replace
):
    first = service.run()
    other = first_week().with_cases(case("late"))
    service.bring(other if replace else next_week(first.plan))
    old = (service.files(), service.files("2026-03-09"), service.records())
    injected = faults.Faults(monkeypatch, tmp_path)
    survived = 0
    for at in range(1, TRIED_AT_MOST):
        injected.arm(faults.OF_THE_DATABASE, at, error)
        try:
            service.run(replace=replace)
        except cb.OutputError:
            assert injected.disarm()
            # A run that failed has left everything as it was, so the next begins from there.
            assert (service.files(), service.files("2026-03-09"), service.records()) == old
            survived += 1
        else:
            injected.disarm()
            break
    record_property("injected", survived)
    assert 3 < survived < TRIED_AT_MOST - 1
    assert len(service.records()) == 2
    assert service.run(replace=replace).outcome == "recorded before"


def test_a_server_that_goes_after_it_did_what_was_asked(service, monkeypatch, tmp_path):
    first = service.run()
    service.bring(next_week(first.plan))
    injected = faults.Faults(monkeypatch, tmp_path)
    for at in range(1, TRIED_AT_MOST):
        injected.arm(("do_commit",), at, faults.after_the_commit)
        try:
            service.run()
        except cb.OutputError:
            injected.disarm()
        else:
            injected.disarm()
            break
    assert len(service.records()) == 2
    assert service.run().outcome == "recorded before"


def test_a_dry_run_makes_no_tables(service):
    assert service.run(dry_run=True).outcome == "dry run"
    with pytest.raises(cb.MissingInputError, match="it has no tables"):
        service.open()
    assert service.files() is None
