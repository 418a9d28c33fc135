"""Dates lie in a believable range, in the right order, and not after the week they describe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from pydantic_core import PydanticCustomError

from caseload_balancer.domain.checked_tables import TITLES, CheckedTables
from caseload_balancer.domain.words import Row
from caseload_balancer.errors import DataProblem

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""Dates outside are typing errors or a spreadsheet's serial numbers."""

_DATES: dict[str, tuple[str, ...]] = {
    "cases": (
        "opened_on",
        "waiting_since",
        "next_due_on",
        "change_requested_on",
        "closed_on",
        "transfer_on",
    ),
    "workers": ("available_from", "leaves_on"),
    "adjustments": ("starts_on", "ends_on"),
    "spells": ("starts_on", "ends_on"),
}


def a_believable_day(day: date) -> date:
    """Accept a day from 1990 to 2100, for which weeks and bank holidays can be counted on."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        says = f"{day.isoformat()} is not between {FIRST_YEAR} and {LAST_YEAR}."
        raise PydanticCustomError("date_out_of_range", "{says}", {"says": says})
    return day


def dates_are_in_range(tables: CheckedTables) -> Iterator[DataProblem]:
    """Find dates before 1990 or after 2100."""
    for table, names in _DATES.items():
        rows: Sequence[Row] = getattr(tables, table)
        for position, row in enumerate(rows):
            for name in names:
                value: date | None = getattr(row, name)
                if value is not None and not FIRST_YEAR <= value.year <= LAST_YEAR:
                    title = TITLES.get(name, name)
                    yield tables.problem(
                        table,
                        position,
                        title,
                        "date_out_of_range",
                        f"{title} {value.isoformat()} is not between {FIRST_YEAR} and {LAST_YEAR}.",
                    )


def the_past_is_past(tables: CheckedTables) -> Iterator[DataProblem]:
    """Find what is said to have begun after the week's date."""
    if tables.as_of is None:
        return
    began: tuple[tuple[str, Sequence[Row], str], ...] = (
        ("cases", tables.cases, "opened_on"),
        ("cases", tables.cases, "waiting_since"),
        ("cases", tables.cases, "change_requested_on"),
        ("spells", tables.spells, "starts_on"),
    )
    for table, rows, name in began:
        for position, row in enumerate(rows):
            day: date | None = getattr(row, name)
            if day is not None and tables.as_of < day and day.year <= LAST_YEAR:
                title = TITLES.get(name, name)
                yield tables.problem(
                    table,
                    position,
                    title,
                    "date_in_future",
                    f"{title} {day.isoformat()} is after the week's date "
                    f"{tables.as_of.isoformat()}.",
                )


def dates_are_in_order(tables: CheckedTables) -> Iterator[DataProblem]:
    """Find ends before their beginnings."""
    for table in ("workers", "adjustments", "spells"):
        first, last = _DATES[table]
        rows: Sequence[Row] = getattr(tables, table)
        for position, row in enumerate(rows):
            start: date | None = getattr(row, first)
            end: date | None = getattr(row, last)
            if start is not None and end is not None and end < start:
                title = TITLES.get(last, last)
                yield tables.problem(
                    table,
                    position,
                    title,
                    "dates_reversed",
                    f"{title} {end.isoformat()} is before {TITLES.get(first, first)} "
                    f"{start.isoformat()}.",
                )
