"""Exact search where limits alone stand in the way: small cores, one in search, one in proof.

The bound of the decomposition leaves few arcs for assignments of a value near it, the *core*
(Pisinger, "Core problems in knapsack algorithms", Operations Research 47, 1999). HiGHS looks for
better assignments in a core of growing value; beside it CP-SAT proves, value by value, that the
core below holds none. Arcs are left out by what it costs to force them (`forced_items.py`), and
both solvers get a row for each worker with what its knapsack came to (`knapsack_rows.py`). Both are
limited by counted work, and HiGHS is waited for first: where what it finds meets the bound, CP-SAT
is broken off, else it is waited for, too. So the outcome does not depend on which is faster.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Final

import numpy as np

from caseload_balancer.engine.columns.reduced_costs import Prices
from caseload_balancer.engine.cpsat.search import Answer
from caseload_balancer.engine.dantzig_wolfe.decomposition import DantzigWolfe
from caseload_balancer.engine.dantzig_wolfe.knapsack_rows import with_knapsack_rows
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.integer import WHOLE_GAP, IntegerAnswer, solve_integer
from caseload_balancer.engine.local_search.ejection_chains import chains_are_possible
from caseload_balancer.engine.neighbourhoods.rounding import taken_arcs
from caseload_balancer.engine.relaxation.relaxation import Relaxation
from caseload_balancer.engine.relaxation.relaxer import Relaxer
from caseload_balancer.engine.side_by_side import break_off
from caseload_balancer.engine.strategies.complete_search import rows_of, search_completely
from caseload_balancer.engine.strategies.improvement import (
    accept,
    follow_chains,
    improve,
    round_off,
)
from caseload_balancer.engine.strategies.reduced_beside import (
    settle_by_reduction_beside_decomposition,
)
from caseload_balancer.engine.strategies.tiers import Known, Tier

_PACES: Final = (2.2, 7.0)
"""How much more work HiGHS and CP-SAT do in a second on small cores than is granted for one: 1.5 to
3.5 and 6 to 9 were measured, of five problems of 500 to 1,000 arcs."""
_WORK_A_PAIR: Final = 2e-7
"""Work that the root of a core takes at least, for each pair of arcs."""
_WORK_A_FORCING: Final = 5e-4
"""Work that forcing the arcs of one worker takes."""


def settle_by_cores(tier: Tier, known: Known, relaxer: Relaxer, *, share: float) -> Known:
    """Improve by ejection chains, tighten the bound, improve by neighbourhoods, search by cores.

    Small problems are often proven by cores alone, so there these come first. Where the bound
    leaves more than cores could be made of, ejection chains go on until they gain no more: there
    neither roundings nor neighbourhoods were seen to gain anything after them.

    Parameters
    ----------
    share
        Of the time and work left, what neighbourhoods may take before the cores; 0 for none
        before them.
    """
    mine = tier.parameters.cores
    if tier.arrays.arcs <= mine.first_up_to_arcs:
        known = _by_cores_alone(tier, known, relaxer)
        if known.proven:
            return known
    chained = chains_are_possible(tier.arrays, tier.parameters.chains)
    known = follow_chains(tier, known, mine.chains_share)
    if share > 0 and not chained:
        known = improve(tier, known, relaxer.current(), relaxer, mine.improvement_share)
    if known.proven:
        return known
    found = relaxer.converge(tier.deadline.slice(mine.tightening_share))
    known = known.raised(found.bound)
    left = int(found.prices.candidates(known.value - 1).arc.sum())
    many = min(mine.arcs, mine.chains_only_share * tier.arrays.arcs)
    if chained and left > max(mine.chains_only_arcs, many):
        known = follow_chains(tier, known, 1.0, again=True)
    if share > 0:
        known = improve(tier, known, found, relaxer, share)
    else:
        known = round_off(tier, known, found, relaxer)
    note = "improved by neighbourhoods, bounded by the decomposition"
    known = replace(known.raised(found.bound), note=note)
    known = _Cores(tier, found, relaxer.decomposition, known).settle(known)
    return improve(tier, known, found, relaxer, 1.0)


def _by_cores_alone(tier: Tier, known: Known, relaxer: Relaxer) -> Known:
    """Return what is known after cores were searched for a share of the work.

    Beside the decomposition the tier is reduced by its linear program, if that leaves little: what
    is nearest to its bound gained nothing here. Where that proves it, the decomposition is broken
    off.
    """
    tier = replace(tier, deadline=tier.deadline.slice(tier.parameters.cores.first_share))
    known, found = settle_by_reduction_beside_decomposition(
        tier, known, relaxer.current(), relaxer, tier.deadline, nearest=False
    )
    return _Cores(tier, found, relaxer.decomposition, known).settle(known)


class _Cores:
    def __init__(
        self,
        tier: Tier,
        relaxation: Relaxation,
        decomposition: DantzigWolfe | None,
        known: Known,
    ) -> None:
        self._tier = tier
        self._parameters = tier.parameters.cores
        self._linear = relaxation.linear
        self._decomposition = decomposition
        self._prices: Prices = relaxation.prices
        if decomposition is not None and not known.proven and not tier.deadline.passed():
            most = self._prices.cutoff_for(
                int(self._parameters.forced_arcs_a_unit * tier.arrays.units)
            )
            last = known.value - 1 if most is None else min(most, known.value - 1)
            self._prices = decomposition.priced.forced_prices(decomposition.support, last)
            tier.deadline.spend(_WORK_A_FORCING * tier.arrays.workers)

    def settle(self, known: Known) -> Known:
        """Search and prove until the value meets the bound, or neither improves."""
        above = self._cutoff_for(self._parameters.arcs_a_unit, known)
        below = self._cutoff_for(self._parameters.proven_arcs_a_unit, known)
        searching = proving = True
        with ThreadPoolExecutor(2) as pool:
            while (searching or proving) and not self._ended(known):
                round_ = self._tier.deadline.slice(self._parameters.round_share)
                lanes = [round_.lane(pace * round_.work_left()) for pace in _PACES]
                searched = pool.submit(self._search_core, above, lanes[0]) if searching else None
                last = above if searching else known.value - 1
                proof = (
                    pool.submit(self._prove_core, known, below, last, lanes[1]) if proving else None
                )
                if searched is not None:
                    found = searched.result()
                    known = self._accepted(known, found)
                if proof is not None and known.proven:
                    break_off(proof, lanes.pop())  # by the bound there was before
                elif proof is not None:
                    proven, proving = proof.result()
                    known = known.joined(proven)
                    below = max(below, min(known.bound, known.value - 1))
                if searched is not None:
                    searching = above < known.value - 1 if found.finished else above > known.bound
                    grown = self._further(above) if found.finished else known.bound
                    above = min(grown, known.value - 1)
                spent = (lane.spent() / pace for lane, pace in zip(lanes, _PACES, strict=False))
                self._tier.deadline.spend(max(spent))
        return known

    def _ended(self, known: Known) -> bool:
        return known.proven or known.refuted or self._tier.deadline.passed()

    def _further(self, cutoff: int) -> int:
        """Return a value half as far again above the bound of the prices."""
        above = cutoff - self._prices.bound
        return cutoff + max(1, above // 2)

    def _cutoff_for(self, arcs_a_unit: float, known: Known) -> int:
        """Return a cutoff whose core has so many arcs, between the bound and the best value."""
        wanted = max(1, int(arcs_a_unit * self._tier.arrays.units))
        found = self._prices.cutoff_for(wanted)
        last = known.value - 1
        return last if found is None else min(max(found, known.bound), last)

    def _search_core(self, cutoff: int, lane: Deadline) -> IntegerAnswer:
        """Search the core of assignments up to `cutoff` for the best."""
        linear = self._linear
        candidates = self._prices.candidates(cutoff)
        arcs = int(candidates.arc.sum())
        if arcs > self._parameters.arcs or _WORK_A_PAIR * arcs**2 > lane.work_left():
            return IntegerAnswer(None, finished=False, work=0.0)
        active = linear.program.upper > 0
        active[: len(candidates.arc)] &= candidates.arc
        active[linear.first_wait : linear.first_wait + len(linear.waits)] &= candidates.wait[
            linear.waits
        ]
        nodes = max(
            1, int(self._parameters.nodes_a_work * min(lane.work_left(), self._parameters.work))
        )
        answer = solve_integer(
            with_knapsack_rows(linear.program, rows_of(self._decomposition, candidates)),
            active,
            np.ones(len(active), np.bool_),
            deadline=lane,
            nodes=nodes,
            gap=WHOLE_GAP,
        )
        lane.spend(answer.work)
        return answer

    def _prove_core(
        self, known: Known, cutoff: int, last: int, lane: Deadline
    ) -> tuple[Known, bool]:
        """Search cores completely, up to `cutoff` and further; return whether to go on after it.

        Parameters
        ----------
        last
            No core of a greater value is begun after the first: what is searched for beside it is
            in that of this value, and may be the best there is.
        """
        while not (known.proven or known.refuted or lane.passed()):
            answer = self._search_completely(known, cutoff, lane)
            known = self._proven_up_to(known, cutoff, answer)
            if answer.outcome not in ("none exists", "optimal"):
                return known, False
            cutoff = min(max(known.bound, self._further(cutoff)), known.value - 1)
            if known.bound > last:
                break
            cutoff = min(cutoff, last)
        return known, not known.proven

    def _search_completely(self, known: Known, cutoff: int, lane: Deadline) -> Answer:
        """Search the core of assignments up to `cutoff` completely."""
        tier = self._tier
        candidates = self._prices.candidates(cutoff)
        arcs = int(candidates.arc.sum())
        if arcs > self._parameters.arcs:
            return Answer("unknown", None, known.bound)
        return search_completely(
            tier,
            known,
            candidates,
            lane,
            at_most=cutoff,
            rows=rows_of(self._decomposition, candidates),
        )

    def _proven_up_to(self, known: Known, cutoff: int, answer: Answer) -> Known:
        note = f"searched {int(self._prices.candidates(cutoff).arc.sum())} of "
        note += f"{self._tier.arrays.arcs} arcs, which hold every assignment up to {cutoff}"
        known = replace(known, note=f"{note}: {answer.outcome}")
        if answer.assignment is not None:
            known = known.improved(answer.assignment, self._tier.value(answer.assignment))
        if answer.outcome == "optimal":
            return known.raised(known.value)
        bound = cutoff + 1 if answer.outcome == "none exists" else min(answer.bound, cutoff + 1)
        return known.raised(bound)

    def _accepted(self, known: Known, answer: IntegerAnswer) -> Known:
        """Accept the assignment found, if it is feasible and within the ceilings."""
        if answer.values is None:
            return known
        return accept(self._tier, known, taken_arcs(self._tier.arrays, answer.values))
