"""``mapping.toml``: what a service's own export calls things, accepted once by a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from caseload_balancer.arguments import UnfitError
from caseload_balancer.domain.content_hash import content_hash
from caseload_balancer.domain.names import nearest
from caseload_balancer.domain.toml_text import NotTomlError, parse_toml
from caseload_balancer.errors import DataError, DataProblem
from caseload_balancer.intake.columns import ALL_TABLES, TABLES_AND_NAMES, InputTable
from caseload_balancer.intake.dates import a_date_format
from caseload_balancer.intake.decoding import an_encoding
from caseload_balancer.intake.known_titles import key
from caseload_balancer.intake.known_words import folded

MAPPING_FILE: Final = "mapping.toml"
LEFT_OUT: Final = ""
"""What a title means that is left out without a warning."""


@dataclass(frozen=True)
class OwnWords:
    """What the titles and words of one service's export mean.

    Parameters
    ----------
    encoding, date_format
        Of the files; None where nothing is said.
    header_rows
        The row that the titles of a table are in.
    leave_out_totals
        Whether notes and totals below a table are left out, not refused.
    headings
        For each table, what a title means, by `key`; `LEFT_OUT` for one that is left out.
    words
        For each column of listed words, what a word means, by `folded`.
    teams
        Ids of teams by what the files call them.
    blanks
        Words for nothing, without case.
    """

    encoding: str | None = None
    date_format: str | None = None
    header_rows: Mapping[str, int] = field(default_factory=dict)
    leave_out_totals: bool = False
    headings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    teams: Mapping[str, str] = field(default_factory=dict)
    blanks: frozenset[str] = frozenset()

    __hash__ = content_hash


def read_own_words(content: bytes) -> OwnWords:
    """Return what a mapping file says.

    Raises
    ------
    DataError
        When it is not TOML, or says what cannot be; lists every problem.
    """
    try:
        settings = parse_toml(content)
    except NotTomlError as error:
        raise DataError(
            [_problem(error.rule, f"{MAPPING_FILE} cannot be read: {error}.")]
        ) from None
    problems = list[DataProblem]()
    reading = _WordsReading(problems)
    found = {name: reading.setting(name, value) for name, value in settings.items()}
    if problems:
        raise DataError(problems)
    return OwnWords(**found)


class _WordsReading:
    """Reads each setting, noting every problem."""

    def __init__(self, problems: list[DataProblem]) -> None:
        self._problems = problems
        self._settings = {
            "encoding": self._encoding,
            "date_format": self._date_format,
            "header_rows": self._header_rows,
            "leave_out_totals": self._yes_no,
            "headings": self._headings,
            "words": self._words,
            "teams": self._teams,
            "blanks": self._blanks,
        }

    def setting(self, name: str, value: Any) -> Any:
        read = self._settings.get(name)
        if read is None:
            self._note(name, f"{name!r} is no setting.{nearest(name, self._settings)}")
            return None
        try:
            return read(value)
        except UnfitError as unfit:
            self._note(name, f"{name} {unfit}")
            return None

    def _note(self, column: str | None, message: str) -> None:
        self._problems.append(_problem("mapping", f"{MAPPING_FILE}: {message}", column))

    def _encoding(self, value: Any) -> str:
        return an_encoding(value)

    def _date_format(self, value: Any) -> str:
        return a_date_format(value)

    def _yes_no(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise UnfitError("must be true or false.")
        return value

    def _blanks(self, value: Any) -> frozenset[str]:
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise UnfitError('must be a list of words, as ["NULL", "SSD_PH"].')
        return frozenset(one.strip().casefold() for one in value)

    def _header_rows(self, value: Any) -> dict[str, int]:
        rows: dict[str, int] = {}
        for table, row in self._by_table("header_rows", value):
            if isinstance(row, bool) or not isinstance(row, int) or row < 1:
                self._note("header_rows", f"header_rows.{table.name} must be a row, 1 or more.")
            else:
                rows[table.name] = row
        return rows

    def _headings(self, value: Any) -> dict[str, dict[str, str]]:
        return {
            table.name: self._titles(table, titles)
            for table, titles in self._by_table("headings", value)
        }

    def _titles(self, table: InputTable, titles: Any) -> dict[str, str]:
        known = [column.name for column in table.columns]
        found: dict[str, str] = {}
        for title, meaning in _texts(f"headings.{table.name}", titles).items():
            if meaning != LEFT_OUT and meaning not in known:
                hint = nearest(meaning, known) or f" There are {', '.join(known)}."
                self._note("headings", f"headings: {table.name} has no column '{meaning}'.{hint}")
            else:
                found[key(title)] = meaning
        return found

    def _words(self, value: Any) -> dict[str, dict[str, str]]:
        listed = {
            column.name: column.choices
            for table in ALL_TABLES.values()
            for column in table.columns
            if column.choices
        }
        found: dict[str, dict[str, str]] = {}
        for name, words in _tables("words", value).items():
            if name not in listed:
                hint = nearest(name, listed) or f" There are {', '.join(listed)}."
                self._note("words", f"words.{name} is no column of listed words.{hint}")
                continue
            found[name] = {}
            for word, meaning in _texts(f"words.{name}", words).items():
                if meaning not in listed[name]:
                    hint = nearest(meaning, listed[name]) or f" Use {', '.join(listed[name])}."
                    self._note("words", f"words.{name}: '{meaning}' is not in the list.{hint}")
                found[name][folded(word)] = meaning
        return found

    def _teams(self, value: Any) -> dict[str, str]:
        return {name.strip(): team for name, team in _texts("teams", value).items()}

    def _by_table(self, name: str, value: Any) -> list[tuple[InputTable, Any]]:
        found: list[tuple[InputTable, Any]] = []
        for table, content in _tables(name, value).items():
            if table in TABLES_AND_NAMES:
                found.append((TABLES_AND_NAMES[table], content))
            else:
                listed = ", ".join(TABLES_AND_NAMES)
                hint = nearest(table, TABLES_AND_NAMES) or f" There are {listed}."
                self._note(name, f"{name}.{table} is no table.{hint}")
        return found


def _tables(name: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise UnfitError(f"must be a table, as [{name}].")
    return value


def _texts(name: str, value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise UnfitError(f"must say text for text, as in [{name}].")
    return value


def _problem(rule: str, message: str, column: str | None = None) -> DataProblem:
    return DataProblem("service", None, column, rule, message)
