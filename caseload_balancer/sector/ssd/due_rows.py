"""Rows of an extract from which what is due next for a child can be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from caseload_balancer.domain.cases import Case
from caseload_balancer.domain.words import CaseType
from caseload_balancer.sector.due_dates import assessment_due, pathway_plan_due
from caseload_balancer.sector.settings import SectorRules
from caseload_balancer.sector.working_days import after_months, before_working_days

_AFTER_THE_NEXT: Final = timedelta(weeks=4)
_VISITS: Final[Mapping[CaseType, tuple[str, str, str, str]]] = {
    "child_in_need": (
        "cin_visits",
        "cinv_cin_visit_id",
        "cinv_person_id",
        "cinv_cin_visit_date",
    ),
    "child_protection": (
        "cp_visits",
        "cppv_cp_visit_id",
        "cppv_person_id",
        "cppv_cp_visit_date",
    ),
    "looked_after": ("cla_visits", "clav_cla_visit_id", "clav_person_id", "clav_cla_visit_date"),
}


@dataclass
class FoundRows:
    """Rows of one child.

    Parameters
    ----------
    rows
        Each with its table.
    told
        Whether they tell what is due next; False where a table of ours must.
    """

    rows: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    told: bool = True


@dataclass(frozen=True)
class DueRows:
    """Writes rows from which the reader finds the same dates again.

    Parameters
    ----------
    on
        The week's date.
    rules
        The intervals that the reader goes by.
    """

    on: date
    rules: SectorRules

    def rows(self, number: str, case: Case) -> FoundRows:
        """Return the rows of a case.

        Parameters
        ----------
        number
            What ids of rows end with.
        """
        found = FoundRows()
        if case.case_type == "assessment":
            self._assessment(number, case, found)
        elif case.case_type == "care_leaver":
            self._leaver(number, case, found)
        else:
            self._other(number, case, found)
        if case.case_type == "looked_after":
            self._looked_after_review(number, case, found)
        return found

    def _assessment(self, number: str, case: Case, found: FoundRows) -> None:
        due, started = case.next_due_on, None
        if due is not None and case.next_due == "assessment":
            back = before_working_days(due, self.rules.assessment_working_days)
            if back <= self.on and assessment_due(back, self.rules).on == due:
                started = back
        found.told = due is None or started is not None
        found.rows.append(
            (
                "cin_assessments",
                {
                    "cina_assessment_id": f"A{number}",
                    "cina_person_id": case.case_id,
                    "cina_referral_id": f"R{number}",
                    "cina_assessment_start_date": started,
                },
            )
        )

    def _leaver(self, number: str, case: Case, found: FoundRows) -> None:
        due, reviewed = case.next_due_on, None
        if due is not None and case.next_due == "pathway plan review":
            back = after_months(due, -self.rules.pathway_plan_months)
            if pathway_plan_due(back, self.rules).on == due:
                reviewed = back
        found.told = due is None or reviewed is not None
        found.rows.append(
            (
                "care_leavers",
                {
                    "clea_table_id": f"CL{number}",
                    "clea_person_id": case.case_id,
                    "clea_care_leaver_eligibility": "Former Relevant",
                    "clea_care_leaver_in_touch": "YES",
                    "clea_pathway_plan_review_date": reviewed,
                },
            )
        )

    def _other(self, number: str, case: Case, found: FoundRows) -> None:
        due = case.next_due_on
        if due is None:
            return
        row = None
        if case.next_due == "visit":
            row = self._visit(number, case, due)
        elif case.next_due == "conference" and case.case_type == "section_47":
            row = (
                "initial_cp_conference",
                {
                    "icpc_icpc_id": f"I{number}",
                    "icpc_s47_enquiry_id": f"E{number}",
                    "icpc_person_id": case.case_id,
                    "icpc_icpc_target_date": due,
                },
            )
        elif case.next_due == "review" and case.case_type == "child_protection":
            row = (
                "cp_reviews",
                {
                    "cppr_cp_review_id": f"RV{number}",
                    "cppr_person_id": case.case_id,
                    "cppr_cp_plan_id": f"CP{number}",
                    "cppr_cp_review_due": due,
                },
            )
        elif case.next_due == "looked-after review" and case.case_type == "looked_after":
            return
        if row is None:
            found.told = False
        else:
            found.rows.append(row)

    def _visit(self, number: str, case: Case, due: date) -> tuple[str, dict[str, Any]] | None:
        days = self.rules.visit_days.get(case.case_type)
        if days is None or case.case_type not in _VISITS:
            return None
        visited = due - timedelta(days=days)
        if visited > self.on:
            return None
        table, identity, child, day = _VISITS[case.case_type]
        cells = {identity: f"V{number}", child: case.case_id, day: visited}
        if table == "cp_visits":
            cells["cppv_cp_plan_id"] = f"CP{number}"
        if table == "cla_visits":
            cells["clav_cla_id"] = f"C{number}"
        return table, cells

    @staticmethod
    def _looked_after_review(number: str, case: Case, found: FoundRows) -> None:
        """Write the review to come: what is due next, or after what is due next, or undated."""
        due = case.next_due_on
        if due is not None and case.next_due != "looked-after review":
            due += _AFTER_THE_NEXT
        found.rows.append(
            (
                "cla_reviews",
                {
                    "child": case.case_id,
                    "clar_cla_review_id": f"LR{number}",
                    "clar_cla_id": f"C{number}",
                    "clar_cla_review_due_date": due,
                    "clar_cla_review_cancelled": "N",
                },
            )
        )
