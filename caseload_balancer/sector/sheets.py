"""Sheets of a workbook as source tables, once the guard has been through it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from caseload_balancer.domain.wording import counted
from caseload_balancer.intake.contents import content_of
from caseload_balancer.intake.findings import Findings
from caseload_balancer.intake.raw_tables import Cell, is_blank
from caseload_balancer.intake.row_shapes import refuse_full
from caseload_balancer.intake.workbooks.cell_values import opened, rows_of_sheet
from caseload_balancer.sector.sources import (
    TITLES_WITHIN,
    BrokenCell,
    SourceSpec,
    SourceTable,
    row_of_titles,
)
from caseload_balancer.workbooks.guard import SheetShape, look_into

WORKBOOKS: Final = (".xlsx", ".xlsm")
_NO_VALUE: Final = "#N/A"
_UNCOUNTED: Final = BrokenCell(
    "formula_without_value",
    "has a formula that no program has worked out yet. Open the workbook and save it again.",
)
_FAILED: Final = BrokenCell(
    "failed_formula",
    "has a formula that failed. Open the workbook, mend or recalculate it, and save it again.",
)

SpecOf = Callable[[str], SourceSpec | None]
"""Returns what a sheet of a title should have; None for one that is not read."""


class Sheets:
    """The sheets of one workbook.

    Parameters
    ----------
    path
        A file that is there.

    Raises
    ------
    MissingInputError
        When it cannot be opened.
    DataError
        When the guard refuses the workbook.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.name
        self._content = content_of(path, "service")
        self._shape = look_into(path, content=self._content)

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles of the sheets, in the order of the tabs."""
        return tuple(sheet.title for sheet in self._shape.sheets)

    def tables(
        self, spec_of: SpecOf, findings: Findings
    ) -> Iterator[tuple[str, SourceSpec, SourceTable | None]]:
        """Yield each sheet that is read and holds something; what is hidden is read too, and told.

        Yields
        ------
        tuple of str, SourceSpec and SourceTable or None
            The sheet's title, what it should have, and its table; None after reporting why there
            is none.

        Raises
        ------
        MissingInputError
            When the library that reads workbooks is not installed.
        DataError
            When it cannot read the workbook.
        """
        wanted = {
            sheet.title: spec for sheet in self._shape.sheets if (spec := spec_of(sheet.title))
        }
        if not wanted:
            return
        with opened(self._file, self._content) as book:
            for sheet in self._shape.sheets:
                if (spec := wanted.get(sheet.title)) is None:
                    continue
                _tell_hidden(sheet, spec, findings)
                rows = rows_of_sheet(self._file, book, sheet)
                _mark_formulas(rows, sheet)
                refuse_full(spec.name, len(rows), findings)
                if any(not is_blank(cell) for row in rows for cell in row):
                    yield sheet.title, spec, _as_table(rows, spec, findings)


def lone_sheet(path: Path, spec: SourceSpec, findings: Findings) -> SourceTable | None:
    """Return the table of a workbook that holds no other, or None after saying why there is none.

    Raises
    ------
    MissingInputError, DataError
        As `Sheets`.
    """
    found = [table for _, _, table in Sheets(path).tables(lambda _: spec, findings)]
    if len(found) == 1:
        return found[0]
    message = (
        f"'{path.name}' has {len(found)} sheets with something in them. Only one can be meant."
    )
    findings.problem(spec.name, "sheet_not_named", message)
    return None


def _mark_formulas(rows: list[list[Cell]], shape: SheetShape) -> None:
    """Put in place of formulas that say nothing why they do not."""
    for row, column in shape.formulas_without_value:
        if row <= len(rows) and column <= len(rows[row - 1]):
            rows[row - 1][column - 1] = _UNCOUNTED
    for row, column in shape.errors:
        if row > len(rows) or column > len(rows[row - 1]):
            continue
        # A look-up that found nothing is how workbooks say that there is nothing.
        is_nothing = rows[row - 1][column - 1] == _NO_VALUE
        rows[row - 1][column - 1] = _NO_VALUE if is_nothing else _FAILED


def _as_table(rows: list[list[Cell]], spec: SourceSpec, findings: Findings) -> SourceTable | None:
    """Return the table below the row that has the most of a list's titles."""
    head = row_of_titles(rows, spec)
    if head is None:
        findings.problem(
            spec.name,
            "no_header",
            f"no heading of this list was found in the first {TITLES_WITHIN} rows. One must be "
            f"{spec.needed[0] if spec.needed else next(iter(spec.columns))}.",
        )
        return None
    titles = ["" if cell is None else str(cell) for cell in rows[head]]
    while titles and not titles[-1].strip():
        titles.pop()
    return SourceTable(spec.name, titles, rows[head + 1 :], range(head + 2, len(rows) + 1))


def _tell_hidden(sheet: SheetShape, spec: SourceSpec, findings: Findings) -> None:
    if sheet.hidden:
        findings.warn(spec.name, "hidden_sheet", "the sheet is hidden, and was read.")
    if sheet.hidden_rows:
        message = f"{counted(len(sheet.hidden_rows), 'hidden row')} read like the others."
        findings.warn(spec.name, "hidden_rows", message)
    if sheet.hidden_columns:
        message = f"{counted(len(sheet.hidden_columns), 'hidden column')} read like the others."
        findings.warn(spec.name, "hidden_columns", message)
