"""A mapping file proposed from the files themselves, for a person to accept."""

from __future__ import annotations

import csv
import difflib
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from caseload_balancer.intake.cell_readers import words_of
from caseload_balancer.intake.columns import ALL_TABLES, NAMES, WORKERS, Column, InputTable, Kind
from caseload_balancer.intake.dates import fits_format, is_iso_date
from caseload_balancer.intake.headers import Layout, Titles
from caseload_balancer.intake.known_titles import KNOWN_TITLES, TITLES, key
from caseload_balancer.intake.known_words import folded
from caseload_balancer.intake.own_words import LEFT_OUT, OwnWords
from caseload_balancer.intake.questions import looks_like_a_name
from caseload_balancer.intake.raw_tables import Cell, RawTable, is_blank
from caseload_balancer.intake.row_shapes import is_a_note

_CLOSE: Final = 0.72
_WORDS_AT_MOST: Final = 200
_FIRST_ROWS: Final = 30
"""A column of so many words is no column of a list."""
_FORMATS: Final = (
    "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%d.%m.%Y", "%d/%m/%y", "%m/%d/%y",
    "%d-%b-%Y", "%d %b %Y", "%d %B %Y", "%d-%b-%y", "%Y/%m/%d", "%Y%m%d",
)  # fmt: skip


@dataclass
class Proposal:
    """What a mapping file could say, and what only a person can.

    Parameters
    ----------
    encoding, header_rows, leave_out_totals, teams
        As in `OwnWords`.
    date_formats
        Every format that fits all dates; more than one: a person has to choose.
    known
        For each table, titles that are read as they are, and the column.
    headings
        For each table, titles that are not known, and the nearest column; `LEFT_OUT` for none.
    words
        For each column, words that are not known, how often they stand there, and the nearest
        listed word; empty for none.
    people
        The id and name of each worker; the id is empty where only the name stands there.
    """

    encoding: str | None = None
    header_rows: dict[str, int] = field(default_factory=dict)
    leave_out_totals: bool = False
    date_formats: tuple[str, ...] = ()
    known: dict[str, dict[str, str]] = field(default_factory=dict)
    headings: dict[str, dict[str, str]] = field(default_factory=dict)
    words: dict[str, dict[str, tuple[int, str]]] = field(default_factory=dict)
    teams: dict[str, str] = field(default_factory=dict)
    people: tuple[tuple[str, str], ...] = ()


def best_table(rows: Sequence[Sequence[Cell]]) -> InputTable:
    """Return the table whose columns the first rows name most of."""

    def named(table: InputTable) -> int:
        meanings = Titles(table, OwnWords())
        return max((meanings.fit(row) for row in rows), default=0)

    return max(ALL_TABLES.values(), key=named)


def header_row_of(table: InputTable, rows: Sequence[Sequence[Cell]]) -> int:
    """Return the row, counted from 1, that names most of a table's columns."""
    meanings = Titles(table, OwnWords())
    return max(range(len(rows)), key=lambda place: meanings.fit(rows[place]), default=0) + 1


def first_rows(text: str) -> list[list[str]]:
    """Return the first rows of delimited text, by the mark that makes most cells of them."""
    head = "".join(io.StringIO(text, newline="").readlines()[:_FIRST_ROWS])
    found: list[list[list[str]]] = []
    for mark in (",", ";", "\t"):
        rows: list[list[str]] = []
        with suppress(csv.Error):
            rows.extend(csv.reader(io.StringIO(head, newline=""), delimiter=mark))
        found.append(rows)
    return max(found, key=lambda rows: sum(map(len, rows)))


def propose(tables: Mapping[str, RawTable], proposal: Proposal) -> Proposal:
    """Add to a proposal what titles, words, dates and teams of the tables seem to mean."""
    dates: list[str] = []
    words: dict[str, Counter[str]] = {}
    for name, raw in tables.items():
        meanings = Titles(ALL_TABLES[name], OwnWords())
        places = _places(raw, meanings, proposal)
        layout = Layout(len(raw.header), places)
        rows = [row for row in raw.rows if not is_a_note(row, layout)]
        if len(rows) < len(raw.rows):
            proposal.leave_out_totals = True
        if name == WORKERS.name:
            proposal.people = tuple(_people(raw, rows, places))
        for column, place in places.items():
            texts = _texts(rows, place)
            if column.kind is Kind.DATE:
                dates += texts
            elif column.choices:
                parts = (part for text in texts for part in text.split(";"))
                counts = words.setdefault(_words_name(column), Counter())
                counts.update(_unknown_words(parts, column))
    proposal.date_formats = _formats(dates)
    for name, counts in words.items():
        if counts:
            column = column_of(name)
            proposal.words[name] = {
                word: (count, _nearest_word(word, column))
                for word, count in counts.most_common(_WORDS_AT_MOST)
            }
    proposal.teams = _teams(tables)
    return proposal


