"""An extract of the Standard Safeguarding Dataset to raw tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from caseload_balancer.domain.words import CaseType
from caseload_balancer.intake.raw_tables import RawTable
from caseload_balancer.sector.drafts import (
    SPELL_TITLES,
    DraftCase,
    DraftSpell,
    count_cases,
    raw_rows,
)
from caseload_balancer.sector.lines import Lines
from caseload_balancer.sector.precedence import deciding_type
from caseload_balancer.sector.settings import SectorRules
from caseload_balancer.sector.sources import SourceReading, SourceTable, title_key
from caseload_balancer.sector.ssd.children import children_of
from caseload_balancer.sector.ssd.extract import Extract
from caseload_balancer.sector.ssd.extract_children import ExtractChild
from caseload_balancer.sector.ssd.holders import Holders, Holding
from caseload_balancer.sector.ssd.next_dates import NextDates
from caseload_balancer.sector.ssd.professionals import people_of
from caseload_balancer.sector.ssd.teams import Departments
from caseload_balancer.sector.staff.people import Person
from caseload_balancer.sector.staff.workers import Workforce

_PEOPLE: Final = "ssd_professionals"


def read_ssd(
    on: date,
    tables: Mapping[str, SourceTable | None],
    hr: Lines,
    rules: SectorRules,
    reading: SourceReading,
) -> tuple[dict[str, RawTable | None], Mapping[str, str]]:
    """Return the raw tables of an extract, and the worker of each registration number.

    Parameters
    ----------
    on
        The week's date.
    tables
        The tables that are there, by name; None for one that could not be read.
    hr
        The HR table.
    """
    return _Derivation(on, tables, rules, reading).tables(hr)


class _Derivation:
    """The steps from an extract to cases, spells, workers and teams, each counted."""

    def __init__(
        self,
        on: date,
        tables: Mapping[str, SourceTable | None],
        rules: SectorRules,
        reading: SourceReading,
    ) -> None:
        self._on, self._rules, self._reading = on, rules, reading
        self._evidence = reading.evidence
        self._extract = Extract.of(on, tables, reading)
        self._departments = Departments(self._extract)
        self._people = dict(people_of(self._extract))
        self._disability_teams = {title_key(team) for team in rules.disability_teams}

    def tables(self, hr: Lines) -> tuple[dict[str, RawTable | None], Mapping[str, str]]:
        everybody = children_of(self._extract)
        children = {child_id: one for child_id, one in everybody.items() if one.is_open}
        for child in everybody.values():
            if not child.is_open:
                rule = "child_died" if child.has_died else "closed_case"
                self._evidence.note("left out", "ssd_person", child.row, rule)
        aliases = {
            person.staff_id: person.worker_id
            for person in self._people.values()
            if person.staff_id is not None and person.staff_id not in self._people
        }
        holders = Holders(self._extract, self._rules, children, aliases)
        dates = NextDates(self._extract, children, self._rules)
        cases = [self._case(child, holders, dates) for child in children.values()]
        spells = list(holders.spells())
        self._count(cases, spells)
        workforce = Workforce(
            _PEOPLE,
            self._people,
            hr,
            self._rules.assume,
            self._departments.resolve,
            self._reading,
        )
        workers = workforce.raw()
        used = {case.team_id for case in cases if case.team_id is not None}
        used.update(_teams_of(workers))
        tables: dict[str, RawTable | None] = {
            "cases": raw_rows("cases", DraftCase, cases),
            "workers": workers,
            "spells": raw_rows("spells", DraftSpell, spells, SPELL_TITLES),
        }
        if (teams := self._departments.raw(used)) is not None:
            tables["teams"] = teams
        return tables, workforce.registrations()

    def _case(self, child: ExtractChild, holders: Holders, dates: NextDates) -> DraftCase:
        self._evidence.used("ssd_person", child.row)
        holding = holders.holding(child)
        team_id = self._departments.resolve(holding.team or child.leaver_team)
        if team_id is None:
            self._evidence.note("missing", "ssd_person", child.row, "no_team", child.child_id)
        case_type = self._type(child, team_id)
        due = dates.of(child, case_type)
        opened_on = self._opened_on(child, case_type)
        case = DraftCase(
            row=child.row,
            case_id=child.child_id,
            case_type=case_type,
            worker_id=holding.worker_id,
            team_id=team_id,
            family_id=self._family(child),
            opened_on=opened_on,
            waiting_since=_waiting_since(child, holding),
            in_court=child.proceedings or not child.statuses.isdisjoint(self._rules.court_statuses),
            next_due_on=None if due is None else due.on,
            next_due=None if due is None else due.what,
        )
        self._hold(case)
        return case

    def _type(self, child: ExtractChild, team_id: str | None) -> CaseType:
        known = self._extract.lines["ssd_cin_assessments"].found
        open_work = child.open_work(self._on, assessments_known=known)
        names = {title_key(one) for one in (team_id, self._departments.name(team_id)) if one}
        open_work["disability_review"] = not names.isdisjoint(self._disability_teams)
        if child.in_care and not open_work["looked_after"]:
            self._evidence.note("left out", "ssd_person", child.row, "not_looked_after")
        if open_work["looked_after"] and open_work["child_protection"]:
            self._evidence.note(
                "assumed", "ssd_person", child.row, "two_tables_of_one_child", child.child_id
            )
        return deciding_type(open_work)

    def _opened_on(self, child: ExtractChild, case_type: CaseType) -> date | None:
        of_care = child.entered_care if case_type == "looked_after" else None
        opened_on = of_care or child.referred_on or child.entered_care
        if opened_on is None:
            self._evidence.note("missing", "ssd_person", child.row, "no_opened_on", child.child_id)
        return opened_on

    def _family(self, child: ExtractChild) -> str | None:
        if len(child.families) == 1:
            return next(iter(child.families))
        if self._extract.lines["ssd_family"].found:
            self._evidence.note("left out", "ssd_person", child.row, "no_family")
        return None

    def _hold(self, case: DraftCase) -> None:
        """Note that a person holds a case, also one whom only involvements name."""
        if case.worker_id is None:
            return
        person = self._people.setdefault(case.worker_id, Person(0, case.worker_id))
        person.cases += 1
        if case.team_id is not None:
            person.teams_of_cases[case.team_id] += 1

    def _count(self, cases: list[DraftCase], spells: list[DraftSpell]) -> None:
        steps = self._evidence.steps
        count_cases(cases, steps)
        steps["in a family of the extract"] = sum(case.family_id is not None for case in cases)
        steps["spells"] = len(spells)


def _waiting_since(child: ExtractChild, holding: Holding) -> date | None:
    """Return since when a child waits: the end of the last holding of this referral."""
    since, referred = holding.waits_since, child.referred_on
    if holding.worker_id is not None or since is None:
        return None
    return since if referred is None or since >= referred else referred


def _teams_of(workers: RawTable) -> Iterator[str]:
    place = list(workers.header).index("team_ids")
    for row in workers.rows:
        cell = row[place]
        if isinstance(cell, str):
            yield from (part.strip() for part in cell.split(";"))
        elif isinstance(cell, list | tuple):
            yield from map(str, cell)
