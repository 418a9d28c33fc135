"""Folders, workbooks and frames to the source tables of the format they are in, if any."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

from caseload_balancer.errors import DataError, MissingInputError
from caseload_balancer.intake.columns import ALL_TABLES
from caseload_balancer.intake.contents import content_of
from caseload_balancer.intake.findings import Findings, quoted
from caseload_balancer.intake.frames import raw_table
from caseload_balancer.intake.raw_tables import RawTable
from caseload_balancer.intake.service_files import SERVICE_FILE
from caseload_balancer.sector.annex_a import lists as annex_a
from caseload_balancer.sector.beside import BESIDE, NATIVE
from caseload_balancer.sector.csv_files import CsvFiles
from caseload_balancer.sector.settings import SETTINGS_FILE
from caseload_balancer.sector.sheets import WORKBOOKS, Sheets, lone_sheet
from caseload_balancer.sector.sources import SourceSpec, SourceTable, as_source
from caseload_balancer.sector.ssd import tables as ssd
from caseload_balancer.sector.ssda903.beside import EPISODES, is_episodes

Format = Literal["ssd", "annex_a"]
_DELIMITED: Final = (".csv", ".txt", ".tsv")


@dataclass
class OpenedSource:
    """What a source holds.

    Parameters
    ----------
    format
        The sector format it is in.
    tables
        The format's own tables, by name; None for one that could not be read.
    beside
        Tables of ours beside them: ``hr``, ``local``, ``sw_episodes``.
    native
        Tables of ours that need no translation: ``adjustments``, ``teams``; None for one that
        could not be read.
    service
        Content of ``service.toml``; None where there is none.
    settings
        The settings file; None where there is none.
    """

    format: Format
    tables: dict[str, SourceTable | None] = field(default_factory=dict)
    beside: dict[str, SourceTable] = field(default_factory=dict)
    native: dict[str, RawTable | None] = field(default_factory=dict)
    service: bytes | None = None
    settings: Path | None = None

    def take(
        self, spec: SourceSpec, called: str, table: SourceTable | None, findings: Findings
    ) -> None:
        """Take a table under its name; one that is there twice is reported, and the first stays.

        Parameters
        ----------
        called
            Its file, sheet or frame.
        table
            None for one that could not be read.
        """
        if spec.name in self.tables or spec.name in self.beside:
            message = (
                f"{quoted(called)} is a second {spec.name}, and only one can be meant. Rename it "
                "or take it out."
            )
            findings.problem(spec.name, "two_tables", message)
        elif spec.name not in BESIDE:
            self.tables[spec.name] = table
        elif table is not None:
            self.beside[spec.name] = table

    def require(self, where: str, findings: Findings) -> None:
        """Refuse a source that lacks what nothing can be told without.

        Raises
        ------
        MissingInputError
            With the tables that are missing.
        DataError
            With all problems so far, when one of them is there and cannot be read.
        """
        if self.format == "annex_a":
            return
        missing = [name for name in ssd.NEEDED if name not in self.tables]
        if missing:
            raise MissingInputError(
                f"a Standard Safeguarding Dataset needs {' and '.join(ssd.NEEDED)}; "
                f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not {where}."
            )
        if any(self.tables[name] is None for name in ssd.NEEDED):
            raise DataError(findings.problems)


def opened(
    source: Path | Mapping[str, Any], encoding: str, findings: Findings
) -> OpenedSource | None:
    """Open a source that is in one of the sector's formats; None for any other.

    Raises
    ------
    MissingInputError
        When a file cannot be opened, or a table without which nothing can be told is not there.
    DataError
        When a workbook is not safe to open.
    """
    if isinstance(source, Mapping):
        return _frames(source, findings)
    if source.is_dir():
        return _folder(source, encoding, findings)
    if source.is_file() and source.suffix.casefold() in WORKBOOKS:
        return _workbook(source, encoding, findings)
    return None


def _spec_of(name: str) -> SourceSpec | None:
    """Return what a file, sheet or frame of a name should have; None for one of no format."""
    found = ssd.SPECS.get(ssd.table_name(name) or "")
    return found or annex_a.SPECS.get(annex_a.list_name(name) or "")


def _specs_of(names: Iterable[str]) -> dict[str, SourceSpec]:
    """Return what those of some files, sheets or frames should have that are of a format."""
    given = list(names)
    found = {name: spec for name in given if (spec := _spec_of(name)) is not None}
    return found or ssd.without_prefix(given)


def _format_of(names: Mapping[str, SourceSpec]) -> Format | None:
    """Return the format that tables of these names make."""
    tables = {spec.name for spec in names.values()}
    if not tables.isdisjoint(ssd.SPECS):
        return "ssd"
    return "annex_a" if not tables.isdisjoint(annex_a.CASE_LISTS) else None


def _frames(frames: Mapping[str, Any], findings: Findings) -> OpenedSource | None:
    texts = [name for name in frames if isinstance(name, str)]
    specs = _specs_of(texts)
    which = _format_of(specs)
    if "cases" in frames or which is None:
        return None
    found = OpenedSource(which)
    for key, frame in frames.items():
        spec = specs.get(key) or BESIDE.get(key)
        if frame is None or (spec is None and key not in NATIVE):
            continue
        raw = raw_table(key if spec is None else spec.name, frame, findings)
        if spec is None:
            found.native[key] = raw
        else:
            found.take(spec, key, None if raw is None else as_source(raw), findings)
    found.require("among the frames", findings)
    return found


def _folder(folder: Path, encoding: str, findings: Findings) -> OpenedSource | None:
    paths = {path.name.casefold(): path for path in _listed(folder) if path.is_file()}
    if "cases.csv" in paths:
        return None
    files = [path for path in paths.values() if path.suffix.casefold() in _DELIMITED]
    files += [path for path in _books(paths) if not _is_of_the_sector(path)]
    by_stem = _specs_of([path.stem for path in files])
    specs = {path: by_stem[path.stem] for path in files if path.stem in by_stem}
    which = _format_of(by_stem)
    if which is None:
        return _workbook_in(paths, encoding, findings)
    found = OpenedSource(which)
    reader = CsvFiles(encoding, findings)
    for path, spec in sorted(specs.items()):
        found.take(spec, path.name, _table_in(path, spec, reader, findings), findings)
    _beside(paths, reader, found, findings)
    found.require(f"in '{folder}'", findings)
    return found


def _workbook_in(
    paths: Mapping[str, Path], encoding: str, findings: Findings
) -> OpenedSource | None:
    """Open the one workbook of a folder that is in a format of the sector."""
    found = [path for path in _books(paths) if _is_of_the_sector(path)]
    if len(found) > 1:
        names = " and ".join(f"'{path.name}'" for path in found)
        raise MissingInputError(f"{names} are both there, and only one can be meant. Name it.")
    return _workbook(found[0], encoding, findings) if found else None


def _books(paths: Mapping[str, Path]) -> list[Path]:
    return [
        path
        for name, path in paths.items()
        if path.suffix.casefold() in WORKBOOKS and not name.startswith("~$")
    ]


def _is_of_the_sector(path: Path) -> bool:
    try:
        return _format_of(_sheets_of(Sheets(path))) is not None
    except (DataError, MissingInputError):
        return False  # what it is, is said when it is named itself


def _sheets_of(sheets: Sheets) -> Mapping[str, SourceSpec]:
    return _specs_of(sheets.titles)


def _workbook(path: Path, encoding: str, findings: Findings) -> OpenedSource | None:
    sheets = Sheets(path)
    specs = dict(_sheets_of(sheets))
    which = _format_of(specs)
    if which is None:
        return None
    found = OpenedSource(which)
    of_ours = {
        title: BESIDE[name] for title in sheets.titles if (name := title.casefold()) in BESIDE
    }
    _beside(
        {one.name.casefold(): one for one in _listed(path.parent)},
        CsvFiles(encoding, findings),
        found,
        findings,
    )
    for title, spec, table in sheets.tables({**specs, **of_ours}.get, findings):
        found.take(spec, title, table, findings)
    found.require(f"in '{path.name}'", findings)
    return found


def _table_in(
    path: Path, spec: SourceSpec, reader: CsvFiles, findings: Findings
) -> SourceTable | None:
    is_book = path.suffix.casefold() in WORKBOOKS
    return lone_sheet(path, spec, findings) if is_book else reader.source(path, spec)


def _beside(
    paths: Mapping[str, Path], reader: CsvFiles, found: OpenedSource, findings: Findings
) -> None:
    """Read what of ours stands beside the sector's own files."""
    for name, spec in BESIDE.items():
        for file, path in paths.items():
            stem, _, suffix = file.rpartition(".")
            is_named = is_episodes(stem) if name == EPISODES else stem == name
            if not is_named or f".{suffix}" not in (*_DELIMITED, *WORKBOOKS):
                continue
            if (table := _table_in(path, spec, reader, findings)) is not None:
                found.take(spec, path.name, table, findings)
    for name in NATIVE:
        if (ours := paths.get(f"{name}.csv")) is not None:
            found.native[name] = reader.raw(ours, ALL_TABLES[name])
    if (service := paths.get(SERVICE_FILE)) is not None:
        found.service = content_of(service, "service")
    found.settings = paths.get(SETTINGS_FILE)


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise MissingInputError(
            f"the folder '{folder}' cannot be opened: {error.strerror}."
        ) from error
