"""The sheets of children: who changes worker, who gets one, who waits, and whose siblings part."""

from __future__ import annotations

from caseload_balancer.domain.wording import CASE_WORDS, listed, window
from caseload_balancer.plan import Plan
from caseload_balancer.plan.meeting.families import SplitFamily, split_families
from caseload_balancer.plan.meeting.words import WHAT_HAPPENS, yes
from caseload_balancer.plan.rows import Decision
from caseload_balancer.workbooks.pack.tables import CellValue, PackSheet, SheetColumn

_Row = tuple[CellValue, ...]


def moves_sheet(plan: Plan) -> PackSheet:
    """Return the children who change worker, the dearest first."""
    by_id = {row.case_id: row for row in plan.cases}
    rows: list[_Row] = [
        (
            row.case_id,
            CASE_WORDS[row.case_type],
            by_id[row.case_id].family_id,
            row.from_worker_id,
            row.to_worker_id,
            WHAT_HAPPENS[by_id[row.case_id].change],
            None if row.forced or row.transfer else row.cost,
            row.workers_in_window,
            yes(row.known_worker),
            row.reason,
        )
        for row in plan.moves
    ]
    return PackSheet(
        title="Changes of worker",
        about="Who goes from whom to whom, why, and what the change costs the child.",
        columns=(
            SheetColumn("child", 12),
            SheetColumn("case", 20, "sentence"),
            SheetColumn("family", 11),
            SheetColumn("from", 11, "worker"),
            SheetColumn("to", 11, "worker"),
            SheetColumn("what happens", 16, "sentence"),
            SheetColumn(f"cost (an ordinary change: {plan.policy.churn.move:g})", 11, "tenths"),
            SheetColumn(f"workers in {window(plan.policy.churn.window_days)}", 9, "count"),
            SheetColumn("knows the child", 8),
            SheetColumn("why", 56, "sentence"),
        ),
        rows=tuple(rows),
        empty="No child changes worker.",
    )


def placed_sheet(plan: Plan) -> PackSheet:
    """Return the children who had nobody and get a worker."""
    load = {row.worker_id: row.after.percent for row in plan.workers}
    rows: list[_Row] = [
        (
            row.case_id,
            CASE_WORDS[row.case_type],
            row.family_id,
            row.team_id,
            row.previous_worker_id,
            row.worker_id,
            load.get(row.worker_id or ""),
            row.reason,
        )
        for row in plan.cases
        if row.change == "new"
    ]
    return PackSheet(
        title="New with a worker",
        about="Children who had nobody and get a worker.",
        columns=(
            SheetColumn("child", 12),
            SheetColumn("case", 24, "sentence"),
            SheetColumn("family", 11),
            SheetColumn("team", 10),
            SheetColumn("stood with", 12, "worker"),
            SheetColumn("gets", 11, "worker"),
            SheetColumn("load of that worker then", 14, "load"),
            SheetColumn("why", 62, "sentence"),
        ),
        rows=tuple(rows),
        empty="No child without a worker gets one.",
    )


def waiting_sheet(plan: Plan) -> PackSheet:
    """Return the children nobody holds after the plan."""
    by_id = {row.case_id: row for row in plan.cases}
    rows: list[_Row] = [
        (
            row.case_id,
            CASE_WORDS[row.case_type],
            by_id[row.case_id].team_id,
            row.previous_worker_id,
            row.days_waited,
            yes(row.must_hold),
            row.action,
            row.reason,
            row.exception or None,
        )
        for row in plan.waiting
    ]
    return PackSheet(
        title="Waiting",
        about="Children nobody holds after the plan, and what their wait calls for.",
        columns=(
            SheetColumn("child", 12),
            SheetColumn("case", 20, "sentence"),
            SheetColumn("team", 10),
            SheetColumn("stood with", 11, "worker"),
            SheetColumn("days waited", 8, "count"),
            SheetColumn("may never wait", 8),
            SheetColumn("to do", 26, "sentence"),
            SheetColumn("why", 42, "sentence"),
            SheetColumn("who could take the child over the cap", 36, "sentence"),
        ),
        rows=tuple(rows),
        empty="Nobody waits.",
    )


def families_sheet(plan: Plan) -> PackSheet:
    """Return the families with more than one worker or partly with none, newly split ones first."""
    return PackSheet(
        title="Families split",
        about="Siblings who are with different workers after the plan, or of whom some wait.",
        columns=(
            SheetColumn("family", 12),
            SheetColumn("children", 9, "count"),
            SheetColumn("who is with whom", 62, "sentence"),
            SheetColumn("before the plan", 18),
            SheetColumn("what the plan changes", 52, "sentence"),
        ),
        rows=tuple(map(_split, split_families(plan))),
        empty="No family is split.",
    )


def _split(family: SplitFamily) -> _Row:
    changes = [f"{row.case_id} {WHAT_HAPPENS[row.change]}" for row in family.rows if _changes(row)]
    return (
        family.family_id,
        len(family.rows),
        listed([f"{row.case_id} with {row.worker_id or 'nobody'}" for row in family.rows]),
        "split already" if family.already else "together",
        listed(changes) if changes else "nothing",
    )


def _changes(row: Decision) -> bool:
    return row.change not in {"kept", "waiting"}
