"""What a search has settled, and how every sentence says what it has not.

A search that is cut short leaves a sound plan, of which only the figures are known: another plan
may have nobody waiting, nobody over a cap, and no shortage. So whatever claims that something could
not be helped asks here first, and whatever stands on an unfinished search says so in its own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from caseload_balancer.checker import Breach
from caseload_balancer.plan.search_rows import TierValue
from caseload_balancer.policy import GOALS, MEANING, GoalName
from caseload_balancer.problem.terms import Term, goal_values

_OF_A_CASE: Final = {"eligibility", "absence-and-leaving"}
"""The rules of breaches that the goal ``standing_breaches`` counts."""


@dataclass(frozen=True)
class Certainty:
    """Which claims about a plan its search stands behind.

    Parameters
    ----------
    settled
        Goals of which no plan has less: their tier, and every tier before it, stands at its proven
        bound.
    complete
        No plan is better under the policy: what a tier has above its bound, the policy gives back.
    knows_shortage
        Who lacks a place in the plan lacks one in every plan, or nobody does.
    """

    settled: frozenset[GoalName]
    complete: bool
    knows_shortage: bool

    @classmethod
    def of(cls, tiers: Sequence[TierValue], terms: tuple[Term, ...]) -> Certainty:
        """Return what is settled about a plan of which these are the tiers and terms."""
        values = goal_values(terms)
        # Of what a plan has none of, no plan has less.
        settled = {goal for goal in GOALS if not (values[goal] or MEANING[goal].priced)}
        for tier in tiers:
            if tier.value > tier.bound:
                break
            settled.update(goal.goal for goal in tier.goals)
        everybody_has_one = not (values["must_hold_waiting"] or values["over_cap"])
        places = settled.issuperset({"must_hold_waiting", "standing_breaches", "over_cap"})
        return cls(
            settled=frozenset(settled),
            complete=all(tier.proven for tier in tiers),
            knows_shortage=everybody_has_one or places,
        )

    def knows(self, *goals: GoalName) -> bool:
        """Say whether no plan has less of any of the goals."""
        return self.settled.issuperset(goals)

    def hedge(self, *goals: GoalName) -> str:
        """Return ``, as far as the search came`` where some plan may have less of the goals."""
        return as_far(finished=self.knows(*goals))


def not_mended(
    certainty: Certainty, breaches: Iterable[Breach], terms: Sequence[Term]
) -> tuple[list[Breach], list[Breach]]:
    """Part the breaches that no plan could put right from those that this one has not.

    The first are broken rules that a settled goal counts. Any other is left because mending it
    costs more than it brings, or because the search was not finished.

    Parameters
    ----------
    terms
        The terms of the plan.
    """
    counted = {term.id for term in terms if term.goal == "standing_breaches"}
    could_not: list[Breach] = []
    has_not: list[Breach] = []
    for row in breaches:
        known = row.rule in _OF_A_CASE and counted.issuperset(row.case_ids)
        known = known and certainty.knows("standing_breaches")
        (could_not if known else has_not).append(row)
    return could_not, has_not


def as_far(*, finished: bool, whose: str = "the") -> str:
    """Return what stands in every sentence about a plan whose figures a longer search might better.

    Parameters
    ----------
    finished
        Whether the search was finished: then there is nothing to say.
    whose
        ``its`` where the plan is not the one that the sentence is about.
    """
    return "" if finished else f", as far as {whose} search came"


def side_by_side(*, first: bool, second: bool) -> str:
    """Return the clause of a sentence that lays a first plan and a second side by side.

    Parameters
    ----------
    first, second
        Whether the search for each was finished.
    """
    if first and second:
        return ""
    if first or second:
        which = "second" if first else "first"
        why = f"the search for the {which} was not finished"
    else:
        why = "neither search was finished"
    return f" ({why}, so part of any difference may be due to that)"
