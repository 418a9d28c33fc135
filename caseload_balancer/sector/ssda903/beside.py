"""Episodes of the return beside a week's own tables: the spells nobody else keeps."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from caseload_balancer.intake.columns import CASES
from caseload_balancer.intake.findings import Findings
from caseload_balancer.intake.frames import raw_table
from caseload_balancer.intake.known_titles import key
from caseload_balancer.intake.raw_tables import RawTable
from caseload_balancer.sector.csv_files import CsvFiles
from caseload_balancer.sector.evidence import new_evidence
from caseload_balancer.sector.lines import Lines
from caseload_balancer.sector.sources import (
    SourceReading,
    SourceSpec,
    SourceTable,
    as_source,
    title_key,
)
from caseload_balancer.sector.ssda903.spells import spells_of_episodes
from caseload_balancer.sector.ssda903.tables import DAY_FORMAT, EPISODES_SPEC, REGISTRATION_SPEC

EPISODES: Final = "sw_episodes"
_NAMES: Final = frozenset({"swepisodes", "swepisode", "socialworkerepisodes"})


def is_episodes(name: str) -> bool:
    """Say whether a file or frame is called as the module is, with a year behind or without."""
    return title_key(name).rstrip("0123456789") in _NAMES


def without_episodes(source: Any) -> Any:
    """Return frames without those of the return; any other source as it is."""
    if not isinstance(source, Mapping):
        return source
    return {name: frame for name, frame in source.items() if not _is_of_the_return(name)}


def _is_of_the_return(name: object) -> bool:
    return isinstance(name, str) and (is_episodes(name) or name == REGISTRATION_SPEC.name)


def add_spells(
    tables: dict[str, RawTable | None],
    source: str | os.PathLike[str] | Mapping[str, Any],
    on: date,
    encoding: str,
    date_format: str | None,
    findings: Findings,
) -> None:
    """Add the spells that episodes beside a week's tables make, where it has no others."""
    if "spells" in tables:
        return
    given = source if isinstance(source, Mapping) else Path(source)
    beside = EpisodesBeside(given, encoding, findings)
    if beside.found:
        tables["spells"] = beside.spells(tables.get("cases"), on, date_format)


class EpisodesBeside:
    """The episodes and registration numbers in a folder or among frames, where there are any.

    Parameters
    ----------
    source
        The folder, or the frames by name.
    """

    def __init__(self, source: Path | Mapping[str, Any], encoding: str, findings: Findings) -> None:
        self._findings = findings
        self._tables: dict[str, SourceTable] = {}
        if isinstance(source, Mapping):
            self._from_frames(source)
        elif source.is_dir():
            self._from_folder(source, CsvFiles(encoding, findings))

    def _from_frames(self, frames: Mapping[str, Any]) -> None:
        for name, frame in frames.items():
            of = self._kind(str(name))
            if of is None or frame is None:
                continue
            raw = raw_table(of.name, frame, self._findings)
            if raw is not None:
                self._tables[of.name] = as_source(raw)

    def _from_folder(self, folder: Path, files: CsvFiles) -> None:
        for path in sorted(folder.glob("*")):
            is_csv = path.suffix.casefold() == ".csv"
            of = self._kind(path.stem) if is_csv else None
            if of is None:
                continue
            table = files.source(path, of)
            if table is not None:
                self._tables[of.name] = table

    @staticmethod
    def _kind(name: str) -> SourceSpec | None:
        if is_episodes(name):
            return EPISODES_SPEC
        return REGISTRATION_SPEC if title_key(name) == REGISTRATION_SPEC.name else None

    @property
    def found(self) -> bool:
        """Whether there are episodes."""
        return EPISODES in self._tables

    def spells(self, cases: RawTable | None, on: date, date_format: str | None) -> RawTable | None:
        """Return the spells that the episodes make, after telling what became of each row.

        Parameters
        ----------
        cases
            The week's cases; without them nothing can be told.
        on
            The week's date.
        date_format
            Of dates that are text; None is that of the return.
        """
        titles = [] if cases is None else [key(title) for title in cases.header]
        identity = key(str(CASES.identity))
        if cases is None or identity not in titles:
            return None
        evidence = new_evidence("Tables with SSDA903 social worker episodes")
        reading = SourceReading(evidence, self._findings, date_format or DAY_FORMAT)
        place = titles.index(identity)
        case_ids = {str(row[place]).strip() for row in cases.rows if len(row) > place}
        registrations = {
            number: worker
            for line in Lines(self._tables.get("registration"), REGISTRATION_SPEC, reading)
            if (number := line.key("registration")) and (worker := line.key("worker_id"))
        }
        lines = Lines(self._tables[EPISODES], EPISODES_SPEC, reading)
        spells = spells_of_episodes(lines, on, case_ids, registrations, evidence)
        evidence.tell(self._findings)
        return spells
