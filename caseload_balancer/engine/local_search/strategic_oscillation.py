"""Strategic oscillation: a descent may exceed limits at a price, which rises and falls.

Between two good assignments under tight limits there is often no shift or swap that keeps every
limit. So what a worker uses beyond a limit is priced. The prices rise where a local optimum is over
the limit, and all fall once none is (Yagiura,
Yamaguchi and Ibaraki, "A variable depth search algorithm with branching search for the generalized
assignment problem", Optimization Methods and Software 10, 1998; their later ejection chains use
the same prices).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from caseload_balancer.arrays import WAITING, Arrays, Bools, Breakpoints, Ints
from caseload_balancer.arrays.evaluation import (
    broken_limits,
    chosen_arcs,
    resource_use,
    values,
)
from caseload_balancer.arrays.restriction import restrict
from caseload_balancer.arrays.tiers import scale_tier
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.programs import Floats
from caseload_balancer.engine.local_search.descent import Descent
from caseload_balancer.engine.local_search.limit_multipliers import (
    cheapest_arc,
    priced_costs,
    usual_price,
)
from caseload_balancer.engine.parameters import (
    DEFAULTS,
    OscillationParameters,
    Parameters,
)

_WORK_A_ROUND: Final = 1.5e-4
_WORK_AN_ARC: Final = 5e-9
"""Of a round, and of it for each arc and each pair of a swap."""


def oscillate(
    arrays: Arrays, price: Floats, *, deadline: Deadline, parameters: Parameters = DEFAULTS
) -> Ints | None:
    """Return the best feasible assignment found.

    If none was found, units are taken out of the last assignment until it is feasible; None where
    they may not wait.

    Parameters
    ----------
    arrays
        Of one tier.
    price
        Shape (resources, workers): about what the last use within each limit is worth; see
        `price_limits`.
    parameters
        Of the search.
    """
    mine = parameters.oscillation
    cost = priced_costs(arrays, price)
    begin = _cheapest_options(arrays, cost)
    beyond = cost - cheapest_arc(arrays, cost)[arrays.arc_unit]
    cheap = _least(beyond, mine.arcs_a_unit * arrays.units)
    few = restrict(arrays, begin, units=np.ones(arrays.units, np.bool_), arcs=cheap)
    promising = np.flatnonzero(_least(beyond, mine.swaps_a_unit * arrays.units)[few.arcs])
    usual = np.broadcast_to(usual_price(arrays)[:, None], price.shape)
    first = np.maximum(mine.markup * price, mine.least_price * usual)[:, few.workers]
    found = _Oscillation(few.problem, promising, first, parameters).search(deadline)
    return None if found is None else few.lift(found, begin)


class _Oscillation:
    """Descents under prices that rise and fall."""

    def __init__(
        self, arrays: Arrays, promising: Ints, price: Floats, parameters: Parameters
    ) -> None:
        mine = self._parameters = parameters.oscillation
        self._descent_parameters = parameters.descent
        self._arrays = arrays
        self._promising = promising
        self._most = mine.markup * max(float(price.max(initial=1.0)), _dearest_arc(arrays))
        self._price = price
        self._floor = mine.least_price * price
        self._rise = np.full(price.shape, self._parameters.rise)

    def search(self, deadline: Deadline) -> Ints | None:
        """Return the best feasible assignment found, or the last one made feasible."""
        best: Ints | None = None
        least = 0
        now = self._arrays.start
        fruitless = 0
        for _ in range(self._parameters.rounds):
            if deadline.passed() or (best is not None and fruitless >= self._parameters.patience):
                break
            before, priced = now, self._price.copy()
            now = self._descend(now, deadline)
            fruitless += 1
            if self._follow(resource_use(self._arrays, now) > self._arrays.limit):
                # Prices stand still at the most, and at 0 where no arc costs anything.
                if np.array_equal(now, before) and np.array_equal(self._price, priced):
                    break
                continue
            value = values(self._arrays, now)[0]
            if (best is None or value < least) and not broken_limits(self._arrays, now):
                best, least, fruitless = now, value, 0
        return _within_limits(self._arrays, now) if best is None else best

    def _follow(self, over: Bools) -> bool:
        """Change the prices, and return whether any limit is exceeded."""
        if over.any():
            self._price[over] = np.minimum(self._price * self._rise, self._most)[over]
            self._rise = np.where(
                over,
                np.minimum(self._parameters.rise * self._rise, self._parameters.steepest_rise),
                self._parameters.rise,
            )
            return True
        self._price = np.maximum(self._parameters.fall * self._price, self._floor)
        self._rise[:] = self._parameters.rise
        return False

    def _descend(self, begin: Ints, deadline: Deadline) -> Ints:
        arrays = _priced(self._arrays, self._price, begin, self._parameters)
        search = Descent(arrays, begin, self._descent_parameters)
        pairs = len(self._promising) * arrays.units / max(1, arrays.workers)
        for _ in range(self._parameters.descent_rounds):
            if deadline.passed():
                break
            made = search.shift_round() + search.group_round()
            deadline.spend(_WORK_A_ROUND + _WORK_AN_ARC * arrays.arcs)
            if made == 0:
                made = search.swap_round(self._promising)
                deadline.spend(_WORK_AN_ARC * pairs)
            if made == 0:
                break
        return search.assignment


def _within_limits(arrays: Arrays, assignment: Ints) -> Ints | None:
    """Return an assignment with units taken out until all limits hold, the largest first."""
    found = assignment.copy()
    chosen = chosen_arcs(arrays, found)
    for resource, worker in np.argwhere(resource_use(arrays, found) > arrays.limit).tolist():
        held = np.flatnonzero((found == worker) & arrays.may_wait)
        use = arrays.arc_use[resource, chosen[held]]
        order = np.argsort(-use, kind="stable")
        excess = resource_use(arrays, found)[resource, worker] - arrays.limit[resource, worker]
        enough = int(np.searchsorted(np.cumsum(use[order]), excess)) + 1 if excess > 0 else 0
        found[held[order[:enough]]] = WAITING
    return None if broken_limits(arrays, found) else found


def _dearest_arc(arrays: Arrays) -> float:
    return float(np.abs(arrays.arc_cost).max(initial=1))


def _cheapest_options(arrays: Arrays, cost: Floats) -> Ints:
    """Return the assignment of each unit to its cheapest arc, or waiting."""
    least = cheapest_arc(arrays, cost)
    hit = np.flatnonzero(cost == least[arrays.arc_unit])[::-1]
    found = np.full(arrays.units, WAITING)
    found[arrays.arc_unit[hit]] = arrays.arc_worker[hit]
    found[arrays.may_wait & (arrays.wait_cost[0] < least)] = WAITING
    return found


def _least(cost: Floats, count: int) -> Bools:
    """Return where the `count` least costs are."""
    found = np.zeros(len(cost), np.bool_)
    found[np.argsort(cost, kind="stable")[:count]] = True
    return found


def _priced(arrays: Arrays, price: Floats, now: Ints, parameters: OscillationParameters) -> Arrays:
    """Return arrays with prices beyond the limits, and limits beyond the uses of `now`."""
    resource, worker = np.indices(arrays.limit.shape)
    step = np.maximum(1, np.rint(price * parameters.fractions)).astype(np.int64)
    beyond = Breakpoints(
        tier=np.zeros(step.size, np.int64),
        resource=resource.ravel(),
        worker=worker.ravel(),
        at=arrays.limit.ravel(),
        step=step.ravel(),
    )
    finer = scale_tier(arrays, 0, parameters.fractions)
    largest = arrays.arc_use.max(axis=1, initial=0)[:, None]
    return replace(
        finer,
        limit=np.maximum(arrays.limit, resource_use(arrays, now)) + parameters.beyond * largest,
        breakpoints=Breakpoints.joined(finer.breakpoints, beyond),
    )
