"""The answer to who could take a case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from caseload_balancer.domain import Case
from caseload_balancer.domain.wording import case_words, counted, listed, with_article
from caseload_balancer.insight.amounts import by_tier, difference, named, price, told, worth
from caseload_balancer.insight.answers import Answer, Table
from caseload_balancer.insight.placing.candidate_rows import Candidate
from caseload_balancer.policy import GOALS, GoalName, Policy
from caseload_balancer.problem.limits import REFUSAL_WORDS

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
        refused = [one for one in self.candidates if one.refusals]
        full = [one for one in refused if one.terms]
        for one in full[:MOST_TOLD]:
            yield f"No room: {'; '.join(refusal.sentence for refusal in one.refusals)}."
        if not self.ranked and not full:
            for one in [one for one in refused if _may_not(one)][:MOST_TOLD]:
                yield f"Not allowed: {'; '.join(refusal.sentence for refusal in one.refusals)}."
        if refused:
            rules = Counter(one.refusals[0].rule for one in refused)
            counts = [
                f"{rules[rule]:,} {one if rules[rule] == 1 else many}"
                for rule, (one, many) in REFUSAL_WORDS.items()
                if rules[rule]
            ]
            yield f"{counted(len(refused), 'worker')} cannot take it: {listed(counts)}."

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
                {
                    "worker_id": str,
                    "tier": int,
                    "goal": str,
                    "value": int,
                    "weight": int,
                    "in_words": str,
                },
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
                    words = told(goal, terms[goal])
                    yield worker_id or None, place.tier, goal, terms[goal], place.weight, words


def _may_not(one: Candidate) -> bool:
    return all(refusal.rule in {"eligibility", "locked"} for refusal in one.refusals)
