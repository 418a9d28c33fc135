"""What is due next for each child: the earliest of what the extract tells or lets work out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from caseload_balancer.domain.words import CaseType
from caseload_balancer.sector.due_dates import (
    NextDue,
    assessment_due,
    earliest,
    looked_after_review_due,
    pathway_plan_due,
    visit_due,
)
from caseload_balancer.sector.settings import SectorRules
from caseload_balancer.sector.sources import Line
from caseload_balancer.sector.ssd.extract import Extract
from caseload_balancer.sector.ssd.extract_children import ExtractChild

_VISITS: Final[Mapping[CaseType, tuple[str, str, str, str, str]]] = {
    # The table, its child, its date, and what leads to the child where it names none.
    "child_in_need": (
        "cin_visits",
        "cinv_person_id",
        "cinv_cin_visit_date",
        "cinv_cin_plan_id",
        "child_of_cin_plan",
    ),
    "child_protection": (
        "cp_visits",
        "cppv_person_id",
        "cppv_cp_visit_date",
        "cppv_cp_plan_id",
        "child_of_cp_plan",
    ),
    "looked_after": (
        "cla_visits",
        "clav_person_id",
        "clav_cla_visit_date",
        "clav_cla_id",
        "child_of_care",
    ),
}


class NextDates:
    """The dates of an extract's open children.

    Parameters
    ----------
    children
        The children who have an open case, by id.
    """

    def __init__(
        self, extract: Extract, children: Mapping[str, ExtractChild], rules: SectorRules
    ) -> None:
        self._extract, self._children, self._rules = extract, children, rules
        self._evidence = extract.evidence
        self._found: dict[str, list[NextDue]] = defaultdict(list)
        self._held_reviews: dict[str, list[date]] = defaultdict(list)
        self._dated_by_extract: set[str] = set()
        self._last_visit: dict[tuple[CaseType, str], date] = {}
        self._conferences()
        self._cp_reviews()
        self._looked_after_reviews()
        for case_type in _VISITS:
            self._visits(case_type)

    def of(self, child: ExtractChild, case_type: CaseType) -> NextDue | None:
        """Return what is due next for a child whose case is of a type."""
        due = earliest(self._all_of(child, case_type))
        if due is not None and due.computed:
            detail = f"{due.what} of {child.child_id}"
            self._evidence.note("assumed", "ssd_person", child.row, "computed_due", detail)
        return due

    def _all_of(self, child: ExtractChild, case_type: CaseType) -> Iterator[NextDue]:
        yield from self._found.get(child.child_id, ())
        for started in child.assessments:
            if started is not None:
                yield assessment_due(started, self._rules)
        for reviewed in child.pathway_plans if child.is_leaver else ():
            yield pathway_plan_due(reviewed, self._rules)
        last = self._last_visit.get((case_type, child.child_id))
        if last is not None and (due := visit_due(case_type, last, self._rules)) is not None:
            yield due
        if case_type == "looked_after" and child.child_id not in self._dated_by_extract:
            yield from self._computed_review(child)

    def _computed_review(self, child: ExtractChild) -> Iterator[NextDue]:
        """Work out the next review, where the extract has only reviews that were held.

        A child in care for years without a review in it is a gap of the extract, no overdue review.
        """
        held = self._held_reviews.get(child.child_id, [])
        due = looked_after_review_due(child.entered_care, held, self._rules)
        if due is None or not self._extract.lines["ssd_cla_reviews"].found:
            return
        if held or due.on >= self._extract.on:
            yield due

    def _line_used(self, line: Line) -> None:
        self._evidence.used(line.table, line.number)

    def _child_of(self, line: Line, child: str, over: str, by: Mapping[str, str]) -> str | None:
        child_id = line.key(child)
        if child_id is None and (key := line.key(over)) is not None:
            child_id = by.get(key)
        if child_id is None:
            self._out(line, "child_not_found")
            return None
        if child_id not in self._children:
            self._out(line, "closed_case")
            return None
        return child_id

    def _out(self, line: Line, rule: str) -> None:
        self._evidence.note("left out", line.table, line.number, rule)

    def _conferences(self) -> None:
        for line in self._extract.table("initial_cp_conference"):
            child_id = self._child_of(line, "icpc_person_id", "icpc_person_id", {})
            if child_id is None:
                continue
            target, enquiry = line.day("icpc_icpc_target_date"), line.key("icpc_s47_enquiry_id")
            child = self._children[child_id]
            runs = child.is_enquired and (enquiry is None or enquiry in child.enquiries)
            if target is None or line.day("icpc_icpc_date") is not None or not runs:
                self._out(line, "not_open")
                continue
            self._line_used(line)
            self._found[child_id].append(NextDue(target, "conference", computed=False))

    def _cp_reviews(self) -> None:
        plans = self._extract.child_of_cp_plan
        for line in self._extract.table("cp_reviews"):
            child_id = self._child_of(line, "cppr_person_id", "cppr_cp_plan_id", plans)
            if child_id is None:
                continue
            due, plan = line.day("cppr_cp_review_due"), line.key("cppr_cp_plan_id")
            child = self._children[child_id]
            runs = child.is_on_cp_plan and (plan is None or plan in child.cp_plans)
            if due is None or line.day("cppr_cp_review_date") is not None or not runs:
                self._out(line, "not_open")
                continue
            self._line_used(line)
            self._found[child_id].append(NextDue(due, "review", computed=False))

    def _looked_after_reviews(self) -> None:
        care = self._extract.child_of_care
        for line in self._extract.table("cla_reviews"):
            child_id = self._child_of(line, "clar_cla_person_id", "clar_cla_id", care)
            if child_id is None:
                continue
            child, period = self._children[child_id], line.key("clar_cla_id")
            of_another = period is not None and child.care_id not in {None, period}
            if not child.in_care or of_another or line.yes("clar_cla_review_cancelled"):
                self._out(line, "not_open")
                continue
            self._line_used(line)
            held, due = line.day("clar_cla_review_date"), line.day("clar_cla_review_due_date")
            if held is not None and held <= self._extract.on:
                self._held_reviews[child_id].append(held)
                continue
            self._dated_by_extract.add(child_id)
            if (day := held or due) is not None:
                self._found[child_id].append(NextDue(day, "looked-after review", computed=False))

    def _visits(self, case_type: CaseType) -> None:
        table, child, day, over, by = _VISITS[case_type]
        children: Mapping[str, str] = getattr(self._extract, by)
        for line in self._extract.table(table):
            child_id = self._child_of(line, child, over, children)
            if child_id is None:
                continue
            visited = line.day(day)
            if visited is None or visited > self._extract.on:
                self._out(line, "no_start" if visited is None else "not_open")
                continue
            self._line_used(line)
            key = (case_type, child_id)
            self._last_visit[key] = max(visited, self._last_visit.get(key, visited))
