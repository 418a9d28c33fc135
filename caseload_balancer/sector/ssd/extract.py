"""An extract: its tables, its children, and which system it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from caseload_balancer.sector.evidence import Evidence
from caseload_balancer.sector.legal_statuses import STATUS_WORDS
from caseload_balancer.sector.lines import Lines
from caseload_balancer.sector.sources import Line, SourceReading, SourceTable
from caseload_balancer.sector.ssd.tables import SPECS

_NEWEST: Final = (1, 4, 5)
_OPTIONAL: Final = {"ssd_family", "ssd_pre_proceedings", "ssd_version_log"}
MOSAIC, SYSTEMC, ECLIPSE = "Mosaic", "SystemC", "Eclipse"


@dataclass(frozen=True)
class Extract:
    """The tables of one extract.

    Parameters
    ----------
    on
        The week's date.
    lines
        Every table of `SPECS`; without rows where it is not there.
    reading
        How cells are read.
    """

    on: date
    lines: Mapping[str, Lines]
    reading: SourceReading

    @classmethod
    def of(
        cls, on: date, tables: Mapping[str, SourceTable | None], reading: SourceReading
    ) -> Extract:
        """Read the tables that are there, and note the others."""
        lines = {name: Lines(tables.get(name), spec, reading) for name, spec in SPECS.items()}
        extract = cls(on, lines, reading)
        evidence = reading.evidence
        evidence.source = f"{evidence.source}, {extract.system}"
        for name in lines:
            if name not in tables and name not in _OPTIONAL:
                evidence.note("missing", name, 0, "table_not_there")
        extract.note_version()
        return extract

    @property
    def evidence(self) -> Evidence:
        """Where is noted what was found."""
        return self.reading.evidence

    @cached_property
    def system(self) -> str:
        """The case system, as far as columns and codes tell."""
        involvements = self.lines["ssd_involvements"]
        of_plan = self.lines["ssd_cin_visits"].has("cinv_cin_plan_id")
        if of_plan or not involvements.has("invo_person_id"):
            return MOSAIC
        words = [line.text("lega_legal_status") for line in self.lines["ssd_legal_status"]]
        known = [text for text in words if text]
        # The same columns in both: SystemC writes words for a legal status, Eclipse its code.
        if known and all(text.upper() in STATUS_WORDS for text in known):
            return ECLIPSE
        return SYSTEMC

    def note_version(self) -> None:
        """Note which version of the extract it is."""
        log = self.lines["ssd_version_log"]
        versions = [(line.text("version_number"), line.text("is_current")) for line in log]
        for line in log:
            self.evidence.used(line.table, line.number)
        current = [number for number, flag in versions if number and flag in {"1", "Y", "True"}]
        current = current or [number for number, _ in versions if number]
        if not current:
            self.evidence.note("missing", "ssd_version_log", 0, "no_version")
            return
        newest = max(current, key=_numbers)
        self.evidence.version = newest
        if self.system == SYSTEMC and _numbers(newest) < _NEWEST:
            self.evidence.note("assumed", "ssd_version_log", 0, "old_extract", newest)

    def table(self, name: str) -> Iterator[Line]:
        """Yield the rows of a table; of several with one id and of one child the first."""
        spec = SPECS[f"ssd_{name}"]
        identity = next(iter(spec.columns))
        child = next((one for one in spec.columns if one.endswith("_person_id")), identity)
        seen: set[tuple[str, str | None]] = set()
        for line in self.lines[spec.name]:
            key = line.key(identity)
            if key is None:
                yield line
                continue
            # A referral of siblings may have one id, and a row for each child.
            named = (key, line.key(child))
            if named in seen:
                self.evidence.note("left out", spec.name, line.number, "repeated_row", key)
                continue
            seen.add(named)
            yield line

    @cached_property
    def child_of_referral(self) -> Mapping[str, str]:
        """The child of each referral: Mosaic's involvements name only that."""
        return self._children("cin_episodes", "cine_referral_id", "cine_person_id")

    @cached_property
    def child_of_cin_plan(self) -> Mapping[str, str]:
        """The child of each child in need plan."""
        return self._children("cin_plans", "cinp_cin_plan_id", "cinp_person_id")

    @cached_property
    def child_of_cp_plan(self) -> Mapping[str, str]:
        """The child of each child protection plan."""
        return self._children("cp_plans", "cppl_cp_plan_id", "cppl_person_id")

    @cached_property
    def child_of_care(self) -> Mapping[str, str]:
        """The child of each period of care."""
        return self._children("cla_episodes", "clae_cla_id", "clae_person_id")

    def _children(self, table: str, identity: str, child: str) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for line in self.lines[f"ssd_{table}"]:
            key, child_id = line.key(identity), line.key(child)
            if key is not None and child_id is not None:
                found.setdefault(key, child_id)
        return found


def ended(day: date | None, on: date) -> bool:
    """Say whether something with this end is over on a day."""
    return day is not None and day <= on


def _numbers(version: str) -> tuple[int, ...]:
    # No number of more digits: Python refuses to read thousands of them.
    return tuple(int(part) for part in re.findall(r"[0-9]{1,9}", version)[:3])
