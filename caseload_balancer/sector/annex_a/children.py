"""The lists read into children, with a note of what became of every row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from caseload_balancer.domain.words import CaseType
from caseload_balancer.sector.annex_a.listed_children import ListedChild
from caseload_balancer.sector.annex_a.lists import BORN, CASE_LISTS, CHILD
from caseload_balancer.sector.legal_statuses import SHORT_BREAKS, status_code
from caseload_balancer.sector.lines import Lines
from caseload_balancer.sector.settings import SectorRules
from caseload_balancer.sector.sources import Line, SourceReading
from caseload_balancer.sector.working_days import after_months, after_working_days

_ADULT_MONTHS: Final = 18 * 12
_ENDS: Final[Mapping[str, str]] = {
    "List 6": "CIN Closure Date",
    "List 7": "Child Protection Plan End Date",
    "List 8": "Date Ceased to be Looked After",
}
_STATUS: Final[tuple[tuple[re.Pattern[str], CaseType | None], ...]] = (
    (re.compile(r"^a\b|looked after", re.IGNORECASE), "looked_after"),
    (re.compile(r"^b\b|protection", re.IGNORECASE), "child_protection"),
    (re.compile(r"^d\b|assessment", re.IGNORECASE), "assessment"),
    (re.compile(r"^e\b|closed", re.IGNORECASE), None),
    (re.compile(r"^c\b|in need", re.IGNORECASE), "child_in_need"),
)
_GONE: Final = re.compile(r"died|returned home|rhom|nreq|no longer req|not required", re.IGNORECASE)


class ListReader:
    """Reads the lists of one workbook.

    Parameters
    ----------
    on
        The week's date.
    lists
        Lists 3 to 9; without rows where one is not there.
    """

    def __init__(
        self, on: date, lists: Mapping[str, Lines], rules: SectorRules, reading: SourceReading
    ) -> None:
        self._on, self._lists, self._rules = on, lists, rules
        self._evidence = reading.evidence
        self._children: dict[str, ListedChild] = {}

    def children(self) -> Mapping[str, ListedChild]:
        """Return the children who have an open case, by id."""
        for name in CASE_LISTS:
            for line in self._lists[name]:
                self._open_row(name, line)
        for name, take in (
            ("List 3", self._referral),
            ("List 4", self._assessment),
            ("List 5", self._enquiry),
        ):
            for line in self._lists[name]:
                child_id = line.key(CHILD)
                child = None if child_id is None else self._children.get(child_id)
                if child is None:
                    self._out(line, "not_a_case" if child_id else "no_key")
                else:
                    take(child, line)
        return self._children

    def _out(self, line: Line, rule: str) -> None:
        self._evidence.note("left out", line.table, line.number, rule)

    def _open_row(self, name: str, line: Line) -> None:
        child_id = line.key(CHILD)
        if child_id is None:
            self._out(line, "no_key")
            return
        ended = line.day(_ENDS[name]) if name in _ENDS else None
        if ended is not None and ended <= self._on:
            self._out(line, "not_open")
            return
        status: CaseType | None = None
        if name == "List 6":
            words = line.text("Case Status")
            found = [kind for pattern, kind in _STATUS if words and pattern.search(words)]
            if found and found[0] is None:
                self._out(line, "closed_case")
                return
            status = found[0] if found else None
            if words and not found:
                self._evidence.note("missing", line.table, line.number, "unknown_status", words)
        if name == "List 9" and _is_gone(line):
            self._out(line, "not_eligible")
            return
        if name == "List 8" and not self._is_looked_after(line):
            return
        child = self._children.setdefault(child_id, ListedChild(child_id))
        if name in child.lines:
            self._out(child.lines[name], "not_the_latest")
        self._evidence.used(line.table, line.number)
        child.lines[name] = line
        child.status = status or child.status
        if name == "List 8":
            words = line.text("Child's Legal Status")
            child.legal_status = None if words is None else status_code(words)

    def _is_looked_after(self, line: Line) -> bool:
        """Say whether a row of list 8 is of a child looked after, under 18, not in short breaks."""
        words = line.text("Child's Legal Status")
        code = None if words is None else status_code(words)
        if words is not None and code is None:
            self._evidence.note("missing", line.table, line.number, "unknown_legal_status", words)
        born = line.day(BORN)
        adult = born is not None and after_months(born, _ADULT_MONTHS) <= self._on
        if adult or code in SHORT_BREAKS:
            self._out(line, "not_looked_after")
            return False
        return True

    def _referral(self, child: ListedChild, line: Line) -> None:
        day = line.day("Date of referral")
        if day is None:
            self._out(line, "no_start")
            return
        if day > self._on or line.yes("Referral NFA?"):
            self._out(line, "not_open" if day > self._on else "no_further_action")
            return
        self._evidence.used(line.table, line.number)
        child.referred_on = max(day, child.referred_on or day)

    def _assessment(self, child: ListedChild, line: Line) -> None:
        authorised = line.day("Continuous Assessment Date of Authorisation")
        if authorised is not None and authorised <= self._on:
            self._out(line, "not_open")
            return
        self._evidence.used(line.table, line.number)
        child.is_assessed = True
        started = line.day("Continuous Assessment Start Date")
        if started is not None:
            child.assessed_since = min(started, child.assessed_since or started)

    def _enquiry(self, child: ListedChild, line: Line) -> None:
        """Take an enquiry as running while its conference is not held and not yet overdue.

        The list has no end of an enquiry: one whose conference should long have been is over.
        """
        day = line.day("Strategy discussion initiating Section 47 Enquiry Start Date")
        held = line.day("Date of Initial Child Protection Conference")
        needless = line.yes("Was an Initial Child Protection Conference deemed unnecessary?")
        if day is None or day > self._on or held is not None or needless:
            self._out(line, "not_open")
            return
        if after_working_days(day, self._rules.conference_working_days) < self._on:
            self._out(line, "not_open")
            return
        self._evidence.used(line.table, line.number)
        child.discussed_on = max(day, child.discussed_on or day)


def _is_gone(line: Line) -> bool:
    eligibility = line.text("Eligibility Category") or ""
    in_touch = line.text("LA in Touch") or ""
    return "no current" in eligibility.casefold() or bool(_GONE.search(in_touch))
