"""Who could take this case: every worker, ranked, in the time it takes to ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from os import PathLike
from typing import Final

import numpy as np

from caseload_balancer.domain import Case, Snapshot
from caseload_balancer.domain.cross_checks import cross_check
from caseload_balancer.errors import DataError, DataProblem
from caseload_balancer.insight.amounts import by_tier, difference, named, price, worth
from caseload_balancer.insight.answers import Answer, Table
from caseload_balancer.insight.candidates import Candidate, Placing
from caseload_balancer.plan.words import case_words, counted, with_article
from caseload_balancer.policy import GOALS, GoalName, Policy
from caseload_balancer.problem.arrays import Ints
from caseload_balancer.problem.conflicts import policy_conflicts
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.index import NOBODY

MOST_TOLD: Final = 5
"""Workers named in the text; the tables hold all of them."""


@dataclass(frozen=True, kw_only=True)
class Recommendation(Answer):
    """Every worker for one case, everything else as it stands. A person decides.

    Parameters
    ----------
    case
        The case.
    with_case_ids
        Siblings who move with the child: the answer is for all of them together.
    candidates
        Every worker: by rank, then those with too little room, then the others.
    waiting_terms
        What leaving the case without a worker adds to each goal; None where it may not be left.
    policy
        What was asked of.
    """

    case: Case
    with_case_ids: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    waiting_terms: Mapping[GoalName, int] | None
    policy: Policy

    @property
    def ranked(self) -> tuple[Candidate, ...]:
        """The workers no rule is against, the least cost first."""
        return tuple(one for one in self.candidates if one.allowed)

    @property
    def title(self) -> str:
        """The case that was asked about."""
        together = f", with {named(self.with_case_ids)}" if self.with_case_ids else ""
        return (
            f"Who could hold {self.case.case_id}, {with_article(case_words(self.case))}{together}"
        )

    @property
    def text(self) -> str:
        """The workers who can take it, what it would cost, and why the others cannot."""
        return "\n".join([*self._possible(), *self._waits(), *self._refused()])

    def _possible(self) -> Iterator[str]:
        ranked = self.ranked
        if not ranked:
            yield "No worker can take it, everything else as it is."
            return
        least = ranked[0]
        for rank, same in groupby(ranked[:MOST_TOLD], key=lambda one: one.rank):
            workers = list(same)
            tie = len([one for one in ranked if one.rank == rank]) > 1
            for one in workers:
                gap = difference(one.terms, least.terms)
                cost = worth(one.terms, self.policy)
                what = f"costs {cost}" if one.rank == 1 else price(gap, self.policy)
                note = ", a tie" if tie else ""
                yield f"{rank}. {one.worker_id}{note}: {what}; {one.change(self.policy)}."
        if len(ranked) > MOST_TOLD:
            others = len(ranked) - MOST_TOLD
            yield f"{counted(others, 'other worker')} can take it at a higher or equal cost."

    def _waits(self) -> Iterator[str]:
        if self.waiting_terms is None:
            return
        text = f"Waiting costs {worth(self.waiting_terms, self.policy)}"
        if self.ranked:
            here, there = by_tier(self.waiting_terms, self.policy), self.ranked[0].tiers
            if here != there:
                text += f", which is {'less' if here < there else 'more'} than rank 1"
        yield f"{text}."

    def _refused(self) -> Iterator[str]:
        full = [one for one in self.candidates if one.refusals and one.terms]
        for one in full[:MOST_TOLD]:
            yield f"No room: {'; '.join(refusal.sentence for refusal in one.refusals)}."
        rules = Counter(one.refusals[0].rule for one in self.candidates if one.refusals)
        if rules:
            counts = ", ".join(f"{rule} {number}" for rule, number in sorted(rules.items()))
            yield f"{counted(rules.total(), 'worker')} refused, by first rule: {counts}."

    def tables(self) -> Mapping[str, Table]:
        """Return ``candidates``, ``refusals`` and ``terms``."""
        return {
            "candidates": Table(
                "Workers",
                {
                    "worker_id": str,
                    "rank": float,
                    "allowed": bool,
                    "holds_now": bool,
                    "known_worker": bool,
                    "workers_in_window": int,
                    "third_worker": bool,
                    "children_before": int,
                    "children_after": int,
                    "cap": int,
                    "load_before": float,
                    "load_after": float,
                    "against": str,
                },
                tuple(self._row(one) for one in self.candidates),
            ),
            "refusals": Table(
                "Why not the others",
                {"worker_id": str, "rule": str, "where": str, "sentence": str},
                tuple(
                    (one.worker_id, refusal.rule, refusal.where, refusal.sentence)
                    for one in self.candidates
                    for refusal in one.refusals
                ),
            ),
            "terms": Table(
                "What it adds to each goal",
                {"worker_id": str, "tier": int, "goal": str, "value": int, "weight": int},
                tuple(self._terms()),
            ),
        }

    def _row(self, one: Candidate) -> tuple[object, ...]:
        return (
            one.worker_id,
            None if one.rank is None else float(one.rank),
            one.allowed,
            one.holds_now,
            one.known_worker,
            one.workers_in_window,
            one.third_worker,
            one.children_before,
            one.children_after,
            one.cap,
            one.load_before,
            one.load_after,
            one.refusals[0].sentence if one.refusals else "",
        )

    def _terms(self) -> Iterator[tuple[object, ...]]:
        options = [(one.worker_id, one.terms) for one in self.candidates]
        if self.waiting_terms is not None:
            options.append(("", self.waiting_terms))
        for worker_id, terms in options:
            for goal in GOALS:
                if goal in terms:
                    place = self.policy.goals[goal]
                    yield worker_id or None, place.tier, goal, terms[goal], place.weight


def recommend(
    snapshot: Snapshot,
    case: str | Case,
    policy: Policy | str | PathLike[str] | None = None,
    *,
    allocation: Mapping[str, str | None] | None = None,
) -> Recommendation:
    """Rank every worker for one case, everything else as it stands.

    The cost of a worker is what the case adds to each goal with that worker: exact, the
    difference between the whole week with the case there and without it. Nothing is searched for,
    so a county answers as fast as a team.

    Parameters
    ----------
    snapshot
        The week.
    case
        A case of the week by id, or a new one.
    policy
        As for `allocate`.
    allocation
        Who has each case, such as a plan's ``allocation``; by default everybody who can stays. A
        new case need not be in it.

    Raises
    ------
    DataError
        When the week has no such case, when a new case contradicts its tables, when the week asks
        for what the policy forbids, or when the allocation does not fit the week.
    """
    chosen = Policy.read(policy)
    conflicts = policy_conflicts(snapshot, chosen)
    if conflicts:
        raise DataError(conflicts)
    week = snapshot if isinstance(case, str) else _with(snapshot, case)
    case_id = case if isinstance(case, str) else case.case_id
    facts = Facts.of(week, chosen)
    number = case_number(facts, case_id)
    standing = None if allocation is None else _standing(facts, allocation, case_id)
    placing = Placing.of(facts, number, standing)
    return Recommendation(
        case=facts.index.cases[number],
        with_case_ids=tuple(
            facts.index.cases[one].case_id for one in placing.unit if one != number
        ),
        candidates=placing.candidates(),
        waiting_terms=placing.waiting_terms() if placing.may_wait else None,
        policy=chosen,
    )


def case_number(facts: Facts, case_id: str) -> int:
    """Return the number of a case.

    Raises
    ------
    DataError
        When the week has no such case.
    """
    if case_id not in facts.index.case_number:
        message = f"there is no case '{case_id}' in this week."
        raise DataError([DataProblem("cases", None, "case_id", "unknown_case", message)])
    return facts.index.case_number[case_id]


def _with(snapshot: Snapshot, case: Case) -> Snapshot:
    """Return the week with one more case, of which only that case is checked."""
    near = [
        row
        for row in snapshot.cases
        if row.case_id.casefold() == case.case_id.casefold()
        or (row.family_id is not None and row.family_id == case.family_id)
    ]
    rows = len(snapshot.cases) + 1
    problems = cross_check(
        snapshot.as_of,
        (*near, case),
        snapshot.workers,
        snapshot.adjustments,
        snapshot.teams,
        row_number=lambda table, position: rows if table == "cases" else position + 1,
    )
    if problems:
        raise DataError(problems)
    return Snapshot.model_construct(
        as_of=snapshot.as_of,
        cases=(*snapshot.cases, case),
        workers=snapshot.workers,
        adjustments=snapshot.adjustments,
        teams=snapshot.teams,
        spells=snapshot.spells,
    )


def _standing(facts: Facts, allocation: Mapping[str, str | None], case_id: str) -> Ints:
    """Return who has each case, shape (cases,)."""
    problems = [
        DataProblem("allocation", None, "case_id", "missing_case", f"has no case '{one.case_id}'.")
        for one in facts.index.cases
        if one.case_id not in allocation and one.case_id != case_id
    ]
    problems += [
        DataProblem("allocation", None, "worker_id", "unknown_worker", f"has no worker '{one}'.")
        for one in sorted({one for one in allocation.values() if one is not None})
        if one not in facts.index.worker_number
    ]
    if problems:
        raise DataError(problems)
    return worker_numbers(facts, allocation)


def worker_numbers(facts: Facts, allocation: Mapping[str, str | None]) -> Ints:
    """Return the number of the worker of each case, shape (cases,); `NOBODY` for waiting."""
    numbers = facts.index.worker_number
    workers = (allocation.get(one.case_id) for one in facts.index.cases)
    return np.array([NOBODY if one is None else numbers[one] for one in workers], np.int64)
