"""The answer to why a case is not with a certain worker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from caseload_balancer.domain.content_hash import content_hash
from caseload_balancer.domain.wording import counted, listed
from caseload_balancer.insight.amounts import in_words, named, price
from caseload_balancer.insight.answers import Answer, Table
from caseload_balancer.insight.planned import HolderChange
from caseload_balancer.insight.wording import some_of
from caseload_balancer.plan.rows import Agreed
from caseload_balancer.policy import GOALS, MEANING, GoalName, Policy
from caseload_balancer.problem.refusals import Refusal

Verdict = Literal[
    "there already", "ineligible", "impossible", "not found", "full", "at a price", "tie", "better"
]


_CHEAPEST: Final = "Proven: no plan that has the case there costs less."
_NOT_PROVEN: Final = "It is not proven that this is the cheapest way"


@dataclass(frozen=True, kw_only=True)
class Way:
    """A plan that has the case with the worker.

    Parameters
    ----------
    changes
        Who has another worker than in the plan that was asked about, as a chain: first the case
        and its siblings, then the children who leave the worker, then those who leave the workers
        these go to, and so on.
    differences
        What it adds to each goal of that plan, in the goal's unit; zeros left out.
    tiers
        The same by tier of the policy, weighted.
    exact
        Whether it is proven that there is no better one of its kind.
    """

    changes: tuple[HolderChange, ...]
    differences: Mapping[GoalName, int]
    tiers: tuple[int, ...]
    exact: bool

    __hash__ = content_hash


@dataclass(frozen=True, kw_only=True)
class WhyNot(Answer):
    """Why the plan has not given a case to a worker.

    Parameters
    ----------
    case_id, worker_id
        What was asked.
    with_case_ids
        Siblings who move with the child: the answer is for all of them together.
    verdict
        ``there already``; ``ineligible``: a rule keeps the case from the worker; ``impossible``:
        proven that no allocation within the limits has it there; ``not found``: none was found in
        the time; ``full``: others must move to make room; ``at a price``: the week gets worse by
        so much; ``tie``: a plan with it there is worth exactly the same; ``better``: a plan with
        it there is better than this one, which was not proven best or keeps to a decision.
    refusals
        The rules against it, with the row or figure that says so: for ``ineligible``, and the
        limits in the way for ``full`` and ``impossible``.
    best
        The best plan found that has the case there; None where there is none.
    fewest
        Of the plans that have the case there, the one in which the fewest families change worker;
        of several such plans the best. None where that is `best`.
    at_least
        For each tier the least that any plan with the case there adds: proven.
    exact
        Whether the verdict is proven, and that nothing better than `best` has the case there.
    agreed
        What people decided about the case; this question takes no account of it.
    keeps
        How many other decisions are kept.
    policy
        The plan's policy.
    """

    case_id: str
    worker_id: str
    with_case_ids: tuple[str, ...] = ()
    verdict: Verdict
    refusals: tuple[Refusal, ...] = ()
    best: Way | None = None
    fewest: Way | None = None
    at_least: tuple[int, ...] = ()
    exact: bool = True
    agreed: tuple[Agreed, ...] = ()
    keeps: int = 0
    policy: Policy

    @property
    def changes(self) -> tuple[HolderChange, ...]:
        """Who changes worker in the best plan found; see `Way`."""
        return self.best.changes if self.best else ()

    @property
    def differences(self) -> Mapping[GoalName, int]:
        """What the best plan found adds to each goal; see `Way`."""
        return self.best.differences if self.best else {}

    @property
    def tiers(self) -> tuple[int, ...]:
        """What the best plan found adds to each tier; see `Way`."""
        return self.best.tiers if self.best else ()

    @property
    def title(self) -> str:
        """The question."""
        together = f" (with {named(self.with_case_ids)})" if self.with_case_ids else ""
        return f"Why {self.case_id}{together} is not with {self.worker_id}"

    @property
    def text(self) -> str:
        """The verdict, the chain of changes, and what they cost."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield self._verdict()
        if self.best is not None:
            yield f"{_others(self._moved(self.best))}."
        if self.fewest is not None:
            yield self._simplest(self.fewest)
        if self.agreed:
            yield f"It was agreed otherwise: {listed([str(one) for one in self.agreed])}."
        if self.keeps and self.verdict not in {"there already", "ineligible"}:
            yield f"{counted(self.keeps, 'other decision is', 'other decisions are')} kept."

    def _verdict(self) -> str:
        against = "; ".join(refusal.sentence for refusal in self.refusals)
        why = f": {against}" if against else ""
        match self.verdict:
            case "there already":
                return f"The plan already has {self.case_id} with {self.worker_id}."
            case "ineligible":
                places = "; ".join(refusal.where for refusal in self.refusals)
                return f"The rules do not allow it: {against} ({places})."
            case "impossible":
                return f"No change of other cases could make room for it (proven){why}."
            case "not found":
                return f"No way to make room was found in the time allowed; one may exist{why}."
            case _:
                return self._weighed(against)

    def _weighed(self, against: str) -> str:
        cost = price(self.differences, self.policy)
        if self.verdict == "tie":
            details = in_words(self.differences, self.policy)
            swap = f" ({details})" if details else ""
            return f"It is a tie: a plan with the case there is worth exactly the same{swap}."
        if self.verdict == "better":
            unlike = "keeps to a decision" if self.agreed else "is not proven best"
            return f"A plan with the case there is better than this one, which {unlike}: {cost}."
        claim = _CHEAPEST if self.exact else self._bounded()
        if self.verdict == "full":
            room = f"There is no room: {against}."
            return f"{room} Making room, compared with the plan: {cost}. {claim}"
        return f"It is possible, at a price: {cost}. {claim}"

    def _bounded(self) -> str:
        first = next((n for n, gap in enumerate(self.tiers) if gap), 0)
        in_points = all(MEANING[goal].priced for goal in self.policy.tiers[first])
        if in_points and not any(self.at_least[:first]):
            least = max(0, self.at_least[first]) / 100
            return f"{_NOT_PROVEN}: it costs at least {least:,.2f} cost points."
        return f"{_NOT_PROVEN}: a cheaper one may exist."

    def _simplest(self, way: Way) -> str:
        others = self._moved(way)
        if not others:
            lead = "With nobody else changing worker:"
        else:
            which = "the fewest" if way.exact else "fewer"
            lead = f"With {which} changes, {_others(others)}. Compared with the plan:"
        return f"{lead} {price(way.differences, self.policy)}."

    def _moved(self, way: Way) -> list[HolderChange]:
        together = {self.case_id, *self.with_case_ids}
        return [one for one in way.changes if one.case_id not in together]

    def tables(self) -> Mapping[str, Table]:
        """Return ``changes``, ``differences`` and ``refusals``; ``way`` is best or fewest."""
        goals = self.policy.goals
        ways = [(name, way) for name, way in (("best", self.best), ("fewest", self.fewest)) if way]
        return {
            "changes": Table(
                "Who would change worker",
                {"way": str, "case_id": str, "from_worker_id": str, "to_worker_id": str},
                tuple(
                    (name, one.case_id, one.from_worker_id, one.to_worker_id)
                    for name, way in ways
                    for one in way.changes
                ),
            ),
            "differences": Table(
                "What it would add",
                {"way": str, "tier": int, "goal": str, "value": int, "weight": int},
                tuple(
                    (name, goals[goal].tier, goal, way.differences[goal], goals[goal].weight)
                    for name, way in ways
                    for goal in GOALS
                    if goal in way.differences
                ),
            ),
            "refusals": Table.of(
                "Rules against it",
                {"rule": str, "where": str, "sentence": str},
                self.refusals,
            ),
        }


def _others(changes: list[HolderChange]) -> str:
    if not changes:
        return "Nobody else would change worker"
    who = counted(len(changes), "other child", "other children")
    return f"{who} would change worker: {some_of(changes)}"
