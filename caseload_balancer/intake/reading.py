"""From a folder or frames to a snapshot, with every problem of every table at once."""

from __future__ import annotations

import os
import warnings
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal

from caseload_balancer.arguments import (
    Kind,
    UnfitError,
    a_path,
    checked,
    one_of,
    shown,
    whole,
    yes_no,
)
from caseload_balancer.domain import Snapshot
from caseload_balancer.domain.cross_checks import TABLES
from caseload_balancer.domain.days import DayLike, as_day
from caseload_balancer.errors import CaseloadWarning, DataError
from caseload_balancer.intake.assembly import assemble, free_unknown_holders, refuse_empty
from caseload_balancer.intake.blanks import known_ids
from caseload_balancer.intake.columns import ALL_TABLES
from caseload_balancer.intake.dates import a_date_format
from caseload_balancer.intake.decoding import an_encoding
from caseload_balancer.intake.findings import Findings, Notice
from caseload_balancer.intake.folders import read_folder
from caseload_balancer.intake.forms import Form, a_mapping_file, form_of, own_words
from caseload_balancer.intake.frames import library_of, read_frames
from caseload_balancer.intake.headers import Titles
from caseload_balancer.intake.own_words import OwnWords
from caseload_balancer.intake.questions import ask
from caseload_balancer.intake.raw_tables import Cell, RawTable
from caseload_balancer.intake.read_tables import Everything, ReadTable
from caseload_balancer.intake.rows import Repeats, read_rows
from caseload_balancer.intake.service_files import read_service, report_no_date, week_date
from caseload_balancer.intake.workbooks.reading import SUFFIXES, read_workbook
from caseload_balancer.sector.settings import some_assumptions, some_settings

Source = str | os.PathLike[str] | Mapping[str, Any]
Settings = str | os.PathLike[str] | Mapping[str, Any]
UnknownHolders = Literal["refuse", "unallocated"]

_REPEATS: Final = ("refuse", "drop")
_UNKNOWN_HOLDERS: Final = ("refuse", "unallocated")


def _source(value: Any) -> Any:
    """Accept a folder, a workbook, or frames by table."""
    if isinstance(value, Mapping):
        return value
    try:
        return a_path(value)
    except UnfitError:
        raise UnfitError(
            "must be a folder or workbook, or frames by table as {'cases': frame, ...}, "
            f"not {shown(value)}."
        ) from None


def _header(value: Any) -> Any:
    """Accept the row of the headers, or a row for each table."""
    if not isinstance(value, Mapping):
        return whole(1)(value)
    if unknown := [name for name in value if name not in ALL_TABLES]:
        raise UnfitError(f"names {shown(unknown[0])}, which is no table: {', '.join(ALL_TABLES)}.")
    return {name: whole(1)(row) for name, row in value.items()}


READING_ARGUMENTS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "source": _source,
        "as_of": as_day,
        "encoding": an_encoding,
        "date_format": a_date_format,
        "header_row": _header,
        "mapping": a_mapping_file,
        "allow_empty": yes_no,
        "unknown_holders": one_of(_UNKNOWN_HOLDERS),
        "repeated_rows": one_of(_REPEATS),
        "sector": some_settings,
        "assume": some_assumptions,
    }
)


@checked(**READING_ARGUMENTS)
def read(
    source: Source,
    *,
    as_of: DayLike | None = None,
    encoding: str = "utf-8",
    date_format: str | None = None,
    header_row: int | Mapping[str, int] = 1,
    mapping: str | os.PathLike[str] | OwnWords | None = None,
    allow_empty: bool = False,
    unknown_holders: UnknownHolders = "refuse",
    repeated_rows: Repeats = "refuse",
    sector: Settings | None = None,
    assume: Mapping[str, Any] | None = None,
) -> Snapshot:
    """Read one week's snapshot from a folder of CSV files, a workbook or data frames.

    Parameters
    ----------
    source
        A folder with ``cases.csv``, ``workers.csv`` and, where there are any,
        ``adjustments.csv``, ``teams.csv``, ``spells.csv`` and ``service.toml``; a workbook with
        a sheet for each; or data frames of pandas, polars or pyarrow under the names of the
        tables. Also a Standard Safeguarding Dataset, as a folder or as frames, and an Ofsted Annex
        A workbook: see docs/sector.md.
    as_of
        The date of the week; None takes it from ``service.toml``. It is never read from the
        clock.
    encoding
        Encoding of the files. A byte-order mark in a file is believed first.
    date_format
        Format of dates written as text, as for `datetime.datetime.strptime`; None is ISO 8601.
    header_row
        Row the header is in, counted from 1; one for all files, or a row under each table's name.
    mapping
        A file that says what titles and words of this export mean; None takes ``mapping.toml``
        beside the data, where there is one. ``caseload map`` proposes one.
    allow_empty
        Whether ``cases`` and ``workers`` may have no rows.
    unknown_holders
        ``"refuse"``: a case whose holder is in no row of ``workers`` is a problem.
        ``"unallocated"``: nobody holds it, and a warning says so.
    repeated_rows
        ``"refuse"``: a row that repeats an earlier one in everything is a problem.
        ``"drop"``: it is left out, and a warning says so.
    sector
        For the sector's own files: a TOML file of settings, or a dictionary of them, in place of
        ``sector.toml`` beside the data.
    assume
        For the sector's own files: what stands where nothing says who employs a worker and for
        how many hours, as ``{"employment": "permanent", "fte": 1}``. Without it that is a problem.

    Returns
    -------
    Snapshot

    Raises
    ------
    MissingInputError
        When the folder or a table that is needed is not there.
    DataError
        When the input is broken; carries every problem of every table.
    ArgumentError
        When an argument makes no sense.

    Warns
    -----
    CaseloadWarning
        For each thing left out that a person should look at, such as an unknown column.
    """
    snapshot, notices = read_with_notices(
        source,
        as_of=as_of,
        encoding=encoding,
        date_format=date_format,
        header_row=header_row,
        mapping=mapping,
        allow_empty=allow_empty,
        unknown_holders=unknown_holders,
        repeated_rows=repeated_rows,
        sector=sector,
        assume=assume,
    )
    for notice in notices:
        if notice.is_warning:
            warnings.warn(str(notice), CaseloadWarning, stacklevel=3)
    return snapshot


