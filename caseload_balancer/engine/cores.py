"""Exact search where limits alone stand in the way: small cores, one in search, one in proof.

The bound by patterns leaves few arcs that an assignment near it can be made of, its *core*
(Pisinger, "Core problems in knapsack algorithms", Operations Research 47, 1999). HiGHS looks for
better assignments in a core of growing value; beside it CP-SAT proves, value by value, that the
core below holds none. Both are limited by counted work and are waited for, so the outcome does not
depend on which is faster.
"""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Final

import numpy as np

from caseload_balancer.engine.cpsat.model import build_model
from caseload_balancer.engine.cpsat.search import Answer, search
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.improvement import improve
from caseload_balancer.engine.integer_programs import IntegerAnswer, solve_integer
from caseload_balancer.engine.pricing import Prices
from caseload_balancer.engine.relaxation import Relaxation
from caseload_balancer.engine.rounding import taken_arcs
from caseload_balancer.engine.tiers import Known, Tier
from caseload_balancer.problem.arrays import Arrays, Bools
from caseload_balancer.problem.evaluation import broken_limits, values

_ARCS_AT_MOST: Final = 4_000
"""Larger cores take too long to be worth it."""
_ARCS_A_UNIT: Final = 1.45
"""Arcs a unit has on average in the first core that is searched."""
_BRIEFLY: Final = 0.07
_SHARPENING_SHARE: Final = 0.3
_CORE_SHARE: Final = 0.8
"""Of the time and work left: neighbourhoods at first, the bound by patterns, and one round of both
searches."""
_WORK_AT_MOST: Final = 100.0
_PROOF_PACE: Final = 2.0
"""By how much CP-SAT's work on small cores goes faster than what a second is granted for."""
_NODES_A_WORK: Final = 100
"""Branch-and-bound nodes for one unit of work."""


def settle_by_cores(tier: Tier, known: Known, relaxation: Relaxation, *, share: float) -> Known:
    """Improve by neighbourhoods, sharpen the bound, improve by it, then search and prove by cores.

    Parameters
    ----------
    share
        Of the time and work left, what neighbourhoods may take after that.

    Raises
    ------
    RowTooLargeError
        When the solver could not be trusted with it.
    """
    relaxer = relaxation.search
    known = improve(tier, known, relaxation, _BRIEFLY)
    if not known.proven:
        relaxer.tighten(tier.deadline.part(_SHARPENING_SHARE), math.inf)
        known = improve(tier, known, relaxer.found(), share)
    found = relaxer.found()
    known = replace(
        known.raised(found.bound), note="improved by neighbourhoods, bounded by patterns"
    )
    return _Cores(tier, found).settle(known)


class _Cores:
    def __init__(self, tier: Tier, relaxation: Relaxation) -> None:
        self._tier = tier
        self._relaxation = relaxation
        self._prices: Prices = relaxation.prices

    def settle(self, known: Known) -> Known:
        """Search and prove until both meet, or neither gets further."""
        wanted = max(1, int(_ARCS_A_UNIT * self._tier.arrays.units))
        first = self._prices.cut_for(wanted)
        above = known.value - 1 if first is None else min(first, known.value - 1)
        below = known.bound
        searching = proving = True
        with ThreadPoolExecutor(2) as pool:
            while (searching or proving) and not known.proven and not self._tier.deadline.passed():
                round_ = self._tier.deadline.part(_CORE_SHARE)
                paces = (1.0, _PROOF_PACE)
                lanes = [
                    round_.lane(round_.remaining(), pace * round_.work_left()) for pace in paces
                ]
                looked = pool.submit(self._look, above, lanes[0]) if searching else None
                proof = pool.submit(self._prove, known, below, lanes[1]) if proving else None
                if proof is not None:
                    answer = proof.result()
                    known = self._proven_up_to(known, below, answer)
                    proving = answer.outcome in ("none exists", "optimal")
                if looked is not None:
                    found = looked.result()
                    known = self._with(known, found)
                    searching = above < known.value - 1 if found.finished else above > known.bound
                    grown = 2 * above - self._prices.bound + 1 if found.finished else known.bound
                    above = min(grown, known.value - 1)
                spent = (lane.spent() / pace for lane, pace in zip(lanes, paces, strict=True))
                self._tier.deadline.spend(max(spent))
                proving = proving and known.bound < known.value
                below = min(max(known.bound, 2 * below - self._prices.bound + 1), known.value - 1)
        return known

    def _look(self, cut: int, lane: Deadline) -> IntegerAnswer:
        """Search the core of assignments up to `cut` for the best."""
        linear = self._relaxation.linear
        candidates = self._prices.candidates(cut)
        if candidates.arc.sum() > _ARCS_AT_MOST:
            return IntegerAnswer(None, finished=False, work=0.0)
        active = linear.program.most > 0
        active[: len(candidates.arc)] &= candidates.arc
        active[linear.first_wait : linear.first_wait + len(linear.waits)] &= candidates.wait[
            linear.waits
        ]
        nodes = max(1, int(_NODES_A_WORK * min(lane.work_left(), _WORK_AT_MOST)))
        answer = solve_integer(
            linear.program,
            active,
            np.ones(len(active), np.bool_),
            deadline=lane,
            nodes=nodes,
            gap=0.99,
        )
        lane.spend(answer.work)
        return answer

    def _prove(self, known: Known, cut: int, lane: Deadline) -> Answer:
        """Search the core of assignments up to `cut` completely, for nothing dearer."""
        tier = self._tier
        candidates = self._prices.candidates(cut)
        if candidates.arc.sum() > _ARCS_AT_MOST or not tier.has_time_for(int(candidates.arc.sum())):
            return Answer("unknown", None, known.bound)
        if not _all_have_options(tier.arrays, candidates.arc, candidates.wait):
            return Answer("none exists", None, known.bound)
        built = build_model(
            tier.arrays,
            tier.number,
            tier.ceilings,
            candidates=candidates,
            incumbent=known.assignment,
            at_most=cut,
        )
        return search(built, deadline=lane, seed=tier.seed)

    def _proven_up_to(self, known: Known, cut: int, answer: Answer) -> Known:
        note = f"searched {int(self._prices.candidates(cut).arc.sum())} of "
        note += f"{self._tier.arrays.arcs} arcs, which hold every assignment up to {cut}"
        known = replace(known, note=f"{note}: {answer.outcome}")
        if answer.assignment is not None:
            known = known.improved(answer.assignment, self._tier.value(answer.assignment))
        if answer.outcome == "optimal":
            return known.raised(known.value)
        bound = cut + 1 if answer.outcome == "none exists" else min(answer.bound, cut + 1)
        return known.raised(bound)

    def _with(self, known: Known, answer: IntegerAnswer) -> Known:
        """Take what was found, if it is what it seems."""
        if answer.values is None:
            return known
        arrays = self._tier.arrays
        found = taken_arcs(arrays, answer.values)
        reached = values(arrays, found)
        within = all(v <= c for v, c in zip(reached, self._tier.ceilings, strict=False))
        if not within or broken_limits(arrays, found):
            return known
        better = known.improved(found, reached[self._tier.number])
        if better is not known:
            self._tier.report(better.assignment)
        return better


def _all_have_options(arrays: Arrays, arc: Bools, wait: Bools) -> bool:
    """Return whether each unit has some option left."""
    options = wait.copy()
    options[arrays.arc_unit[arc]] = True
    return bool(options.all())
