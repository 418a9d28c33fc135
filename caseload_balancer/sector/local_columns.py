"""The local table laid over the cases: what a person knows goes before what was derived."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from caseload_balancer.intake.columns import CASES, TEXT_KINDS, Kind
from caseload_balancer.intake.raw_tables import RawTable
from caseload_balancer.sector.drafts import raw_records
from caseload_balancer.sector.evidence import Evidence
from caseload_balancer.sector.lines import Lines
from caseload_balancer.sector.sources import Line


def with_local(cases: RawTable, local: Lines, evidence: Evidence) -> RawTable:
    """Return the cases with every value of the local table in place of what was derived."""
    if not local.found:
        return cases
    place = list(cases.header).index("case_id")
    known = {row[place] for row in cases.rows}
    given: dict[object, Mapping[str, Any]] = {}
    for line in local:
        case_id = line.key("case_id")
        if case_id is None:
            evidence.note("left out", local.name, line.number, "no_key")
        elif case_id not in known:
            evidence.note("left out", local.name, line.number, "not_in_the_week", case_id)
        else:
            evidence.note("used", local.name, line.number, "local_value", case_id)
            given[case_id] = _values(line)
    records = [
        (number, {**dict(zip(cases.header, row, strict=True)), **given.get(row[place], {})})
        for number, row in zip(cases.row_numbers, cases.rows, strict=True)
    ]
    return raw_records("cases", [column.name for column in CASES.columns], records)


def _values(line: Line) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for column in CASES.columns:
        cell = line.cells.get(column.name)
        if column.name == "case_id" or cell is None:
            continue
        if column.kind is Kind.DATE:
            found[column.name] = line.day(column.name)
        elif column.kind in TEXT_KINDS and not isinstance(cell, str):
            found[column.name] = line.text(column.name)
        else:
            found[column.name] = cell
    return found
