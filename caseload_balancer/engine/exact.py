"""Tier by tier to proven optimality: relaxation, reduced-cost fixing, CP-SAT.

The linear relaxation of a tier prices every option. CP-SAT then gets only what an assignment up to
some value can be made of; if it finds the best of these at or below that value, it is the best of
all. Tiers follow each other with ceilings, as the recipe of the CP-SAT authors has it (or-tools
discussion 1344), never as one weighted sum.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from caseload_balancer.engine.bounds import least_of_options
from caseload_balancer.engine.candidates import Candidates
from caseload_balancer.engine.contexts import Context
from caseload_balancer.engine.cpsat.model import build_model
from caseload_balancer.engine.cpsat.search import Answer, search
from caseload_balancer.engine.cpsat.sums import RowTooLargeError
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.local_search import descend
from caseload_balancer.engine.pricing import Prices
from caseload_balancer.engine.relaxation import relax
from caseload_balancer.engine.results import Phase, Result
from caseload_balancer.problem.arrays import Arrays, Ints
from caseload_balancer.problem.evaluation import chosen_arcs, values

_ARCS_PER_UNIT: Final = 2.5
"""Options a unit has on average in the first, restricted search."""
_SHARE: Final = 0.5
"""Of the time and work left, what one step may take while others are to follow."""


_CUT_ROUNDS: Final = 0
_ARCS_AT_LEAST: Final = 300
_ARCS_AT_MOST: Final = 6_000
"""Larger models take CP-SAT longer to read than they are worth."""


@dataclass(frozen=True, eq=False)
class _Settled:
    """The best assignment known, its value in the tier at hand, and a bound on that."""

    assignment: Ints
    value: int
    bound: int
    note: str

    @property
    def proven(self) -> bool:
        return self.value <= self.bound

    def raised(self, bound: int) -> _Settled:
        """Return it with a bound, where that is better."""
        return replace(self, bound=min(self.value, max(self.bound, bound)))


def solve_exactly(arrays: Arrays, context: Context) -> Result:
    """Settle one tier after the other; see the module."""
    deadline = context.deadline
    best = descend(arrays, arrays.start, deadline=deadline.part(_SHARE))
    settled: list[int] = []
    bounds: list[int] = []
    ceilings: list[int] = []
    phases: list[Phase] = []
    for tier in range(arrays.tiers):
        began = time.monotonic()
        last = tier == arrays.tiers - 1
        share = deadline if last else deadline.part(_SHARE)
        step = _Tier(arrays, tier, ceilings, share, context.seed).settle(best)
        best = step.assignment
        settled.append(step.value)
        bounds.append(step.bound)
        ceilings.append(context.ceiling(arrays, tier, step.value))
        phases.append(Phase(f"tier {tier + 1}", time.monotonic() - began, step.note))
        context.report(best, tuple(bounds))
    reached = values(arrays, best)
    settled = [min(pair) for pair in zip(settled, reached, strict=True)]
    return Result(
        assignment=best,
        values=reached,
        bounds=tuple(bounds),
        stop_reason="proven" if settled == bounds else deadline.reason() or "work limit",
        phases=tuple(phases),
        settled=tuple(settled),
    )


class _Tier:
    """Settles one tier under the ceilings of those before."""

    def __init__(
        self, arrays: Arrays, tier: int, ceilings: Sequence[int], deadline: Deadline, seed: int
    ) -> None:
        self._arrays = arrays
        self._tier = tier
        self._ceilings = tuple(ceilings)
        self._deadline = deadline
        self._seed = seed

    def settle(self, incumbent: Ints) -> _Settled:
        """Return the best assignment found from a feasible one, and the bound."""
        value = values(self._arrays, incumbent)[self._tier]
        least = least_of_options(self._arrays, self._tier)
        known = _Settled(incumbent, value, least, "every unit has its cheapest option")
        if known.proven:
            return known.raised(value)
        relaxed = relax(
            self._arrays,
            self._tier,
            self._ceilings,
            deadline=self._deadline,
            incumbent=incumbent,
            cut_rounds=_CUT_ROUNDS,
        )
        prices = Prices.none(self._arrays, known.bound) if relaxed is None else relaxed.prices
        known = replace(known.raised(prices.bound), note="proven by the relaxation")
        try:
            return self._search(prices, known)
        except RowTooLargeError as error:
            return replace(known, note=f"bounded by the relaxation only: {error}")

    def _search(self, prices: Prices, known: _Settled) -> _Settled:
        """Search among what assignments up to a value are made of, until that value is reached."""
        if not known.proven:
            known = self._search_support(prices, known)
        arcs = max(_ARCS_AT_LEAST, int(_ARCS_PER_UNIT * self._arrays.units))
        first = prices.cut_for(arcs)
        cut = known.value if first is None else first
        while not known.proven and not self._deadline.passed():
            candidates = prices.candidates(min(cut, known.value))
            if candidates.arc.sum() > _ARCS_AT_MOST:
                return replace(known, note=f"more than {_ARCS_AT_MOST} arcs are worth a look")
            finished, known = self._search_up_to(min(cut, known.value), candidates, known)
            if not finished:
                break
            cut = max(2 * cut - prices.bound, known.bound)
        return known

    def _search_support(self, prices: Prices, known: _Settled) -> _Settled:
        """Search among what the relaxation takes and what is known: few arcs, often enough."""
        everything = Candidates.all_of(self._arrays)
        arcs = prices.support.copy()
        chosen = chosen_arcs(self._arrays, known.assignment)
        arcs[chosen[chosen >= 0]] = True
        candidates = replace(everything, arc=arcs)
        found = self._better(
            self._ask(candidates, known.assignment, self._deadline.part(_SHARE)), known
        )
        note = f"found among the {int(arcs.sum())} arcs that the relaxation takes, and proven by it"
        return replace(found, note=note) if found.proven else found

    def _search_up_to(
        self, cut: int, candidates: Candidates, known: _Settled
    ) -> tuple[bool, _Settled]:
        """Return whether the search was finished, and what is known after it."""
        answer = self._ask(candidates, known.assignment, self._deadline)
        known = self._better(answer, known)
        bound = answer.bound
        if answer.outcome == "optimal":
            bound = known.value
        elif answer.outcome == "none exists":
            bound = cut + 1
        note = (
            f"searched {int(candidates.arc.sum())} of {self._arrays.arcs} arcs, which hold every "
            f"assignment up to {cut}: {answer.outcome}"
        )
        finished = answer.outcome in ("optimal", "none exists")
        return finished, replace(known.raised(min(bound, cut + 1)), note=note)

    def _ask(self, candidates: Candidates, incumbent: Ints, deadline: Deadline) -> Answer:
        built = build_model(
            self._arrays, self._tier, self._ceilings, candidates=candidates, incumbent=incumbent
        )
        return search(built, deadline=deadline, seed=self._seed)

    def _better(self, answer: Answer, known: _Settled) -> _Settled:
        if answer.assignment is None:
            return known
        value = values(self._arrays, answer.assignment)[self._tier]
        if value >= known.value:
            return known
        return replace(known, assignment=answer.assignment, value=value)