def _people(
    raw: RawTable, rows: Sequence[Sequence[Cell]], places: Mapping[Column, int]
) -> Iterator[tuple[str, str]]:
    """Yield who the workers are: by the names that stand for ids, or beside them."""
    ids = next((place for column, place in places.items() if column.name == WORKERS.identity), None)
    if ids is None:
        return
    texts = set(_texts(rows, ids))
    if named := sorted(filter(looks_like_a_name, texts)):
        yield from (("", name) for name in named)
        return
    known = KNOWN_TITLES[NAMES.name]
    beside = [p for p, title in enumerate(raw.header) if known.get(key(title)) == "name"]
    for row in rows if beside else ():
        cells = [row[place] if len(row) > place else None for place in (ids, beside[0])]
        if not any(map(is_blank, cells)):
            worker_id, name = (str(cell).strip() for cell in cells)
            yield worker_id, name


def _places(raw: RawTable, meanings: Titles, proposal: Proposal) -> dict[Column, int]:
    """Return where columns stand, noting what is known of the titles and what is proposed."""
    name = meanings.table.name
    places = {column: found[0] for column, found in meanings.places(raw.header).items()}
    by_place = {place: column for column, place in places.items()}
    absent = [column for column in meanings.table.columns if column not in places]
    for place, title in enumerate(raw.header):
        if is_blank(title):
            continue
        if (column := by_place.get(place)) is not None:
            if key(title) != key(column.name):
                proposal.known.setdefault(name, {})[title] = column.name
            continue
        near = _nearest_column(title, absent, name)
        proposal.headings.setdefault(name, {})[title] = LEFT_OUT if near is None else near.name
        if near is not None:
            absent.remove(near)
            places[near] = place
    return places


def _nearest_column(title: str, absent: Sequence[Column], table: str) -> Column | None:
    said: dict[str, Column] = {}
    for column in absent:
        for words in (column.name, *TITLES[table].get(column.name, ())):
            said.setdefault(key(words), column)
    near = difflib.get_close_matches(key(title), said, n=1, cutoff=_CLOSE)
    return said[near[0]] if near else None


def _texts(rows: Iterable[Sequence[Cell]], place: int) -> list[str]:
    cells = (row[place] for row in rows if len(row) > place)
    return [cell.strip() for cell in cells if isinstance(cell, str) and not is_blank(cell)]


def _words_name(column: Column) -> str:
    return "case_type" if column.choices == column_of("case_type").choices else column.name


def column_of(name: str) -> Column:
    """Return the first column of a name."""
    return next(
        column for table in ALL_TABLES.values() for column in table.columns if column.name == name
    )


def _unknown_words(parts: Iterable[str], column: Column) -> Iterator[str]:
    known = {*words_of(column, OwnWords()), *(folded(word) for word in column.choices)}
    for part in parts:
        if not is_blank(part) and folded(part) not in known:
            yield part.strip()


def _nearest_word(word: str, column: Column) -> str:
    said = {folded(choice): choice for choice in column.choices}
    said = {**words_of(column, OwnWords()), **said}
    inside = [phrase for phrase in said if f" {phrase} " in f" {folded(word)} "]
    # Of 'senior social worker' and 'social worker' the longer says more.
    most = max(map(len, inside), default=0)
    meanings = {said[phrase] for phrase in inside if len(phrase) == most}
    if len(meanings) == 1:
        return meanings.pop()
    near = difflib.get_close_matches(folded(word), said, n=1, cutoff=_CLOSE)
    return said[near[0]] if near else ""


def _formats(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the formats that fit every date; none where ISO 8601 does, or nothing."""
    odd = sorted({text for text in texts if not is_iso_date(text) and any(map(str.isdigit, text))})
    if not odd:
        return ()
    likely = [text for text in odd if any(fits_format(text, one) for one in _FORMATS)]
    return tuple(
        one for one in _FORMATS if likely and all(fits_format(text, one) for text in likely)
    )


def _teams(tables: Mapping[str, RawTable]) -> dict[str, str]:
    """Return ids of teams by their names, where cases or workers go by the name."""
    teams = tables.get("teams")
    if teams is None:
        return {}
    found = Titles(ALL_TABLES["teams"], OwnWords()).places(teams.header)
    places = {column.name: several[0] for column, several in found.items()}
    if not {"team_id", "name"} <= places.keys():
        return {}
    ids = {
        str(row[places["name"]]).strip(): str(row[places["team_id"]]).strip()
        for row in teams.rows
        if len(row) > max(places.values()) and not is_blank(row[places["name"]])
    }
    used: set[str] = set()
    for name in ("cases", "workers"):
        if (raw := tables.get(name)) is not None:
            for column, several in Titles(ALL_TABLES[name], OwnWords()).places(raw.header).items():
                if column.points_to == "teams":
                    used.update(_texts(raw.rows, several[0]))
    return {name: team for name, team in ids.items() if name in used and name != team}


PROBE: Final = date(2026, 11, 23)
"""A day to show what a format makes of it."""
