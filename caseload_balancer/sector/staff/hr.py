"""The HR table: what extracts leave empty, such as hours, employment and last days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from caseload_balancer.domain.names import name_key, nearest
from caseload_balancer.intake.columns import TEXT_KINDS, WORKERS, Column, Kind
from caseload_balancer.intake.findings import quoted
from caseload_balancer.sector.lines import Lines
from caseload_balancer.sector.sources import Line, SourceSpec
from caseload_balancer.sector.staff.job_titles import role_of
from caseload_balancer.sector.staff.people import Person

HR_FILE: Final = "hr.csv"
_OTHER_TITLES: Final[Mapping[str, tuple[str, ...]]] = {
    "worker_id": ("professional id", "prof_professional_id"),
    "staff_id": ("employee id", "employee number", "payroll number", "prof_staff_id"),
    "name": ("worker", "worker name", "full name", "employee name", "allocated worker"),
    "registration": (
        "registration number",
        "social work england number",
        "swe number",
        "swe id",
        "sw_id",
        "prof_social_worker_registration_no",
    ),
    "employment": ("contract", "contract type", "employment type"),
    "role": ("job title", "post title", "prof_professional_job_title"),
    "fte": ("full time equivalent", "prof_full_time_equivalency"),
    "team_ids": ("team", "team id", "teams"),
    "available_from": ("start", "start date"),
    "leaves_on": ("last day", "leaving date", "end date"),
}
HR_SPEC: Final = SourceSpec(
    "hr",
    {
        name: _OTHER_TITLES.get(name, ())
        for name in (
            *(column.name for column in WORKERS.columns),
            "staff_id",
            "name",
            "registration",
        )
    },
)


@dataclass(frozen=True)
class HrRow:
    """One row of the HR table.

    Parameters
    ----------
    worker_id
        Whom it is about.
    record
        Columns of ``workers`` as they stand there; without those that are blank.
    """

    row: int
    worker_id: str
    registration: str | None
    record: Mapping[str, Any]


def hr_rows(lines: Lines, people: Mapping[str, Person]) -> Iterator[HrRow]:
    """Yield the rows of the HR table under the ids that cases name people by.

    A row names a person by ``worker_id``, ``staff_id`` or ``name``; one that cannot be told is
    reported.
    """
    finder = _Finder(people)
    for line in lines:
        worker_id = finder.worker_of(line)
        if worker_id is None:
            continue
        record = {
            column.name: _value(line, column)
            for column in WORKERS.columns
            if line.cells.get(column.name) is not None
        }
        title = line.text("role")
        if title is not None:
            # Words that are no role stay, to be refused with all the others.
            record["role"] = role_of(title) or title
        record["worker_id"] = worker_id
        yield HrRow(line.number, worker_id, line.key("registration"), record)


def _value(line: Line, column: Column) -> Any:
    if column.kind is Kind.DATE:
        return line.day(column.name)
    cell = line.cells[column.name]
    is_text = column.kind in TEXT_KINDS and not isinstance(cell, str)
    return line.text(column.name) if is_text else cell


class _Finder:
    """Finds people by any of what an HR table may call them."""

    def __init__(self, people: Mapping[str, Person]) -> None:
        self._people = people
        self._by_staff_id = {p.staff_id: p.worker_id for p in people.values() if p.staff_id}
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for person in people.values():
            if person.name is not None:
                self._by_name[name_key(person.name)].append(person.worker_id)

    def worker_of(self, line: Line) -> str | None:
        """Return whom a row is about; None after reporting that it cannot be told."""
        given, staff_id, name = line.key("worker_id"), line.key("staff_id"), line.text("name")
        if given is not None:
            return given if given in self._people else self._by_staff_id.get(given, given)
        if staff_id is not None:
            return self._by_staff_id.get(staff_id, staff_id)
        if name is not None:
            return self._named(line, name)
        line.problem("worker_id", "missing_value", "is blank. Every row needs an id or a name.")
        return None

    def _named(self, line: Line, name: str) -> str | None:
        found = self._by_name.get(name_key(name), [])
        if len(found) == 1:
            return found[0]
        if found:
            line.problem("name", "two_people", "is the name of two people. Give the worker_id.")
            return None
        hint = nearest(name, sorted(p.name for p in self._people.values() if p.name))
        line.problem(
            "name",
            "unknown_name",
            f"{quoted(name)} is nobody's in the extract. Give the worker_id, or take the row "
            f"out.{hint}",
        )
        return None
