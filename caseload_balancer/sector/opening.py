"""Folders, workbooks and frames to the source tables of the format they are in, if any."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from caseload_balancer.domain.words import Row
from caseload_balancer.errors import MissingInputError
from caseload_balancer.intake.columns import ALL_TABLES, Column, InputTable, Kind
from caseload_balancer.intake.decoding import decode
from caseload_balancer.intake.delimited import read_delimited
from caseload_balancer.intake.findings import Findings, quoted
from caseload_balancer.intake.frames import raw_table
from caseload_balancer.intake.raw_tables import RawTable
from caseload_balancer.intake.service_files import SERVICE_FILE
from caseload_balancer.sector.beside import BESIDE, NATIVE
from caseload_balancer.sector.settings import SETTINGS_FILE
from caseload_balancer.sector.sources import SourceSpec, SourceTable
from caseload_balancer.sector.ssd.tables import NEEDED, SPECS, table_name

Format = Literal["ssd"]


@dataclass
class OpenedSource:
    """What a source holds.

    Parameters
    ----------
    format
        The sector format it is in.
    tables
        The format's own tables, by name.
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
    tables: dict[str, SourceTable] = field(default_factory=dict)
    beside: dict[str, SourceTable] = field(default_factory=dict)
    native: dict[str, RawTable | None] = field(default_factory=dict)
    service: bytes | None = None
    settings: Path | None = None


def opened(
    source: Path | Mapping[str, Any], encoding: str, findings: Findings
) -> OpenedSource | None:
    """Open a source that is in one of the sector's formats; None for any other.

    Raises
    ------
    MissingInputError
        When a file cannot be opened, or a table without which nothing can be told is not there.
    """
    if isinstance(source, Mapping):
        return _frames(source, findings)
    return _folder(source, encoding, findings)


def _frames(frames: Mapping[str, Any], findings: Findings) -> OpenedSource | None:
    names = {name: table_name(name) for name in frames if isinstance(name, str)}
    if "cases" in frames or not any(name in SPECS for name in names.values()):
        return None
    found = OpenedSource("ssd")
    for key, frame in frames.items():
        name = names.get(key) or key
        if frame is None:
            continue
        raw = raw_table(name, frame, findings)
        if name in NATIVE:
            found.native[name] = raw
        elif raw is not None:
            (found.beside if name in BESIDE else found.tables)[name] = _source(raw)
    _require(found, "among the frames")
    return found


def _source(raw: RawTable) -> SourceTable:
    return SourceTable(raw.name, raw.header, raw.rows, raw.row_numbers)


def _folder(folder: Path, encoding: str, findings: Findings) -> OpenedSource | None:
    if not folder.is_dir():
        return None
    paths = {path.name.casefold(): path for path in _listed(folder) if path.is_file()}
    tables = {name: path for path in paths.values() if (name := _table_of(path)) in SPECS}
    if "cases.csv" in paths or not tables:
        return None
    found = OpenedSource("ssd")
    reader = _FileReader(encoding, findings)
    for name, path in sorted(tables.items()):
        if (table := reader.source(path, SPECS[name])) is not None:
            found.tables[name] = table
    beside_files(paths, reader, found)
    _require(found, f"in '{folder}'")
    return found


def beside_files(paths: Mapping[str, Path], reader: _FileReader, found: OpenedSource) -> None:
    """Read what of ours stands beside the sector's own files."""
    for name, spec in BESIDE.items():
        path = paths.get(f"{name}.csv")
        if path is not None and (table := reader.source(path, spec)) is not None:
            found.beside[name] = table
    for name in NATIVE:
        if (path := paths.get(f"{name}.csv")) is not None:
            found.native[name] = reader.raw(path, ALL_TABLES[name])
    if (service := paths.get(SERVICE_FILE)) is not None:
        found.service = content_of(service)
    found.settings = paths.get(SETTINGS_FILE)


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise MissingInputError(
            f"the folder '{folder}' cannot be opened: {error.strerror}."
        ) from error


def _table_of(path: Path) -> str:
    return (table_name(path.stem) or "") if path.suffix.casefold() == ".csv" else ""


def _require(found: OpenedSource, where: str) -> None:
    missing = [name for name in NEEDED if name not in found.tables]
    if missing:
        raise MissingInputError(
            f"a Standard Safeguarding Dataset needs {' and '.join(NEEDED)}; "
            f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not {where}."
        )


class _FileReader:
    """Reads CSV files as source tables and as tables of our own."""

    def __init__(self, encoding: str, findings: Findings) -> None:
        self._encoding, self._findings = encoding, findings

    def raw(self, path: Path, table: InputTable) -> RawTable | None:
        text = decode(content_of(path), self._encoding, table.name, self._findings)
        return None if text is None else read_delimited(text, table, 1, self._findings)

    def source(self, path: Path, spec: SourceSpec) -> SourceTable | None:
        raw = self.raw(path, _as_input_table(spec))
        return None if raw is None else _source(raw)


def _as_input_table(spec: SourceSpec) -> InputTable:
    """Return a table whose titles tell how the cells of a file are separated."""
    titles = [title for column, others in spec.columns.items() for title in (column, *others)]
    return InputTable(spec.name, Row, tuple(Column(title, Kind.WORD) for title in titles))


def content_of(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises
    ------
    MissingInputError
        When it cannot be opened.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise MissingInputError(
            f"{quoted(path.name)} cannot be opened: {error.strerror}. It may be open in another "
            "program, or the drive may be away. Close it and try again."
        ) from error
