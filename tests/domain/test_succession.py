from datetime import date

from caseload_balancer.domain import Case, Snapshot, Spell, Worker

DAY, NEXT = date(2026, 3, 2), date(2026, 3, 9)


def week():
    people = tuple(Worker(worker_id=w, employment="permanent") for w in ("W1", "W2"))
    cases = (
        Case(case_id="C1", case_type="other", worker_id="W1", change_requested=True),
        Case(case_id="C2", case_type="other", worker_id="W1"),
        Case(case_id="C3", case_type="other", waiting_since=date(2026, 2, 2)),
        Case(case_id="C4", case_type="other", worker_id="W2"),
    )
    spells = (
        Spell(case_id="C1", worker_id="W1", starts_on=date(2026, 1, 5)),
        Spell(case_id="C2", worker_id="W1", starts_on=date(2026, 1, 5)),
    )
    return Snapshot(as_of=DAY, cases=cases, workers=people, spells=spells)


def test_carrying_out_an_allocation_moves_cases_and_writes_their_history():
    after = week().after(
        {"C1": "W2", "C2": "W1", "C3": "W1", "C4": None}, as_of=NEXT, reasons={"C1": "CHCHAN"}
    )
    assert after.as_of == NEXT
    holders = {case.case_id: case.worker_id for case in after.cases}
    assert holders == {"C1": "W2", "C2": "W1", "C3": "W1", "C4": None}
    assert not after.case_by_id["C1"].change_requested
    assert after.case_by_id["C3"].waiting_since is None
    assert after.case_by_id["C4"].waiting_since == DAY
    closed, running = after.spells_by_case["C1"]
    assert (closed.ends_on, closed.reason) == (DAY, "CHCHAN")
    assert (running.worker_id, running.starts_on, running.ends_on) == ("W2", DAY, None)
    assert after.spells_by_case["C2"] == week().spells_by_case["C2"]
    assert after.spells_by_case["C3"][0].starts_on == DAY
    assert "C4" not in after.spells_by_case


def test_an_allocation_that_changes_nothing_changes_nothing():
    start = week()
    same = {case.case_id: case.worker_id for case in start.cases}
    assert start.after(same).fingerprint == start.fingerprint
