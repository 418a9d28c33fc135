"""A plan as the pack for the allocation meeting."""

from __future__ import annotations

from dataclasses import replace

from caseload_balancer.domain.display_names import NO_NAMES, DisplayNames
from caseload_balancer.plan import Plan
from caseload_balancer.workbooks.pack.children import (
    families_sheet,
    moves_sheet,
    placed_sheet,
    waiting_sheet,
)
from caseload_balancer.workbooks.pack.decisions import decision_choices, decisions_sheet
from caseload_balancer.workbooks.pack.handover import handover_sheet
from caseload_balancer.workbooks.pack.notes import reading_sheet, settings_sheet, summary_sheet
from caseload_balancer.workbooks.pack.staff import teams_sheet, workers_sheet
from caseload_balancer.workbooks.pack.tables import PackSheet
from caseload_balancer.workbooks.pack.watching import watch_sheet
from caseload_balancer.workbooks.pack.writing import PackLabels, write_book


def pack_sheets(plan: Plan) -> tuple[PackSheet, ...]:
    """Return the sheets of the pack in the order of their tabs."""
    others = (
        decisions_sheet(plan),
        moves_sheet(plan),
        placed_sheet(plan),
        waiting_sheet(plan),
        workers_sheet(plan),
        teams_sheet(plan),
        watch_sheet(plan),
        families_sheet(plan),
        handover_sheet(plan),
        reading_sheet(plan),
        settings_sheet(plan),
    )
    return (summary_sheet(plan, others), *others)


def meeting_pack(plan: Plan, names: DisplayNames = NO_NAMES) -> bytes:
    """Return the pack as a workbook: the same bytes from the same plan and names.

    Parameters
    ----------
    names
        Shown beside the ids of workers; needs not have all.

    Raises
    ------
    MissingExtraError
        When XlsxWriter is not installed.
    """
    labels = PackLabels(run=plan.fingerprint, as_of=plan.as_of)
    sheets = [_with_names(sheet, names) for sheet in pack_sheets(plan)]
    return write_book(sheets, decision_choices(plan, names), labels)


def _with_names(sheet: PackSheet, names: DisplayNames) -> PackSheet:
    if not names:
        return sheet
    rows = (
        tuple(
            names.of(cell) if column.style == "worker" and isinstance(cell, str) else cell
            for column, cell in zip(sheet.columns, row, strict=True)
        )
        for row in sheet.rows
    )
    return replace(sheet, rows=tuple(rows))
