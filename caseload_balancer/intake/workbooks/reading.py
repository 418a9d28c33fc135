"""A workbook to the raw tables of a week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from caseload_balancer.domain.wording import counted, listed
from caseload_balancer.errors import DataError, MissingInputError
from caseload_balancer.intake.columns import (
    ALL_TABLES,
    ID_KINDS,
    NAMES,
    TABLES_AND_NAMES,
    TEXT_KINDS,
)
from caseload_balancer.intake.contents import content_of
from caseload_balancer.intake.findings import Findings, quoted
from caseload_balancer.intake.forms import Form
from caseload_balancer.intake.headers import Titles, below_a_heading
from caseload_balancer.intake.known_titles import key
from caseload_balancer.intake.raw_tables import Cell, RawTable, is_blank
from caseload_balancer.intake.row_shapes import refuse_full
from caseload_balancer.intake.workbooks.cell_values import as_ids, opened, rows_of_sheet
from caseload_balancer.workbooks.guard import (
    SheetShape,
    WorkbookShape,
    look_into,
    refused_for_macros,
)

SUFFIXES: Final = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "cases": ("case", "children", "open cases", "caseload", "caseloads", "child list"),
    "workers": ("worker", "staff", "social workers", "staff list", "workforce"),
    "adjustments": ("adjustment", "absences", "absence", "leave"),
    "teams": ("team",),
    "spells": ("spell", "history", "allocation history"),
    "names": ("name", "display names", "who is who", "worker names", "staff names"),
}
_SAYS_THE_WEEK: Final = frozenset(
    {"asof", "date", "week", "weekof", "weekcommencing", "weekbeginning", "dateoftheweek"}
)
_SERVICE: Final = frozenset({"service", "week"})
_SHEETS: Final = {key(name): table for table, names in _NAMES.items() for name in (table, *names)}


def read_workbook(
    path: Path, form: Form, findings: Findings
) -> tuple[dict[str, RawTable | None], Cell]:
    """Return the tables of a workbook, a sheet each, and the week's date.

    Returns
    -------
    dict of str to RawTable or None
        The tables that have a sheet; None for one that could not be read.
    object
        What stands beside ``as_of`` in the sheet ``service``; None where there is none.

    Raises
    ------
    MissingInputError
        When the file or a sheet that is needed is not there.
    DataError
        When the workbook may not be opened.
    """
    content = content_of(path, "service")
    sheets = _looked_through(path, content).sheets
    with opened(path.name, content) as book:
        return _tables(path, book, sheets, form, findings)


def read_sheet(path: Path, name: str, form: Form, findings: Findings) -> RawTable | None:
    """Return the one table of a workbook that holds no other, or None after saying why not."""
    try:
        content = content_of(path, name)
        sheets = _looked_through(path, content).sheets
        with opened(path.name, content) as book:
            named = [sheet for sheet in sheets if _SHEETS.get(key(sheet.title)) == name]
            filled = [sheet for sheet in sheets if sheet.rows]
            chosen = named if len(named) == 1 else filled
            if len(chosen) == 1:
                return _table(path.name, book, chosen[0], name, form, findings)
    except DataError as error:
        findings.problems += error.problems
    else:
        message = f"{quoted(path.name)} has {len(sheets)} sheets. Name the one to read {name}."
        findings.problem(name, "sheet_not_named", message)
    return None


def sheets_as_they_are(path: Path) -> list[tuple[str, str | None, list[list[Cell]]]]:
    """Return each sheet's name, the table it is named after, and its rows.

    Raises
    ------
    MissingInputError
        When the file is not there.
    DataError
        When the workbook may not be opened.
    """
    content = content_of(path, "service")
    sheets = _looked_through(path, content).sheets
    with opened(path.name, content) as book:
        return [
            (sheet.title, _SHEETS.get(key(sheet.title)), rows_of_sheet(path.name, book, sheet))
            for sheet in sheets
            if key(sheet.title) not in _SERVICE and _SHEETS.get(key(sheet.title)) != NAMES.name
        ]


def _looked_through(path: Path, content: bytes) -> WorkbookShape:
    shape = look_into(path, content=content)
    if shape.has_macros:
        raise refused_for_macros(path.name)
    return shape


def _tables(
    path: Path, book: Any, sheets: Sequence[SheetShape], form: Form, findings: Findings
) -> tuple[dict[str, RawTable | None], Cell]:
    tables: dict[str, RawTable | None] = {}
    as_of: Cell = None
    not_read: list[str] = []
    for sheet in sheets:
        if key(sheet.title) in _SERVICE:
            as_of = _as_of(rows_of_sheet(path.name, book, sheet))
        elif (name := _SHEETS.get(key(sheet.title))) is None:
            not_read.append(sheet.title)
        elif name in tables:
            message = f"two sheets are both {name}. Rename one of them."
            findings.problem(name, "two_sheets", message)
        else:
            tables[name] = _table(path.name, book, sheet, name, form, findings)
    needed = [name for name, table in ALL_TABLES.items() if table.required_file]
    if missing := [name for name in needed if name not in tables]:
        names = listed([quoted(sheet.title) for sheet in sheets], most=10)
        raise MissingInputError(
            f"there is no sheet {' and no sheet '.join(missing)} in '{path}'; there is {names}. "
            "Name each sheet after its table."
        )
    for name in not_read:
        findings.warn("service", "sheet_not_read", f"the sheet {quoted(name)} was not read.")
    return tables, as_of


def _as_of(rows: Sequence[Sequence[Cell]]) -> Cell:
    """Return what stands right of, or below, the words ``as_of``."""
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, str) and key(cell) in _SAYS_THE_WEEK:
                beside = row[place + 1] if place + 1 < len(row) else None
                below = rows[number + 1][place] if number + 1 < len(rows) else None
                return below if is_blank(beside) else beside
    return None


def _table(
    file: str, book: Any, sheet: SheetShape, name: str, form: Form, findings: Findings
) -> RawTable | None:
    rows = rows_of_sheet(file, book, sheet)
    header_row = form.header_rows.get(name, 1)
    if len(rows) < header_row or all(map(is_blank, rows[header_row - 1])):
        findings.problem(name, "empty_file", f"row {header_row} of the sheet is empty.")
        return None
    refuse_full(name, len(rows), findings)
    raw = RawTable(
        name=name,
        header=["" if is_blank(cell) else str(cell).strip() for cell in rows[header_row - 1]],
        rows=rows[header_row:],
        row_numbers=range(header_row + 1, len(rows) + 1),
        header_row=header_row,
        has_types=True,
    )
    # A heading above the titles is told by who lays them out; what is below them counts already.
    meanings = Titles(TABLES_AND_NAMES[name], form.own)
    meant = below_a_heading(raw, meanings)
    titles_at = meant.header_row or header_row
    _tell_hidden(sheet, name, titles_at, findings)
    _refuse_merged(sheet, name, titles_at, findings)
    _tell_numbers(meanings, meant.header, rows[titles_at:], findings)
    return raw


def _tell_hidden(sheet: SheetShape, name: str, header_row: int, findings: Findings) -> None:
    rows = sum(row > header_row for row in sheet.hidden_rows)
    columns = len(sheet.hidden_columns)
    hidden = [counted(rows, "hidden row")] if rows else []
    hidden += [counted(columns, "hidden column")] if columns else []
    if hidden:
        findings.warn(name, "hidden_cells", f"{' and '.join(hidden)} were read too.")
    if sheet.hidden:
        findings.warn(name, "hidden_sheet", f"the sheet {quoted(sheet.title)} is hidden, and read.")


def _refuse_merged(sheet: SheetShape, name: str, first_row: int, findings: Findings) -> None:
    for area in sheet.merged:
        if area.last_row >= first_row and area.first_row <= sheet.rows:
            findings.problem(
                name,
                "merged_cells",
                f"the cells {area.name} are merged, and only the first of them holds anything. "
                "Unmerge them and fill each.",
                row=max(area.first_row, 1),
            )


def _tell_numbers(
    meanings: Titles, header: Sequence[str], rows: list[list[Cell]], findings: Findings
) -> None:
    """Read numbers as text where text belongs, and say what may be lost."""
    name, found = meanings.table.name, meanings.places(header)
    columns = {places[0]: column for column, places in found.items() if column.kind in TEXT_KINDS}
    turned = as_ids(rows, {place: column.name for place, column in columns.items()})
    if name == NAMES.name:  # found whatever its zeros
        return
    for column in columns.values():
        if column.kind in ID_KINDS and (count := turned.get(column.name)):
            findings.warn(
                name,
                "numbers_as_ids",
                f"{column.name}: {counted(count, 'id')} stood there as numbers. If your ids have "
                "zeros in front, those are lost: format the column as text.",
                column=column.name,
            )
