"""Titles of a table to its columns."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from caseload_balancer.intake.columns import Column, InputTable
from caseload_balancer.intake.findings import Findings, quoted
from caseload_balancer.intake.known_titles import KNOWN_TITLES, key
from caseload_balancer.intake.own_words import LEFT_OUT, OwnWords
from caseload_balancer.intake.raw_tables import RawTable, is_blank

_ROWS_SEARCHED: Final = 20
_CLOSE_ENOUGH: Final = 0.65
_RANKS: Final = ("own", "exact", "common of an id", "common", "common of a name")
_OF_AN_ID: Final = re.compile(r"\b(id|ref|reference|number|no|code)$", re.IGNORECASE)
_OF_A_NAME: Final = re.compile(r"\bname$", re.IGNORECASE)


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


class Titles:
    """What the titles of one table mean.

    Parameters
    ----------
    own
        What the service's mapping file says of them: it is believed first, then the columns' own
        names, then the titles that are common.
    """

    def __init__(self, table: InputTable, own: OwnWords) -> None:
        by_name = {column.name: column for column in table.columns}
        self.table = table
        self._own = own.headings.get(table.name, {})
        self._columns = by_name
        self._exact = {key(column.name): column for column in table.columns}
        self._common = {
            title: by_name[name] for title, name in KNOWN_TITLES.get(table.name, {}).items()
        }

    def is_left_out(self, title: str) -> bool:
        """Say whether the mapping file leaves a column out."""
        return self._own.get(key(title)) == LEFT_OUT

    def column(self, title: str) -> Column | None:
        """Return the column that a title names."""
        return self._ranked(title)[1]

    def fit(self, row: Sequence[object]) -> int:
        """Return how many of the table's columns a row names."""
        return len(self._named(row))

    def names_all_needed(self, row: Sequence[object]) -> bool:
        """Say whether a row names every column that a row needs."""
        return self._named(row) >= set(self.table.required)

    def _named(self, row: Sequence[object]) -> set[Column]:
        found = (self.column(cell) for cell in row if isinstance(cell, str) and cell)
        return {column for column in found if column is not None}

    def places(self, titles: Sequence[str]) -> dict[Column, list[int]]:
        """Return where each column stands: of several places those whose titles say it best."""
        best: dict[Column, int] = {}
        places: dict[Column, list[int]] = {}
        for place, title in enumerate(titles):
            rank, column = self._ranked(title)
            if column is None:
                continue
            if rank < best.get(column, len(_RANKS)):
                best[column], places[column] = rank, []
            if rank == best[column]:
                places[column].append(place)
        return places

    def _ranked(self, title: str) -> tuple[int, Column | None]:
        name = key(title)
        if name in self._own:
            return 0, self._columns.get(self._own[name])
        if name in self._exact:
            return 1, self._exact[name]
        column = self._common.get(name)
        return (len(_RANKS), None) if column is None else (_rank_of_common(title), column)


def _rank_of_common(title: str) -> int:
    """Return how well a common title says a column: of an id and a name the id is meant."""
    words = re.sub(r"[\W_]+", " ", title).strip()
    if _OF_AN_ID.search(words):
        return _RANKS.index("common of an id")
    return _RANKS.index("common of a name" if _OF_A_NAME.search(words) else "common")


def below_a_heading(raw: RawTable, meanings: Titles) -> RawTable:
    """Return a table from the row its titles are in, where it begins with rows that are none."""
    if raw.header_row is None or meanings.names_all_needed(raw.header):
        return raw
    below = _header_below(raw, meanings)
    if below is None:
        return raw
    place = list(raw.row_numbers[:_ROWS_SEARCHED]).index(below)
    return replace(
        raw,
        header=["" if is_blank(cell) else str(cell) for cell in raw.rows[place]],
        rows=raw.rows[place + 1 :],
        row_numbers=raw.row_numbers[place + 1 :],
        header_row=below,
    )


def lay_out(raw: RawTable, meanings: Titles, findings: Findings) -> Layout | None:
    """Find each column, reporting titles that are missing, twice there or unknown.

    Returns
    -------
    Layout or None
        None when no cell can be understood: the header is no header.
    """
    titles = list(raw.header)
    while titles and is_blank(titles[-1]):
        titles.pop()
    table = meanings.table
    if _is_no_header(raw, meanings, titles, findings):
        return None
    found = meanings.places(titles)
    for column, several in found.items():
        for place in several[1:]:
            findings.problem(
                table.name,
                "duplicate_column",
                _twice(column, titles, several[0], place),
                row=raw.header_row,
                column=column.name,
            )
    places = {column: several[0] for column, several in found.items()}
    taken = {place for several in found.values() for place in several}
    unknown = [
        place
        for place, title in enumerate(titles)
        if place not in taken and not meanings.is_left_out(title)
    ]
    _tell_matches(table, titles, places, findings)
    claimed = _report_missing(table, titles, places, unknown, findings)
    _report_unknown(raw, table, titles, places, [p for p in unknown if p not in claimed], findings)
    return Layout(len(titles), places)


def _twice(column: Column, titles: Sequence[str], first: int, second: int) -> str:
    said = f"columns {first + 1} and {second + 1} are both {column.name}. Keep one of the two."
    if key(titles[first]) == key(titles[second]) == key(column.name):
        return said
    return (
        f"columns {first + 1} {quoted(titles[first])} and {second + 1} {quoted(titles[second])} "
        f"may both be {column.name}. Rename the one that is to {column.name}, or say so in "
        "mapping.toml."
    )


def _tell_matches(
    table: InputTable, titles: Sequence[str], places: Mapping[Column, int], findings: Findings
) -> None:
    """Say which titles were read as which columns, where they are not the columns' names."""
    matched = [
        f"{quoted(titles[place])} as {column.name}"
        for column, place in places.items()
        if key(titles[place]) != key(column.name)
    ]
    respelled = sum(
        titles[place] != column.name and key(titles[place]) == key(column.name)
        for column, place in places.items()
    )
    if matched:
        findings.tell(table.name, "matched_titles", f"read {', '.join(matched)}.")
    if respelled:
        said = f"{respelled} titles were" if respelled > 1 else "1 title was"
        findings.tell(table.name, "titles", f"{said} read whatever the case or blanks.")


def _is_no_header(
    raw: RawTable, meanings: Titles, titles: Sequence[str], findings: Findings
) -> bool:
    """Say whether the titles are no titles: a heading above the table, or data without any."""
    table = meanings.table
    if meanings.names_all_needed(titles):
        return False
    if raw.header_row is not None and (below := _header_below(raw, meanings)) is not None:
        findings.problem(
            table.name,
            "header_below",
            f"this is not the header; row {below} is. Delete the rows above it, or pass "
            f"header_row={{'{table.name}': {below}}}.",
            row=raw.header_row,
        )
        return True
    if meanings.fit(titles):
        return False
    names = ", ".join(column.name for column in table.required)
    findings.problem(
        table.name,
        "no_header",
        f"no column of this table was found. The titles must include {names}.",
        row=raw.header_row,
    )
    return True


def _header_below(raw: RawTable, meanings: Titles) -> int | None:
    for number, row in zip(raw.row_numbers, raw.rows[:_ROWS_SEARCHED], strict=False):
        if meanings.names_all_needed(row):
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
