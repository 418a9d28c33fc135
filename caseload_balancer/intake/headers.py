"""Titles of a table to its columns."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from caseload_balancer.intake.columns import Column, InputTable
from caseload_balancer.intake.findings import Findings, quoted
from caseload_balancer.intake.raw_tables import RawTable, is_blank

_ROWS_SEARCHED: Final = 20
_CLOSE_ENOUGH: Final = 0.65


@dataclass(frozen=True)
class Layout:
    """Where each column of a table stands.

    Parameters
    ----------
    width
        Cells a row must have.
    places
        Position of each column found.
    """

    width: int
    places: Mapping[Column, int]


def key(title: str) -> str:
    """Return a title without case, blanks, underscores and hyphens."""
    return re.sub(r"[\s_\-]+", "", title).casefold()


def fit(table: InputTable, row: Sequence[object]) -> int:
    """Return how many of the table's columns a row names."""
    titles = {key(cell) for cell in row if isinstance(cell, str)}
    return sum(key(column.name) in titles for column in table.columns)


def lay_out(raw: RawTable, table: InputTable, findings: Findings) -> Layout | None:
    """Find each column, reporting titles that are missing, twice there or unknown.

    Returns
    -------
    Layout or None
        None when no cell can be understood: the header is no header.
    """
    titles = list(raw.header)
    while titles and is_blank(titles[-1]):
        titles.pop()
    if _is_no_header(raw, table, titles, findings):
        return None
    known = {key(column.name): column for column in table.columns}
    places: dict[Column, int] = {}
    unknown: list[int] = []
    renamed = 0
    for place, title in enumerate(titles):
        column = known.get(key(title))
        if column is None:
            unknown.append(place)
        elif column in places:
            findings.problem(
                table.name,
                "duplicate_column",
                f"columns {places[column] + 1} and {place + 1} are both {column.name}. "
                "Keep one of the two.",
                row=raw.header_row,
                column=column.name,
            )
        else:
            places[column] = place
            renamed += title != column.name
    if renamed:
        findings.tell(
            table.name, "titles", f"{renamed} titles were read whatever their case or blanks."
        )
    claimed = _report_missing(table, titles, places, unknown, findings)
    _report_unknown(raw, table, titles, places, [p for p in unknown if p not in claimed], findings)
    return Layout(len(titles), places)


def _is_no_header(
    raw: RawTable, table: InputTable, titles: Sequence[str], findings: Findings
) -> bool:
    """Say whether the titles are no titles: a heading above the table, or data without any."""
    present = {key(title) for title in titles}
    if all(key(column.name) in present for column in table.required):
        return False
    if raw.header_row is not None and (below := _header_below(raw, table)) is not None:
        findings.problem(
            table.name,
            "header_below",
            f"this is not the header; row {below} is. Delete the rows above it, or pass "
            f"header_row={{'{table.name}': {below}}}.",
            row=raw.header_row,
        )
        return True
    if fit(table, titles):
        return False
    names = ", ".join(column.name for column in table.required)
    findings.problem(
        table.name,
        "no_header",
        f"no column of this table was found. The titles must include {names}.",
        row=raw.header_row,
    )
    return True


def _header_below(raw: RawTable, table: InputTable) -> int | None:
    required = {key(column.name) for column in table.required}
    for number, row in zip(raw.row_numbers, raw.rows[:_ROWS_SEARCHED], strict=False):
        if required <= {key(cell) for cell in row if isinstance(cell, str)}:
            return number
    return None


def _report_missing(
    table: InputTable,
    titles: Sequence[str],
    places: Mapping[Column, int],
    unknown: Sequence[int],
    findings: Findings,
) -> set[int]:
    """Report required columns that are not there, and return the titles they may stand under."""
    claimed: set[int] = set()
    for column in table.required:
        if column in places:
            continue
        message = f"column {column.name} is missing"
        if (place := _nearest(column.name, titles, unknown)) is not None:
            claimed.add(place)
            message += f"; there is {quoted(titles[place])}. Rename it to {column.name}."
        else:
            message += f". Every row of {table.name} needs one."
        findings.problem(table.name, "missing_column", message, column=column.name)
    return claimed


def _report_unknown(
    raw: RawTable,
    table: InputTable,
    titles: Sequence[str],
    places: Mapping[Column, int],
    unknown: Sequence[int],
    findings: Findings,
) -> None:
    absent = [column.name for column in table.columns if column not in places]
    for place in unknown:
        if is_blank(titles[place]):
            if any(len(row) > place and not is_blank(row[place]) for row in raw.rows):
                findings.warn(
                    table.name,
                    "unknown_column",
                    f"column {place + 1} has no title and was left out.",
                )
            continue
        close = [name for name in absent if _nearest(name, titles, [place]) is not None]
        hint = f" Did you mean {close[0]}?" if close else ""
        findings.warn(
            table.name,
            "unknown_column",
            f"column {quoted(titles[place])} is not one of this table's and was left out.{hint}",
        )


def _nearest(name: str, titles: Sequence[str], places: Sequence[int]) -> int | None:
    by_key = {key(titles[place]): place for place in places}
    close = difflib.get_close_matches(key(name), by_key, n=1, cutoff=_CLOSE_ENOUGH)
    return by_key[close[0]] if close else None
