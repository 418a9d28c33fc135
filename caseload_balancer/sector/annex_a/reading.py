"""Annex A's lists to raw tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from caseload_balancer.domain.words import CaseType
from caseload_balancer.intake.raw_tables import RawTable
from caseload_balancer.sector.annex_a.children import ListReader
from caseload_balancer.sector.annex_a.listed_children import ListedChild
from caseload_balancer.sector.annex_a.lists import CASE_LISTS, SPECS, TEAM, WORKER
from caseload_balancer.sector.annex_a.names import Names
from caseload_balancer.sector.annex_a.nobody import report_nobody
from caseload_balancer.sector.drafts import DraftCase, count_cases, raw_records, raw_rows
from caseload_balancer.sector.due_dates import (
    NextDue,
    assessment_due,
    conference_due,
    earliest,
    looked_after_review_due,
    pathway_plan_due,
    protection_review_due,
    visit_due,
)
from caseload_balancer.sector.lines import Lines
from caseload_balancer.sector.precedence import deciding_type
from caseload_balancer.sector.settings import SectorRules
from caseload_balancer.sector.sources import Line, SourceReading, SourceTable, title_key
from caseload_balancer.sector.staff.workers import Workforce

_LIST_OF: Final[Mapping[CaseType, str]] = {
    "looked_after": "List 8",
    "child_protection": "List 7",
    "care_leaver": "List 9",
}
_LAST_VISIT: Final[Mapping[str, str]] = {
    "List 6": "Date Child Was Last Seen",
    "List 7": "Date of the Last Statutory Visit",
    "List 8": "Date of Last Social Work Visit",
}
_NOT_IN_AN_ID: Final = re.compile(r"[^A-Za-z0-9_.:/#&'()+@ -]")


def read_annex_a(
    on: date,
    tables: Mapping[str, SourceTable | None],
    hr: Lines,
    rules: SectorRules,
    reading: SourceReading,
) -> tuple[dict[str, RawTable | None], Mapping[str, str]]:
    """Return the raw tables of the lists, and the worker of each registration number."""
    return _Listing(on, tables, hr, rules, reading).tables()


class _Listing:
    """The steps from lists to cases, workers and teams, each counted."""

    def __init__(
        self,
        on: date,
        tables: Mapping[str, SourceTable | None],
        hr: Lines,
        rules: SectorRules,
        reading: SourceReading,
    ) -> None:
        self._on, self._rules, self._reading, self._hr = on, rules, reading, hr
        self._evidence = reading.evidence
        self._lists = {name: Lines(tables.get(name), spec, reading) for name, spec in SPECS.items()}
        for name in self._lists:
            if name not in tables:
                self._evidence.note("missing", name, 0, "table_not_there")
            elif name in CASE_LISTS and not self._lists[name].has(WORKER):
                self._evidence.note("missing", name, 0, "no_worker_column")
        self._teams = _TeamNames(self._lists.values())
        self._names = Names(hr, self._teams.words, self._evidence)
        self._disability_teams = {title_key(team) for team in rules.disability_teams}

    def tables(self) -> tuple[dict[str, RawTable | None], Mapping[str, str]]:
        reader = ListReader(self._on, self._lists, self._rules, self._reading)
        cases = [self._case(child) for child in reader.children().values()]
        count_cases(cases, self._evidence.steps)
        workforce = Workforce(
            "workers of the lists",
            self._names.people,
            self._hr,
            self._rules.assume,
            self._teams.id_of,
            self._reading,
        )
        used = {case.team_id for case in cases}
        nobody = bool(cases) and not any(case.worker_id for case in cases)
        if nobody:
            report_nobody(self._lists, self._reading.findings)
        tables: dict[str, RawTable | None] = {
            "cases": raw_rows("cases", DraftCase, cases),
            # That nobody is a worker is told by its cause.
            "workers": None if nobody and not self._names.people else workforce.raw(),
            "teams": self._teams.raw(used),
        }
        return tables, workforce.registrations()

    def _case(self, child: ListedChild) -> DraftCase:
        type_by_lists = self._type(child)
        line = child.lines.get(_LIST_OF.get(type_by_lists, "List 6"), child.first_line)
        worker_id = self._holder(child, line)
        team_id = self._teams.id_of(line.text(TEAM)) or self._team_of_others(child)
        case_type = self._with_local_type(type_by_lists, team_id)
        if team_id is None:
            self._evidence.note("missing", line.table, line.number, "no_team", child.child_id)
        if worker_id is None:
            self._evidence.note("missing", line.table, line.number, "no_holder", child.child_id)
        opened_on = self._opened_on(child, case_type)
        if opened_on is None:
            self._evidence.note("missing", line.table, line.number, "no_opened_on", child.child_id)
        due = earliest(self._due(child, case_type))
        if due is not None:
            detail = f"{due.what} of {child.child_id}"
            self._evidence.note("assumed", line.table, line.number, "computed_due", detail)
        self._hold(worker_id, team_id)
        return DraftCase(
            row=line.number,
            case_id=child.child_id,
            case_type=case_type,
            worker_id=worker_id,
            team_id=team_id,
            opened_on=opened_on,
            in_court=child.legal_status in self._rules.court_statuses,
            next_due_on=None if due is None else due.on,
            next_due=None if due is None else due.what,
        )

    def _type(self, child: ListedChild) -> CaseType:
        open_work: dict[CaseType, bool] = {
            "looked_after": child.on_list("List 8"),
            "child_protection": child.on_list("List 7"),
            "section_47": child.discussed_on is not None,
            "care_leaver": child.on_list("List 9"),
            "child_in_need": child.status == "child_in_need",
            "assessment": child.is_assessed or child.status == "assessment",
        }
        line = child.first_line
        by_lists = deciding_type(open_work)
        if open_work["looked_after"] and open_work["child_protection"]:
            self._note(line, "two_tables_of_one_child", child)
        claimed = child.status
        if claimed not in {"looked_after", "child_protection"} or open_work[claimed]:
            if claimed == "child_in_need" and by_lists in {"looked_after", "child_protection"}:
                self._note(line, "lists_disagree", child)
            return by_lists
        # The status names a list the child is not on, or not on as an open row.
        if by_lists in _LIST_OF:
            self._note(line, "lists_disagree", child)
            return by_lists
        self._note(line, "only_in_status", child)
        return claimed

    def _note(self, line: Line, rule: str, child: ListedChild) -> None:
        self._evidence.note("assumed", line.table, line.number, rule, child.child_id)

    def _with_local_type(self, case_type: CaseType, team_id: str | None) -> CaseType:
        reviews = team_id is not None and title_key(team_id) in self._disability_teams
        return "disability_review" if reviews and case_type == "child_in_need" else case_type

    def _holder(self, child: ListedChild, line: Line) -> str | None:
        """Return who has the child by the list of its case, or by another where that is blank."""
        holders = {
            name: self._names.worker_of(other, WORKER) for name, other in child.lines.items()
        }
        first = holders[line.table]
        others = sorted({one for one in holders.values() if one is not None and one != first})
        if first is None and others:
            detail = f"{others[0]} for {child.child_id}"
            self._evidence.note("assumed", line.table, line.number, "holder_assumed", detail)
            return others[0]
        if others:
            detail = f"{first} and not {', '.join(others)} for {child.child_id}"
            self._evidence.note("assumed", line.table, line.number, "holders_disagree", detail)
        return first

    def _team_of_others(self, child: ListedChild) -> str | None:
        found = (self._teams.id_of(line.text(TEAM)) for line in child.lines.values())
        return next((team for team in found if team is not None), None)

    def _opened_on(self, child: ListedChild, case_type: CaseType) -> date | None:
        days = [
            self._day(child, "List 8", "Date Started to be Looked After")
            if case_type == "looked_after"
            else None,
            self._day(child, "List 6", "CIN Start Date"),
            child.referred_on,
            self._day(child, "List 7", "Child Protection Plan Start Date"),
            self._day(child, "List 8", "Date Started to be Looked After"),
            child.assessed_since,
        ]
        return next((day for day in days if day is not None and day <= self._on), None)

    @staticmethod
    def _day(child: ListedChild, name: str, column: str) -> date | None:
        line = child.lines.get(name)
        return None if line is None else line.day(column)

    def _due(self, child: ListedChild, case_type: CaseType) -> Iterator[NextDue]:
        rules = self._rules
        if child.assessed_since is not None:
            yield assessment_due(child.assessed_since, rules)
        if child.discussed_on is not None:
            yield conference_due(child.discussed_on, rules)
        if case_type == "looked_after":
            entered = self._day(child, "List 8", "Date Started to be Looked After")
            held = self._day(child, "List 8", "Date of Latest Statutory Review")
            review = looked_after_review_due(entered, [] if held is None else [held], rules)
            if review is not None and (held is not None or review.on >= self._on):
                yield review
        if case_type == "child_protection":
            begun = self._day(child, "List 7", "Child Protection Plan Start Date")
            held = self._day(child, "List 7", "Date of latest review conference")
            if (conference := protection_review_due(begun, held, rules)) is not None:
                yield conference
        planned = self._day(child, "List 9", "Latest Pathway Plan")
        if case_type == "care_leaver" and planned is not None:
            yield pathway_plan_due(planned, rules)
        name = _LIST_OF.get(case_type, "List 6")
        visited = self._day(child, name, _LAST_VISIT[name]) if name in _LAST_VISIT else None
        if visited is not None and (visit := visit_due(case_type, visited, rules)) is not None:
            yield visit

    def _hold(self, worker_id: str | None, team_id: str | None) -> None:
        if worker_id is None:
            return
        person = self._names.people[worker_id]
        person.cases += 1
        if team_id is not None:
            person.teams_of_cases[team_id] += 1


class _TeamNames:
    """Teams that are words: an id for each, the same for every spelling."""

    def __init__(self, lists: Iterable[Lines]) -> None:
        self._ids: dict[str, tuple[str, str]] = {}
        for lines in lists:
            for line in lines:
                if (words := line.text(TEAM)) is not None:
                    self._ids.setdefault(title_key(words), (_NOT_IN_AN_ID.sub("", words), words))

    @property
    def words(self) -> list[str]:
        """Every team as it stands in the lists."""
        return [words for _, words in self._ids.values()]

    def id_of(self, words: str | None) -> str | None:
        """Return the id of a team."""
        if words is None:
            return None
        return self._ids.get(title_key(words), (words, words))[0]

    def raw(self, used: set[str | None]) -> RawTable:
        """Return the rows of ``teams`` that have cases."""
        rows = [
            (number, {"team_id": team_id, "name": words})
            for number, (team_id, words) in enumerate(self._ids.values(), start=1)
            if team_id in used
        ]
        return raw_records("teams", ("team_id", "name"), rows)
