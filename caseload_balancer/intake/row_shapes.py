"""Rows that are none: cells too many or too few, notes and totals below a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from caseload_balancer.domain.wording import counted
from caseload_balancer.intake.columns import InputTable
from caseload_balancer.intake.findings import Findings
from caseload_balancer.intake.headers import Layout
from caseload_balancer.intake.raw_tables import Cell, is_blank
from caseload_balancer.workbooks.guard.shapes import letters

FULL_SHEETS: Final = (65_536, 1_048_576)
"""Rows of a sheet, header and all, when it can hold no more: of .xls, and of .xlsx."""

_WORDS_LOOKED_AT: Final = 3
_WORDS_OF_A_SENTENCE: Final = 4
_COLUMNS_AT_LEAST: Final = 2
"""Below, one cell is a row."""
COUNT: Final = re.compile(r"\s*[0-9.,]+\s*")
NOTE: Final = re.compile(
    r"\W*((grand |sub)?-?totals?|notes?|source|sum|count|number of \w+|end of \w+|"
    r"(printed|generated|exported|produced|prepared|run) (on|by|at|from|date))\b",
    re.IGNORECASE,
)


def refuse_full(table: str, rows: int, findings: Findings) -> None:
    """Refuse a table of exactly as many rows as a sheet can hold; some may have been cut off."""
    if rows in FULL_SHEETS:
        findings.problem(
            table,
            "full_sheet",
            f"there are exactly {rows:,} rows, the most a sheet can hold: rows may be cut off. "
            "Export straight from the system of record.",
        )


def is_row(
    number: int,
    row: Sequence[Cell],
    table: InputTable,
    layout: Layout,
    findings: Findings,
) -> bool:
    """Say whether a row is one of the table's, after reporting what else it is."""
    width = layout.width
    if is_a_note(row, layout):
        findings.problem(
            table.name,
            "not_a_row",
            "the row looks like a note or a total below the table. Delete it, or write "
            "leave_out_totals = true in mapping.toml.",
            row=number,
        )
        return False
    if len(row) < width:
        findings.problem(
            table.name,
            "missing_cells",
            f"the row has {counted(len(row), 'cell')}, the header {width}. If it is a note or a "
            "total, delete it.",
            row=number,
        )
        return False
    if _beyond(row, layout):
        findings.problem(
            table.name,
            "extra_cells",
            f"the row has {counted(len(row), 'cell')}, the header {width}. A cell with a comma in "
            "it needs quotation marks around it.",
            row=number,
        )
        return False
    return True


def has_stray_cell(
    number: int, row: Sequence[Cell], table: InputTable, layout: Layout, findings: Findings
) -> bool:
    """Report a cell of a workbook beyond the titles: there no mark between cells can be amiss."""
    beyond = _beyond(row, layout)
    if beyond:
        findings.problem(
            table.name,
            "extra_cells",
            f"column {letters(beyond[0] + 1)} has something in it and no title. Delete it, or give "
            "the column a title.",
            row=number,
        )
    return bool(beyond)


def _beyond(row: Sequence[Cell], layout: Layout) -> list[int]:
    return [place for place in range(layout.width, len(row)) if not is_blank(row[place])]


def _is_a_sentence(row: Sequence[Cell], layout: Layout) -> bool:
    """Say whether all that a row holds is a few words, as no id has them."""
    filled = list(islice((cell for cell in row if not is_blank(cell)), 2))
    if len(filled) != 1 or layout.width < _COLUMNS_AT_LEAST or not isinstance(filled[0], str):
        return False
    # A row that ends after its first cell may still be a cut one, with an id of two words.
    least = _WORDS_OF_A_SENTENCE - (len(row) == 1)
    return len(filled[0].split()) >= least


def is_a_note(row: Sequence[Cell], layout: Layout) -> bool:
    """Say whether a row is a note or a total: it says so, and lacks what every row needs.

    Or it is a sentence on its own, as the line a report ends with.
    """
    words = (cell for cell in row if isinstance(cell, str) and not is_blank(cell))
    first = list(islice(words, _WORDS_LOOKED_AT))
    said = [cell for cell in first if NOTE.match(cell)]
    if not said:
        return _is_a_sentence(row, layout)
    lacks = any(
        len(row) <= place or is_blank(row[place])
        for column, place in layout.places.items()
        if column.required
    )
    others = [cell for cell in (*first, *words) if cell not in said]
    return lacks or (bool(others) and all(map(COUNT.fullmatch, others)))
