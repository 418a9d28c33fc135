"""Rows of the five tables while they are put together from several sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from caseload_balancer.domain.words import CaseType
from caseload_balancer.intake.raw_tables import RawTable


@dataclass
class DraftCase:
    """One child's case; the columns of ``cases`` that the sector's files can tell.

    Parameters
    ----------
    row
        Number of the row that the child is known by.
    """

    row: int
    case_id: str
    case_type: CaseType
    worker_id: str | None = None
    team_id: str | None = None
    family_id: str | None = None
    opened_on: date | None = None
    waiting_since: date | None = None
    in_court: bool = False
    next_due_on: date | None = None
    next_due: str | None = None


@dataclass(frozen=True)
class DraftSpell:
    """One stretch of time a worker held a case; see the ``spells`` table."""

    row: int
    case_id: str
    worker_id: str
    starts_on: date
    ends_on: date | None
    reason: str | None = None


def count_cases(cases: Sequence[DraftCase], steps: Counter[str]) -> None:
    """Count the cases among the steps of a derivation."""
    steps["children with an open case"] = len(cases)
    types = Counter(case.case_type for case in cases)
    for case_type in sorted(types):
        steps[f"of them {case_type}"] = types[case_type]
    steps["held by a worker"] = sum(case.worker_id is not None for case in cases)
    steps["in court"] = sum(case.in_court for case in cases)
    steps["with something due next"] = sum(case.next_due_on is not None for case in cases)


SPELL_TITLES = {"starts_on": "from", "ends_on": "to"}


def raw_rows(
    name: str, row_type: type[Any], rows: Iterable[Any], titles: Mapping[str, str] | None = None
) -> RawTable:
    """Return drafts as a raw table, numbered by the rows of their source."""
    drafts = list(rows)
    names = [one.name for one in fields(row_type) if one.name != "row"]
    return RawTable(
        name=name,
        header=[(titles or {}).get(one, one) for one in names],
        rows=[[getattr(draft, one) for one in names] for draft in drafts],
        row_numbers=[draft.row for draft in drafts],
        header_row=None,
    )


def raw_records(
    name: str, columns: Sequence[str], records: Sequence[tuple[int, Mapping[str, Any]]]
) -> RawTable:
    """Return rows that are dictionaries as a raw table."""
    return RawTable(
        name=name,
        header=list(columns),
        rows=[[record.get(column) for column in columns] for _, record in records],
        row_numbers=[number for number, _ in records],
        header_row=None,
    )
