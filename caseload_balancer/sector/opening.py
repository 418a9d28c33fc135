"""Folders, workbooks and frames to the source tables of the format they are in, if any."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from caseload_balancer.errors import MissingInputError
from caseload_balancer.intake.columns import ALL_TABLES
from caseload_balancer.intake.findings import Findings
from caseload_balancer.intake.frames import raw_table
from caseload_balancer.intake.raw_tables import RawTable
from caseload_balancer.intake.service_files import SERVICE_FILE
from caseload_balancer.sector.beside import BESIDE, NATIVE
from caseload_balancer.sector.csv_files import CsvFiles, content_of
from caseload_balancer.sector.settings import SETTINGS_FILE
from caseload_balancer.sector.sources import SourceTable, as_source
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
            (found.beside if name in BESIDE else found.tables)[name] = as_source(raw)
    _require(found, "among the frames")
    return found


def _folder(folder: Path, encoding: str, findings: Findings) -> OpenedSource | None:
    if not folder.is_dir():
        return None
    paths = {path.name.casefold(): path for path in _listed(folder) if path.is_file()}
    tables = {name: path for path in paths.values() if (name := _table_of(path)) in SPECS}
    if "cases.csv" in paths or not tables:
        return None
    found = OpenedSource("ssd")
    reader = CsvFiles(encoding, findings)
    for name, path in sorted(tables.items()):
        if (table := reader.source(path, SPECS[name])) is not None:
            found.tables[name] = table
    beside_files(paths, reader, found)
    _require(found, f"in '{folder}'")
    return found


def beside_files(paths: Mapping[str, Path], reader: CsvFiles, found: OpenedSource) -> None:
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
