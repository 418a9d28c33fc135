"""A source in one of the sector's formats to the raw tables that CSV files give too."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from caseload_balancer.intake.findings import Findings
from caseload_balancer.intake.raw_tables import RawTable
from caseload_balancer.intake.service_files import read_service, week_date
from caseload_balancer.sector.annex_a.lists import DAY_FORMAT as ANNEX_A_DAYS
from caseload_balancer.sector.annex_a.reading import read_annex_a
from caseload_balancer.sector.beside import BESIDE
from caseload_balancer.sector.evidence import new_evidence
from caseload_balancer.sector.lines import Lines
from caseload_balancer.sector.local_columns import with_local
from caseload_balancer.sector.opening import Format, OpenedSource, opened
from caseload_balancer.sector.settings import SectorRules, rules_from
from caseload_balancer.sector.sources import SourceReading
from caseload_balancer.sector.ssd.reading import read_ssd
from caseload_balancer.sector.ssda903.spells import spells_of_episodes
from caseload_balancer.sector.ssda903.tables import DAY_FORMAT

_OF_A_WEEK: Final = ("cases", "workers")
_FORMATS: Final[Mapping[Format, str]] = {
    "ssd": "Standard Safeguarding Dataset",
    "annex_a": "Ofsted Annex A",
}


def translated(
    source: str | os.PathLike[str] | Mapping[str, Any],
    as_of: Any,
    encoding: str,
    date_format: str | None,
    *,
    sector: str | os.PathLike[str] | Mapping[str, Any] | None,
    assume: Mapping[str, Any] | None,
    findings: Findings,
) -> tuple[dict[str, RawTable | None], bytes | None] | None:
    """Return a source as raw tables and the content of its service file.

    Parameters
    ----------
    as_of
        The week's date as it was given; None takes it from ``service.toml``. Without a date
        nothing can be told: what is open on the day depends on it.
    sector, assume
        Settings, and what to assume; see `rules_from`.

    Returns
    -------
    tuple or None
        None when the source is in none of the sector's formats.
    """
    given = source if isinstance(source, Mapping) else Path(source)
    found = opened(given, encoding, findings)
    if found is None:
        return None
    evidence = new_evidence(_FORMATS[found.format])
    if found.format == "annex_a":
        date_format = date_format or ANNEX_A_DAYS
    reading = SourceReading(evidence, findings, date_format)
    week = _week(as_of, found.service)
    if week is None:
        return dict.fromkeys(_OF_A_WEEK), found.service
    rules = rules_from(found.settings, sector, assume)
    tables = _tables(found, week, rules, reading)
    evidence.tell(findings)
    return {**tables, **found.native}, found.service


def _tables(
    found: OpenedSource, week: date, rules: SectorRules, reading: SourceReading
) -> dict[str, RawTable | None]:
    evidence, findings = reading.evidence, reading.findings
    hr, local = (Lines(found.beside.get(name), BESIDE[name], reading) for name in ("hr", "local"))
    read = read_ssd if found.format == "ssd" else read_annex_a
    tables, registrations = read(week, found.tables, hr, rules, reading)
    cases = tables["cases"]
    if cases is not None:
        tables["cases"] = cases = with_local(cases, local, evidence)
    if "sw_episodes" in found.beside and cases is not None:
        of_return = SourceReading(evidence, findings, reading.date_format or DAY_FORMAT)
        lines = Lines(found.beside["sw_episodes"], BESIDE["sw_episodes"], of_return)
        place = list(cases.header).index("case_id")
        case_ids = {str(row[place]) for row in cases.rows}
        tables["spells"] = spells_of_episodes(lines, week, case_ids, registrations, evidence)
    return tables


def _week(as_of: Any, service: bytes | None) -> date | None:
    """Return the week's date, without a word about what is wrong with it: that is said later."""
    unheard = Findings()
    if as_of is not None:
        return week_date(as_of, unheard)
    return None if service is None else read_service(service, unheard)
