"""A folder of CSV files to raw tables and the week's date."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from caseload_balancer.errors import DataError, MissingInputError
from caseload_balancer.intake.columns import ALL_TABLES, TABLES_AND_NAMES
from caseload_balancer.intake.contents import content_of
from caseload_balancer.intake.decoding import decode
from caseload_balancer.intake.delimited import read_delimited
from caseload_balancer.intake.findings import Findings, quoted
from caseload_balancer.intake.forms import Form
from caseload_balancer.intake.headers import Titles
from caseload_balancer.intake.raw_tables import RawTable
from caseload_balancer.intake.service_files import SERVICE_FILE
from caseload_balancer.intake.workbooks.reading import read_sheet

_FILES: Final = {f"{name}.csv": name for name in ALL_TABLES}


def read_folder(
    folder: Path, form: Form, findings: Findings
) -> tuple[dict[str, RawTable | None], bytes | None]:
    """Return the tables of a folder and the content of its service file.

    Returns
    -------
    dict of str to RawTable or None
        The tables that have a file; None for one that could not be read.
    bytes or None
        The service file's content; None where there is no such file.

    Raises
    ------
    MissingInputError
        When the folder or a file that is needed is not there, or cannot be opened.
    """
    paths = _paths(folder)
    _require(folder, paths)
    _warn_of_slips(paths, findings)
    tables: dict[str, RawTable | None] = {}
    for file, name in _FILES.items():
        if (path := paths.get(file)) is not None:
            tables[name] = read_file(path, name, form, findings)
        elif (path := paths.get(f"{name}.xlsx")) is not None:
            tables[name] = read_sheet(path, name, form, findings)
    service = paths.get(SERVICE_FILE)
    return tables, None if service is None else content_of(service, "service")


def read_file(path: Path, name: str, form: Form, findings: Findings) -> RawTable | None:
    """Return the table in one CSV file, or None after reporting why there is none."""
    try:
        content = content_of(path, name)
    except DataError as error:
        findings.problems += error.problems
        return None
    text = decode(content, form.encoding, name, findings)
    if text is None:
        return None
    meanings = Titles(TABLES_AND_NAMES[name], form.own)
    return read_delimited(text, meanings, form.header_rows.get(name, 1), findings)


def _paths(folder: Path) -> dict[str, Path]:
    """Return the folder's files under their names in lower case."""
    if not folder.exists():
        raise MissingInputError(f"there is no folder '{folder}'.")
    if not folder.is_dir():
        raise MissingInputError(
            f"'{folder}' is a file. Give the folder that holds cases.csv and workers.csv."
        )
    paths: dict[str, Path] = {}
    try:
        found = sorted(folder.iterdir())
    except OSError as error:
        raise MissingInputError(
            f"the folder '{folder}' cannot be opened: {error.strerror}."
        ) from error
    for path in found:
        name = path.name.casefold()
        if name in paths and name in {*_FILES, SERVICE_FILE}:
            raise MissingInputError(
                f"{quoted(paths[name].name)} and {quoted(path.name)} are both there, and only one "
                "can be meant. Move one away."
            )
        paths[name] = path
    return paths


def _require(folder: Path, paths: Mapping[str, Path]) -> None:
    missing = [
        f"{name}.csv is not in '{folder}'{_instead(name, paths)}."
        for name, table in ALL_TABLES.items()
        if table.required_file and not {f"{name}.csv", f"{name}.xlsx"}.intersection(paths)
    ]
    if missing:
        raise MissingInputError(" ".join(missing))


def _instead(name: str, paths: Mapping[str, Path]) -> str:
    workbook = next((p for p in paths.values() if p.stem.casefold() == name), None)
    if workbook is not None:
        return f"; there is {quoted(workbook.name)}. Save it as 'CSV UTF-8'"
    near = _nearest(f"{name}.csv", [path for path in paths if path not in _FILES])
    return f"; there is {quoted(paths[near].name)}. Rename it to {name}.csv" if near else ""


def _warn_of_slips(paths: Mapping[str, Path], findings: Findings) -> None:
    """Warn of files that look like an optional table under another name."""
    others = [name for name in paths if name.endswith(".csv") and name not in _FILES]
    for file, table in _FILES.items():
        if file not in paths and (near := _nearest(file, others)):
            findings.warn(
                table,
                "unknown_file",
                f"{file} is not there, and {quoted(paths[near].name)} was not read. "
                f"Rename it if it is meant.",
            )


def _nearest(file: str, names: Iterable[str]) -> str | None:
    return next(iter(difflib.get_close_matches(file, list(names), n=1, cutoff=0.8)), None)
