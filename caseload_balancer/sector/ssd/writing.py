"""A snapshot as an extract of the Standard Safeguarding Dataset, in any of three dialects.

No public sample of the dataset exists, so this is what the reader is tried with: every table as the
system's own script makes it, with the columns it leaves out and the cells it leaves empty.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from caseload_balancer.domain.cases import Case
from caseload_balancer.domain.snapshots import Snapshot
from caseload_balancer.domain.spells import Spell
from caseload_balancer.domain.spreadsheet_text import csv_text
from caseload_balancer.domain.words import CaseType, SpellReason
from caseload_balancer.sector.settings import SectorRules
from caseload_balancer.sector.ssd.dialects import (
    RULES_OF,
    Dialect,
    reason_words,
    status_words,
)
from caseload_balancer.sector.ssd.due_rows import DueRows
from caseload_balancer.sector.ssd.own_rows import OwnRows
from caseload_balancer.sector.working_days import after_months

_CHILD_AGE, _LEAVER_AGE = -8 * 12, -19 * 12
_OFFICER: Final = "IRO-1"
_ROW = dict[str, Any]


def ssd_files(snapshot: Snapshot, dialect: Dialect) -> Mapping[str, str]:
    """Return the files of an extract and what stands beside it, by name.

    What the dataset has no place for is in tables of our own: ``hr.csv``, ``local.csv``, and
    ``adjustments.csv`` and ``teams.csv`` where there are such rows.
    """
    return _Writing(snapshot, dialect).files()


class _Writing:
    """One extract while it is written."""

    def __init__(self, snapshot: Snapshot, dialect: Dialect) -> None:
        self._snapshot, self._dialect = snapshot, dialect
        self._as = RULES_OF[dialect]
        self._rows: dict[str, list[_ROW]] = defaultdict(list)
        self._due = DueRows(snapshot.as_of, SectorRules.laid_over())
        self._own = OwnRows(snapshot, by_staff_id=self._as.worker_in_staff_id)
        self._team_names = {
            team.team_id: team.name
            for team in snapshot.teams
            if team.name is not None and self._as.team_by_name
        }
        self._spells: dict[str, list[Spell]] = defaultdict(list)
        for spell in snapshot.spells:
            self._spells[spell.case_id].append(spell)

    def files(self) -> Mapping[str, str]:
        for number, case in enumerate(self._snapshot.cases, start=1):
            self._case(str(number), case)
        self._people()
        self._departments()
        self._add("version_log", version_number=self._as.version, is_current=1)
        extract = {
            f"ssd_{table}.csv": csv_text(
                self._as.titles(table).values(),
                (
                    [_cell(row.get(column)) for column in self._as.titles(table)]
                    for row in self._rows[table]
                ),
            )
            for table in self._as.tables()
        }
        service = {"service.toml": f"as_of = {self._snapshot.as_of.isoformat()}\n"}
        return {**extract, **self._own.files(), **service}

    def _add(self, table: str, **cells: Any) -> None:
        self._rows[table].append(cells)

    def _team(self, team_id: str | None) -> str | None:
        return None if team_id is None else self._team_names.get(team_id, team_id)

    def _case(self, number: str, case: Case) -> None:
        on, child = self._snapshot.as_of, case.case_id
        age = _LEAVER_AGE if case.case_type == "care_leaver" else _CHILD_AGE
        self._add("person", pers_person_id=child, pers_dob=after_months(on, age))
        self._add(
            "cin_episodes",
            cine_referral_id=f"R{number}",
            cine_person_id=child,
            cine_referral_date=case.opened_on,
            cine_referral_nfa="N",
            cine_referral_team=self._team(case.team_id),
        )
        told_type = self._work(number, case)
        told_due = self._next_due(number, case)
        self._court(number, case)
        told_family = case.family_id is None or "family" in self._as.tables()
        if case.family_id is not None and told_family:
            self._add(
                "family",
                fami_table_id=f"F{number}",
                fami_family_id=case.family_id,
                fami_person_id=child,
            )
        waits = self._involvements(number, case)
        self._own.add_case(
            case,
            case_type=not told_type,
            family_id=not told_family,
            next_due=not told_due,
            waiting_since=case.waiting_since != waits,
        )

    def _work(self, number: str, case: Case) -> bool:
        """Write the work that makes a case what it is; False where the dataset cannot tell."""
        case_type: CaseType = case.case_type
        started = case.opened_on
        of_child = {"R": f"R{number}", "P": case.case_id}
        if case_type != "assessment":
            private = {"PRIVATE_FOSTERING_FLAG": "Y" if case_type == "private_fostering" else "N"}
            self._add(
                "cin_assessments",
                cina_assessment_id=f"A{number}",
                cina_person_id=of_child["P"],
                cina_referral_id=of_child["R"],
                cina_assessment_start_date=started,
                cina_assessment_auth_date=started or self._snapshot.as_of,
                cina_assessment_outcome_json=json.dumps(private),
            )
        if case_type == "section_47":
            self._add(
                "s47_enquiry",
                s47e_s47_enquiry_id=f"E{number}",
                s47e_person_id=of_child["P"],
                s47e_s47_start_date=started,
                s47e_s47_nfa="N",
            )
        elif case_type == "child_protection":
            self._add(
                "cp_plans",
                cppl_cp_plan_id=f"CP{number}",
                cppl_person_id=of_child["P"],
                cppl_cp_plan_start_date=started,
                cppl_cp_plan_ola="N",
            )
        elif case_type == "child_in_need":
            self._add(
                "cin_plans",
                cinp_cin_plan_id=f"CN{number}",
                cinp_person_id=of_child["P"],
                cinp_cin_plan_start_date=started,
            )
        elif case_type == "looked_after":
            self._add(
                "cla_episodes",
                clae_cla_episode_id=f"L{number}",
                clae_person_id=of_child["P"],
                clae_cla_episode_start_date=started,
                clae_cla_id=f"C{number}",
                clae_entered_care_date=started,
            )
        return case_type not in {"disability_review", "other"}

    def _next_due(self, number: str, case: Case) -> bool:
        found = self._due.rows(number, case)
        for table, cells in found.rows:
            self._add(table, **self._fitted(table, number, cells))
        return found.told

    def _fitted(self, table: str, number: str, cells: _ROW) -> _ROW:
        """Return cells as the system has them: Mosaic's visits name the plan, not the child."""
        if self._dialect != "mosaic":
            return cells
        if table == "cin_visits":
            return {**cells, "cinv_person_id": f"CN{number}"}
        if table == "cla_reviews":
            return {**cells, "clar_cla_review_participation": cells["child"]}
        return cells

    def _court(self, number: str, case: Case) -> None:
        if case.case_type == "looked_after":
            code = "C1" if case.in_court else "C2"
            self._add(
                "legal_status",
                lega_legal_status_id=f"S{number}",
                lega_person_id=case.case_id,
                lega_legal_status=status_words(self._dialect, code),
                lega_legal_status_start_date=case.opened_on,
            )
        elif case.in_court:
            self._add(
                "pre_proceedings",
                prep_table_id=f"PP{number}",
                prep_person_id=case.case_id,
                prep_court_reference=f"REF{number}",
                prep_la_final_care_plan="H",
            )

    def _involvements(self, number: str, case: Case) -> date | None:
        """Write who held a case; returns since when the extract says the child waits."""
        spells = sorted(self._spells[case.case_id], key=lambda one: one.starts_on)
        began: SpellReason | None = "FCONTA"
        for spell in spells:
            reason = spell.reason if self._as.reason_of_end else began
            self._involvement(number, case, spell.worker_id, spell.starts_on, spell.ends_on, reason)
            began = spell.reason
        running = any(one.ends_on is None for one in spells)
        if case.worker_id is not None and not running:
            self._involvement(number, case, case.worker_id, None, None, None)
        if case.case_type == "looked_after":
            role = self._as.other_role
            self._involvement(number, case, _OFFICER, case.opened_on, None, None, role)
        ends = [one.ends_on for one in spells if one.ends_on is not None]
        if case.worker_id is not None or not ends:
            return None
        return max(ends) if case.opened_on is None else max(*ends, case.opened_on)

    def _involvement(
        self,
        number: str,
        case: Case,
        worker_id: str,
        starts_on: date | None,
        ends_on: date | None,
        reason: SpellReason | None,
        role: str | None = None,
    ) -> None:
        self._add(
            "involvements",
            invo_involvements_id=len(self._rows["involvements"]) + 1,
            invo_professional_id=worker_id,
            invo_professional_role_id=role or self._as.holder_role,
            invo_professional_team=self._team(case.team_id),
            invo_person_id=case.case_id,
            invo_involvement_start_date=starts_on,
            invo_involvement_end_date=ends_on,
            invo_worker_change_reason=None
            if reason is None
            else reason_words(self._dialect, reason),
            invo_referral_id=f"R{number}",
        )

    def _people(self) -> None:
        key = "prof_staff_id" if self._as.worker_in_staff_id else "prof_professional_id"
        for number, worker in enumerate(self._snapshot.workers, start=1):
            known = {
                "prof_social_worker_registration_no": f"SW{100_000 + number}",
                "prof_professional_job_title": worker.role.replace("_", " ").capitalize(),
                "prof_full_time_equivalency": format(worker.fte, "f"),
            }
            team = self._team(next(iter(worker.team_ids), None))
            filled = {name: cell for name, cell in known.items() if name in self._as.fills}
            identity = {key: worker.worker_id}
            self._add("professionals", prof_professional_department=team, **identity, **filled)
        self._add("professionals", **{key: _OFFICER})

    def _departments(self) -> None:
        names = {team.team_id: team.name for team in self._snapshot.teams}
        for team in self._snapshot.teams:
            self._add(
                "department",
                dept_team_id=team.team_id,
                dept_team_name=team.name,
                dept_team_parent_id=team.parent_id,
                dept_team_parent_name=names.get(team.parent_id or ""),
            )


def _cell(cell: Any) -> Any:
    """Return a cell; days have a time behind them, as databases write them."""
    if isinstance(cell, date):
        return f"{cell.isoformat()} 00:00:00.000"
    return "" if cell is None else cell
