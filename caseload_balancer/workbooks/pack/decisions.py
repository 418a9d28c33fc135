"""The sheet to decide on: a row for each child about whom the plan proposes something."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from caseload_balancer.domain.display_names import DisplayNames
from caseload_balancer.domain.wording import CASE_WORDS
from caseload_balancer.plan import Plan
from caseload_balancer.plan.meeting.deciding import to_decide
from caseload_balancer.plan.meeting.words import WHAT_HAPPENS
from caseload_balancer.workbooks.decision_sheet import (
    COLUMNS,
    DECISION_WORDS,
    DECISIONS,
    NOBODY,
    REASON_WORDS,
    DecisionColumn,
    reason_choice,
    row_key,
)
from caseload_balancer.workbooks.pack.tables import Choices, PackSheet, SheetColumn, Style

_LOOKS: Final[dict[DecisionColumn, tuple[float, Style, str]]] = {
    "child": (11, "text", ""),
    "case": (15, "sentence", ""),
    "what happens": (15, "sentence", ""),
    "today with": (10, "worker", ""),
    "plan": (10, "worker", ""),
    "why": (40, "sentence", ""),
    "decision": (11, "choice", "decision"),
    "to": (11, "choice", "to"),
    "reason": (17, "choice", "reason"),
    "comment": (20, "note", ""),
    "decided by": (11, "note", ""),
    "key": (4, "key", ""),
}


def decisions_sheet(plan: Plan) -> PackSheet:
    """Return the sheet to decide on; those who may never wait stand first."""
    return PackSheet(
        title=DECISIONS,
        about="One row a child about whom the plan proposes something. Choose in the yellow "
        "columns.",
        columns=tuple(SheetColumn(name, *_LOOKS[name]) for name in COLUMNS),
        rows=tuple(_rows(plan)),
        even_rows=True,
        empty="Nothing to decide: every child stays with their worker.",
    )


def decision_choices(plan: Plan, names: DisplayNames) -> tuple[Choices, ...]:
    """Return the lists behind the drop-downs, and the children, to tell which rows were deleted."""
    workers = tuple(names.of(row.worker_id) for row in plan.workers if row.can_hold)
    return (
        Choices("decision", DECISION_WORDS, "Choose accept, reject or another worker."),
        Choices("to", (*workers, NOBODY), "Choose a worker of the list."),
        Choices(
            "reason", tuple(map(reason_choice, REASON_WORDS)), "Choose one of the ten reasons."
        ),
        Choices("child", tuple(row.case_id for row in to_decide(plan)), "Do not change it."),
    )


def _rows(plan: Plan) -> Iterator[tuple[str, ...]]:
    exceptions = {row.case_id: row.exception for row in plan.waiting if row.exception}
    never_wait = {row.case_id for row in plan.waiting if row.must_hold}
    third = {row.case_id for row in plan.moves if row.third_worker}
    for row in to_decide(plan):
        worker = row.worker_id or NOBODY
        happens = WHAT_HAPPENS[row.change]
        if row.case_id in never_wait:
            happens += ", but may never wait"
        if row.case_id in third:
            happens += ", third worker or more"
        why = " ".join(filter(None, (row.reason, exceptions.get(row.case_id, ""))))
        cells: dict[DecisionColumn, str] = {
            "child": row.case_id,
            "case": CASE_WORDS[row.case_type],
            "what happens": happens,
            "today with": row.previous_worker_id or "",
            "plan": worker,
            "why": why,
            "key": row_key(plan.fingerprint, row.case_id, worker),
        }
        yield tuple(cells.get(name, "") for name in COLUMNS)
