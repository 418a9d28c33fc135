"""The ``workers`` table from the HR table and what the extract knows of people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from caseload_balancer.domain.wording import counted, listed
from caseload_balancer.intake.columns import WORKERS
from caseload_balancer.intake.raw_tables import RawTable
from caseload_balancer.sector.drafts import raw_records
from caseload_balancer.sector.lines import Lines
from caseload_balancer.sector.settings import Assumptions
from caseload_balancer.sector.sources import SourceReading
from caseload_balancer.sector.staff.hr import HR_FILE, HrRow, hr_rows
from caseload_balancer.sector.staff.job_titles import role_of
from caseload_balancer.sector.staff.people import Person

_NAMED_AT_MOST: Final = 5
Resolve = Callable[[str | None], str | None]
"""Returns the id of a team that stands in a table as an id or a name."""


class Workforce:
    """The workers of a week.

    Parameters
    ----------
    table
        The table that names people, as the report calls it.
    people
        Everybody the extract names, by worker id.
    hr
        The HR table; not found where there is none.
    """

    def __init__(
        self,
        table: str,
        people: Mapping[str, Person],
        hr: Lines,
        assume: Assumptions,
        resolve: Resolve,
        reading: SourceReading,
    ) -> None:
        self._table, self._people, self._assume = table, people, assume
        self._resolve, self._reading = resolve, reading
        self._has_hr = hr.found
        self._hr: dict[str, HrRow] = {}
        self._lacking: dict[str, list[str]] = {"employment": [], "fte": []}
        evidence = self._reading.evidence
        for row in hr_rows(hr, people):
            if row.worker_id in self._hr:
                evidence.note("left out", hr.name, row.row, "repeated_row", row.worker_id)
                continue
            self._hr[row.worker_id] = row
            evidence.used(hr.name, row.row)

    def raw(self) -> RawTable:
        """Return the rows of ``workers``: who is in the HR table, and who holds an open case."""
        records: list[tuple[int, Mapping[str, Any]]] = []
        for worker_id, row in self._hr.items():
            records.append((row.row, self._record(worker_id, dict(row.record))))
        for worker_id, person in self._people.items():
            if worker_id not in self._hr and not person.cases:
                self._note("left out", person, "not_a_worker")
                continue
            if person.row:
                self._reading.evidence.used(self._table, person.row)
            if worker_id in self._hr:
                continue
            if self._has_hr:
                self._note("missing", person, "not_in_hr")
            records.append((person.row, self._record(worker_id, {"worker_id": worker_id})))
        self._report_lacking()
        return raw_records("workers", [column.name for column in WORKERS.columns], records)

    def registrations(self) -> Mapping[str, str]:
        """Return the worker of each registration number."""
        found = {p.registration: p.worker_id for p in self._people.values() if p.registration}
        for row in self._hr.values():
            if row.registration is not None:
                found[row.registration] = row.worker_id
        return found

    def _note(self, use: Any, person: Person, rule: str) -> None:
        detail = person.worker_id
        self._reading.evidence.note(use, self._table, person.row, rule, detail)

    def _record(self, worker_id: str, record: dict[str, Any]) -> dict[str, Any]:
        person = self._people.get(worker_id) or Person(0, worker_id)
        for name, fill in (
            ("employment", self._employment),
            ("fte", self._fte),
            ("role", self._role),
            ("team_ids", self._teams),
        ):
            if record.get(name) is None:
                record[name] = fill(person)
        return record

    def _employment(self, person: Person) -> str:
        if person.is_agency is not None:
            return "agency" if person.is_agency else "permanent"
        if self._assume.employment is not None:
            self._note("assumed", person, "employment_assumed")
            return self._assume.employment
        self._note("missing", person, "no_employment")
        self._lacking["employment"].append(person.worker_id)
        return "permanent"  # what is lacking is told once, and stops the reading

    def _fte(self, person: Person) -> Any:
        if person.fte is not None:
            return person.fte
        if self._assume.fte is not None:
            self._note("assumed", person, "fte_assumed")
            return self._assume.fte
        self._note("missing", person, "no_fte")
        self._lacking["fte"].append(person.worker_id)
        return None

    def _role(self, person: Person) -> str:
        role = role_of(person.job_title)
        if role is None:
            self._note("assumed", person, "role_assumed")
            return "social_worker"
        return role

    def _teams(self, person: Person) -> tuple[str, ...] | None:
        team = self._resolve(person.department)
        if team is None and person.teams_of_cases:
            # Of as many cases in two teams the first in the alphabet, to be the same every time.
            team = min(person.teams_of_cases, key=lambda one: (-person.teams_of_cases[one], one))
            self._note("assumed", person, "team_of_cases")
        return None if team is None else (team,)

    def _report_lacking(self) -> None:
        words = {"employment": "who employs them", "fte": "their hours (fte)"}
        lacking = {column: ids for column, ids in self._lacking.items() if ids}
        if not lacking:
            return
        said = " and ".join(
            f"{words[column]} for {counted(len(ids), 'worker')} "
            f"({listed(sorted(ids), most=_NAMED_AT_MOST)})"
            for column, ids in lacking.items()
        )
        there = f"{HR_FILE} is there, but" if self._has_hr else f"{HR_FILE} is not there, and"
        self._reading.findings.problem(
            "workers",
            "no_hr",
            f"{there} neither it nor the extract says {said}. Give {HR_FILE} with worker_id (or "
            "staff_id, or name), employment, fte and role, or say what to assume: "
            "assume={'employment': 'permanent', 'fte': 1}, on the command line --assume "
            "employment=permanent,fte=1.",
            column=next(iter(lacking)),
        )
