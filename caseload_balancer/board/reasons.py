"""Why a worker cannot be given a child, in words and in little room.

For 2,700 children and 170 workers there are half a million pairs, and few different reasons: the
worker is away, does not hold that kind of case, the child stays where it is. Each reason stands
once, and the board takes the first that fits; where none of them does, the worker is too far away.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from caseload_balancer.domain.words import CaseType
from caseload_balancer.problem.co_work import is_supported
from caseload_balancer.problem.eligibility import against_giving, against_holding
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.index import NOBODY
from caseload_balancer.problem.refusals import Refusal

Kind = tuple[CaseType, bool, bool]
"""The type of a case, whether it is in court, and whether a newly qualified worker is helped."""

_WHEREVER = {"locked", "work-in-progress", "transfers"}
"""Rules that keep a case with its holder, whoever else is asked."""


@dataclass
class BoardReasons:
    """The reasons of one week, each sentence once.

    Parameters
    ----------
    facts
        The week.
    texts
        The sentences so far; reasons are numbers of them. A text follows a worker's name.
    kinds
        The kinds of case so far, by their number.
    """

    facts: Facts
    texts: list[str] = field(default_factory=list)
    kinds: dict[Kind, int] = field(default_factory=dict)
    _known: dict[str, int] = field(default_factory=dict)
    _by_kind: list[dict[str, int]] = field(default_factory=list)

    def number(self, text: str) -> int:
        """Return the number of a text."""
        if text not in self._known:
            self._known[text] = len(self.texts)
            self.texts.append(text)
        return self._known[text]

    def away(self, worker: int) -> int:
        """Return why a worker is given no cases at all; -1 where they are given some."""
        presence = self.facts.presence
        against = presence.against_arrivals[worker] or presence.against_going_on[worker]
        return -1 if against is None else self._of(against)

    def barred(self, unit: int) -> int:
        """Return why children stay with their holder whatever is decided; -1 where they need not.

        Parameters
        ----------
        unit
            Number of the children's unit.
        """
        cases = self.facts.groups.unit_cases[unit]
        holder = int(self.facts.holder[cases[0]])
        others = (one for one in range(len(self.facts.index.workers)) if one != holder)
        if holder == NOBODY or (other := next(others, None)) is None:
            return -1
        against = against_giving(self.facts, cases, other)
        return next((self._of(one) for one in against if one.rule in _WHEREVER), -1)

    def kind(self, case: int) -> int:
        """Return the number of a case's kind, and note who may not hold such cases."""
        facts, row = self.facts, self.facts.index.cases[case]
        able = facts.presence.can_hold
        helped = is_supported(facts.index, able, facts.policy, case)
        kind = (row.case_type, row.in_court, helped)
        if kind not in self.kinds:
            self.kinds[kind] = len(self.kinds)
            self._by_kind.append(self._who_may_not(case))
        return self.kinds[kind]

    @property
    def by_kind(self) -> list[dict[str, int]]:
        """Who may not hold which kind of case: the text by the worker's number, as JSON has it."""
        return self._by_kind

    def _who_may_not(self, case: int) -> dict[str, int]:
        found = {}
        for worker in range(len(self.facts.index.workers)):
            for one in against_holding(self.facts, case, worker):
                if one.column != "excluded_worker_ids":
                    found[str(worker)] = self._of(one)
                    break
        return found

    def _of(self, refusal: Refusal) -> int:
        clause = f", {refusal.clause}" if refusal.clause else f": {refusal.sentence}"
        return self.number(clause)


def words_of_reasons(facts: Facts, case: int, reasons: BoardReasons) -> dict[str, Any]:
    """Return what of a child's row keeps it from workers: its kind, and who is excluded."""
    row = facts.index.cases[case]
    known = facts.index.worker_number
    return {
        "kind": reasons.kind(case),
        "excluded": [known[one] for one in row.excluded_worker_ids if one in known],
    }
