"""From a folder or frames to a snapshot, with every problem of every table at once."""

from __future__ import annotations

import os
import warnings
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, cast

from caseload_balancer.arguments import checked
from caseload_balancer.domain import Snapshot, Worker
from caseload_balancer.domain.cross_checks import TABLES
from caseload_balancer.domain.days import DayLike
from caseload_balancer.domain.display_names import DisplayNames
from caseload_balancer.errors import CaseloadWarning, DataError
from caseload_balancer.intake.assembly import assemble, free_unknown_holders, refuse_empty
from caseload_balancer.intake.blanks import known_ids
from caseload_balancer.intake.columns import ALL_TABLES, NAMES
from caseload_balancer.intake.findings import Findings, Notice
from caseload_balancer.intake.folders import read_folder
from caseload_balancer.intake.forms import Form, form_of, own_words
from caseload_balancer.intake.found_tables import keep_tables
from caseload_balancer.intake.frames import library_of, read_frames
from caseload_balancer.intake.headers import Titles
from caseload_balancer.intake.kept_weeks import week_instead
from caseload_balancer.intake.names_files import (
    folder_of,
    ids_of_people,
    keep_names,
    names_of_a_week,
)
from caseload_balancer.intake.own_words import OwnWords
from caseload_balancer.intake.questions import ask
from caseload_balancer.intake.raw_tables import Cell, RawTable
from caseload_balancer.intake.read_tables import Everything, ReadTable
from caseload_balancer.intake.reading_arguments import (
    READING_ARGUMENTS,
    Names,
    Settings,
    Source,
    UnknownHolders,
)
from caseload_balancer.intake.rows import Repeats, read_rows
from caseload_balancer.intake.service_files import read_service, report_no_date, week_date
from caseload_balancer.intake.workbooks.reading import SUFFIXES, read_workbook


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
    names: Names | None = None,
) -> Snapshot:
    """Read one week's snapshot from a folder of CSV files, a workbook or data frames.

    Parameters
    ----------
    source
        A folder with ``cases.csv``, ``workers.csv`` and, where there are any,
        ``adjustments.csv``, ``teams.csv``, ``spells.csv`` and ``service.toml``; a workbook with
        a sheet for each; or data frames of pandas, polars or pyarrow under the names of the
        tables. Also a Standard Safeguarding Dataset, as a folder or as frames, and an Ofsted Annex
        A workbook: see docs/sector.md. The folder of a week that the weekly run planned gives that
        week, with the history it was planned with.
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
    names
        A file of ids and names of workers, or names by id; None takes ``names.csv`` beside the
        data, where there is one. A worker who stands somewhere by name is read as the id; the
        names stand in no snapshot. See `read_names`.

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
        names=names,
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
    names: Names | None = None,
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
    kept = None if isinstance(source, Mapping) else week_instead(Path(source))
    if kept is not None:
        called = names_of_a_week(names, folder_of(source), None, form, findings)
        return _as_kept(kept, as_of, called, findings), findings.sorted_notices()
    found = doors.translated(
        source, as_of, encoding, date_format, sector=sector, assume=assume, findings=findings
    )
    raw, said = found or _raw_tables(doors.without_episodes(source), form, findings)
    of_the_week = raw.pop(NAMES.name, None)
    if found is None:
        keep_tables(raw, own)
    called = names_of_a_week(names, folder_of(source), of_the_week, form, findings)
    form = replace(form, people=ids_of_people(called))
    week = _week(as_of, said, findings)
    if found is None and week is not None:
        doors.add_spells(raw, source, week, encoding, date_format, findings)
    ids = {name: known_ids(raw.get(name), Titles(table, own)) for name, table in ALL_TABLES.items()}
    tables = {name: _read_table(raw, name, findings, ids, form, repeated_rows) for name in TABLES}
    ask(raw, tables, own, findings, has_names=bool(form.people))
    keep_names(called, {cast("Worker", row).worker_id for row in tables["workers"].rows}, findings)
    if not allow_empty:
        refuse_empty(raw, tables, findings)
    if unknown_holders == "unallocated":
        free_unknown_holders(tables, findings)
    library = library_of(source) if isinstance(source, Mapping) else None
    return assemble(week, tables, findings, library), findings.sorted_notices()


def _as_kept(
    week: Snapshot, as_of: DayLike | None, called: DisplayNames | None, findings: Findings
) -> Snapshot:
    """Return a week that is kept with its plan: whatever its tables needed was done then."""
    if as_of is not None and (day := week_date(as_of, findings)) not in {None, week.as_of}:
        findings.problem(
            "service",
            "another_date",
            f"the folder keeps the week of {week.as_of.isoformat()}, and as_of says {day}. Leave "
            "as_of out, or give that week's folder.",
            column="as_of",
        )
    keep_names(called, {one.worker_id for one in week.workers}, findings)
    findings.remark(week.remarks)
    if findings.problems:
        raise DataError(findings.sorted_problems(), findings.sorted_notices())
    return week


def _own_words(
    mapping: str | os.PathLike[str] | OwnWords | None, source: Source, findings: Findings
) -> OwnWords:
    try:
        return own_words(mapping, folder_of(source))
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
