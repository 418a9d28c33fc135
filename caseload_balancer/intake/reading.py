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
from caseload_balancer.errors import CaseloadWarning
from caseload_balancer.intake.assembly import assemble, free_unknown_holders, refuse_empty
from caseload_balancer.intake.blanks import known_ids
from caseload_balancer.intake.columns import ALL_TABLES
from caseload_balancer.intake.dates import a_date_format
from caseload_balancer.intake.decoding import an_encoding
from caseload_balancer.intake.findings import Findings, Notice
from caseload_balancer.intake.folders import read_folder
from caseload_balancer.intake.frames import library_of, read_frames
from caseload_balancer.intake.raw_tables import RawTable
from caseload_balancer.intake.read_tables import Everything, ReadTable
from caseload_balancer.intake.rows import Repeats, read_rows
from caseload_balancer.intake.service_files import read_service, report_no_date, week_date
from caseload_balancer.sector.settings import some_assumptions, some_settings

Source = str | os.PathLike[str] | Mapping[str, Any]
Settings = str | os.PathLike[str] | Mapping[str, Any]
UnknownHolders = Literal["refuse", "unallocated"]

_REPEATS: Final = ("refuse", "drop")
_UNKNOWN_HOLDERS: Final = ("refuse", "unallocated")


def _source(value: Any) -> Any:
    """Accept a folder, or frames by table."""
    if isinstance(value, Mapping):
        return value
    try:
        return a_path(value)
    except UnfitError:
        raise UnfitError(
            f"must be a folder, or frames by table as {{'cases': frame, ...}}, not {shown(value)}."
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
    allow_empty: bool = False,
    unknown_holders: UnknownHolders = "refuse",
    repeated_rows: Repeats = "refuse",
    sector: Settings | None = None,
    assume: Mapping[str, Any] | None = None,
) -> Snapshot:
    """Read one week's snapshot from a folder of CSV files or from data frames.

    Parameters
    ----------
    source
        A folder with ``cases.csv``, ``workers.csv`` and, where there are any,
        ``adjustments.csv``, ``teams.csv``, ``spells.csv`` and ``service.toml``; or data frames
        of pandas, polars or pyarrow under the names of the tables. Also a Standard Safeguarding
        Dataset, as a folder or as frames: see docs/sector.md.
    as_of
        The date of the week; None takes it from ``service.toml``. It is never read from the
        clock.
    encoding
        Encoding of the files. A byte-order mark in a file is believed first.
    date_format
        Format of dates written as text, as for `datetime.datetime.strptime`; None is ISO 8601.
    header_row
        Row the header is in, counted from 1; one for all files, or a row under each table's name.
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
    found = doors.translated(
        source, as_of, encoding, date_format, sector=sector, assume=assume, findings=findings
    )
    raw, service = found or _raw_tables(
        doors.without_episodes(source), encoding, _header_rows(header_row), findings
    )
    week = _week(as_of, service, findings)
    if found is None and week is not None:
        doors.add_spells(raw, source, week, encoding, date_format, findings)
    ids = {name: known_ids(raw.get(name), table) for name, table in ALL_TABLES.items()}
    tables = {
        name: _read_table(raw, name, findings, ids, date_format, repeated_rows) for name in TABLES
    }
    if not allow_empty:
        refuse_empty(raw, findings)
    if unknown_holders == "unallocated":
        free_unknown_holders(tables, findings)
    library = library_of(source) if isinstance(source, Mapping) else None
    return assemble(week, tables, findings, library), findings.sorted_notices()


def _header_rows(header_row: int | Mapping[str, int]) -> Mapping[str, int]:
    return dict.fromkeys(ALL_TABLES, header_row) if isinstance(header_row, int) else header_row


def _raw_tables(
    source: Source, encoding: str, header_rows: Mapping[str, int], findings: Findings
) -> tuple[dict[str, RawTable | None], bytes | None]:
    if isinstance(source, Mapping):
        return read_frames(source, findings), None
    return read_folder(Path(source), encoding, header_rows, findings)


def _week(as_of: DayLike | None, service: bytes | None, findings: Findings) -> date | None:
    if as_of is not None:
        return week_date(as_of, findings)
    if service is not None:
        return read_service(service, findings)
    report_no_date(findings)
    return None


def _read_table(
    raw: Mapping[str, RawTable | None],
    name: str,
    findings: Findings,
    ids: Mapping[str, Collection[str]],
    date_format: str | None,
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
        date_format=date_format,
        repeated_rows=repeated_rows,
    )