# The command line's date is looked at with the tables, to be told with their problems.
@checked(**{**READING_ARGUMENTS, "as_of": lambda day: day})
def read_with_notices(
    source: Source,
    *,
    as_of: DayLike | None = None,
    encoding: str = "utf-8",
    date_format: str | None = None,
    header_row: int | Mapping[str, int] = 1,
    mapping: str | os.PathLike[str] | OwnWords | None = None,
    allow_empty: bool = False,
    unknown_holders: UnknownHolders = "refuse",
    repeated_rows: Repeats = "refuse",
    sector: Settings | None = None,
    assume: Mapping[str, Any] | None = None,
) -> tuple[Snapshot, tuple[Notice, ...]]:
    """Read a snapshot, and return what was put right or left out instead of warning.

    Takes and raises what `read` does.

    Returns
    -------
    Snapshot
    tuple of Notice
        In table order, warnings first.
    """
    from caseload_balancer.sector import doors  # noqa: PLC0415 - it reads with this room

    findings = Findings()
    own = _own_words(mapping, source, findings)
    form = form_of(own, encoding, date_format, header_row)
    found = doors.translated(
        source, as_of, encoding, date_format, sector=sector, assume=assume, findings=findings
    )
    raw, said = found or _raw_tables(doors.without_episodes(source), form, findings)
    week = _week(as_of, said, findings)
    if found is None and week is not None:
        doors.add_spells(raw, source, week, encoding, date_format, findings)
    ids = {name: known_ids(raw.get(name), Titles(table, own)) for name, table in ALL_TABLES.items()}
    tables = {name: _read_table(raw, name, findings, ids, form, repeated_rows) for name in TABLES}
    ask(raw, tables, findings)
    if not allow_empty:
        refuse_empty(raw, tables, findings)
    if unknown_holders == "unallocated":
        free_unknown_holders(tables, findings)
    library = library_of(source) if isinstance(source, Mapping) else None
    return assemble(week, tables, findings, library), findings.sorted_notices()


def _own_words(
    mapping: str | os.PathLike[str] | OwnWords | None, source: Source, findings: Findings
) -> OwnWords:
    beside = None if isinstance(source, Mapping) else Path(source)
    if beside is not None and not beside.is_dir():
        beside = beside.parent
    try:
        return own_words(mapping, beside)
    except DataError as error:
        findings.problems += error.problems
        return OwnWords()


def _raw_tables(
    source: Source, form: Form, findings: Findings
) -> tuple[dict[str, RawTable | None], Cell]:
    """Return the tables, and the week's date as it stands there, or its file."""
    if isinstance(source, Mapping):
        return read_frames(source, findings), None
    path = Path(source)
    if path.suffix.casefold() in SUFFIXES and not path.is_dir():
        return read_workbook(path, form, findings)
    return read_folder(path, form, findings)


def _week(as_of: DayLike | None, said: Cell, findings: Findings) -> date | None:
    if as_of is not None:
        return week_date(as_of, findings)
    if isinstance(said, bytes):
        return read_service(said, findings)
    if said is not None:
        return week_date(said, findings)
    report_no_date(findings)
    return None


def _read_table(
    raw: Mapping[str, RawTable | None],
    name: str,
    findings: Findings,
    ids: Mapping[str, Collection[str]],
    form: Form,
    repeated_rows: Repeats,
) -> ReadTable:
    if name not in raw:
        return ReadTable()
    found = raw[name]
    if found is None:
        return ReadTable(unread=Everything())
    return read_rows(
        found,
        ALL_TABLES[name],
        findings,
        ids=ids,
        form=form,
        repeated_rows=repeated_rows,
    )
