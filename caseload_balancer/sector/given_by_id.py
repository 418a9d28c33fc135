"""Files that say one thing of each id, given for one export: birth dates, registrations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

from caseload_balancer.errors import DataError
from caseload_balancer.intake.findings import Findings
from caseload_balancer.sector.csv_files import CsvFiles
from caseload_balancer.sector.evidence import Evidence
from caseload_balancer.sector.lines import Lines
from caseload_balancer.sector.sheets import WORKBOOKS, lone_sheet
from caseload_balancer.sector.sources import (
    Line,
    SourceReading,
    SourceSpec,
    SourceTable,
    title_key,
)
from caseload_balancer.sector.ssda903.tables import DAY_FORMAT, REGISTRATION_SPEC

_CHILD_OF_THE_RETURN: Final = "child"

DOB_SPEC: Final = SourceSpec(
    "dob",
    {
        "case_id": ("child", "child id", "child unique id", "person id", "pers_person_id"),
        "dob": ("date of birth", "birth date", "pers_dob"),
    },
    ("case_id", "dob"),
)
"""Also the header file of the SSDA903 return, and ``ssd_person``."""

REGISTRATIONS_SPEC: Final = SourceSpec(
    REGISTRATION_SPEC.name,
    {**REGISTRATION_SPEC.columns, "staff_id": ("prof_staff_id",)},
    REGISTRATION_SPEC.needed,
)
"""Also ``ssd_professionals``; where its worker's id is blank, as in Mosaic, that of the staff."""

_Value = TypeVar("_Value")


def birth_dates_in(path: Path, encoding: str, date_format: str | None) -> dict[str, date]:
    """Return the birth date of each child in a CSV file or workbook.

    Parameters
    ----------
    date_format
        Of dates that are neither ISO 8601 nor cells with a date; None is that of the return where
        the file has its ``CHILD``.

    Raises
    ------
    MissingInputError
        When the file cannot be opened.
    DataError
        With everything that is wrong in it.
    """
    table, findings = _table_in(path, DOB_SPEC, encoding)
    if table is not None and _CHILD_OF_THE_RETURN in map(title_key, table.titles):
        date_format = date_format or DAY_FORMAT
    reading = SourceReading(Evidence(), findings, date_format)
    lines = Lines(table, DOB_SPEC, reading)
    return _by_id(lines, findings, lambda line: line.key("case_id"), lambda line: line.day("dob"))


def registrations_in(path: Path, encoding: str) -> dict[str, str]:
    """Return the registration number of each worker; raises as `birth_dates_in`."""
    table, findings = _table_in(path, REGISTRATIONS_SPEC, encoding)
    lines = Lines(table, REGISTRATIONS_SPEC, SourceReading(Evidence(), findings))
    return _by_id(
        lines,
        findings,
        lambda line: line.key("worker_id") or line.key("staff_id"),
        lambda line: line.text("registration"),
    )


def _table_in(path: Path, spec: SourceSpec, encoding: str) -> tuple[SourceTable | None, Findings]:
    findings = Findings()
    if path.suffix.casefold() not in WORKBOOKS:
        return CsvFiles(encoding, findings).source(path, spec), findings
    return lone_sheet(path, spec, findings), findings


def _by_id(
    lines: Lines,
    findings: Findings,
    of: Callable[[Line], str | None],
    what: Callable[[Line], _Value | None],
) -> dict[str, _Value]:
    """Return what lines say of each id; lines that say nothing are passed over.

    Raises
    ------
    DataError
        When a cell cannot be read, or two lines say different things of one id.
    """
    found: dict[str, _Value] = {}
    rows: dict[str, int] = {}
    for line in lines:
        name, value = of(line), what(line)
        if name is None or value is None:
            continue
        if found.setdefault(name, value) != value:
            message = f"{name} has another one in row {rows[name]}. Only one can be right."
            findings.problem(lines.name, "contradicting_rows", message, row=line.number)
        rows.setdefault(name, line.number)
    if findings.problems:
        raise DataError(findings.sorted_problems(), findings.sorted_notices())
    return found
