"""What was decided on the pack is planned around a week later: nobody has seen that plan."""

from datetime import date

from tests.weekly.conftest import first_week, next_week
from tests.workbooks import filling

MONDAY = date(2026, 3, 2)


def decided(service, settings=""):
    """A first week whose only change of worker is rejected: then another child of Ann's goes."""
    service.say(f'decisions = "weeks/{{last}}/meeting.xlsx"\n{settings}')
    plan = service.run().plan
    (moved,) = plan.moves
    pack = service.weeks / "2026-03-02" / "meeting.xlsx"
    filling.fill(pack, {moved.case_id: {"decision": "reject"}})
    return plan, moved


def carried_out(plan, but):
    """Next week, with the published plan carried out but for one child, and nobody gone."""
    kept = {case.case_id: case.worker_id for case in first_week().cases}
    return next_week({**plan.allocation, but: kept[but]})


def test_nobody_is_held_to_it(service):
    plan, moved = decided(service)
    service.bring(carried_out(plan, but=moved.case_id))
    run = service.run()
    assert (run.decisions, run.not_carried_out) == (1, 0)
    with service.open() as ledger:
        assert ledger.run(MONDAY).kind == "agreed"
        unseen = {row.case_id: row.planned_id for row in ledger.case_weeks(MONDAY)}
        assert any(unseen[one] not in {to, None} for one, to in plan.allocation.items())
        assert ledger.history().not_carried_out == ()


def test_what_was_rejected_and_done_all_the_same_is_said(service):
    plan, moved = decided(service)
    service.bring(next_week(plan))
    assert service.run().not_carried_out == 1
    with service.open() as ledger:
        (one,) = ledger.history().not_carried_out
        assert (one.case_id, one.change) == (moved.case_id, "rejected")


def test_who_was_moved_as_published_has_no_worker_that_nobody_planned(service):
    limits = "[limits]\nholders_changed = 0\ncounted_from = 1\n"
    plan, _ = decided(service, limits)
    service.bring(next_week(plan))
    assert service.run().outcome == "recorded"
