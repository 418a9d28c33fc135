"""A warm start: an assignment that is good in all tiers, before the first one is settled.

Settled on its own, a tier that only counts what waits fills the workers without regard to what
the later tiers cost, and where limits are tight no repair of that leads to a good assignment.
So all tiers are first blended into one sum in which a step of an earlier tier weighs more than a
few units can gain in later ones. It is searched by strategic oscillation around the limits, and
where that leaves units waiting, by neighbourhoods. Nothing is proven here: the tiers are then
settled one after the other from that assignment.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from caseload_balancer.arrays import WAITING, Arrays, Ints
from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.arrays.least_costs import least_of_tiers
from caseload_balancer.arrays.tiers import blend_tiers
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.tolerances import INTEGRALITY
from caseload_balancer.engine.local_search.limit_multipliers import only_limits_bind, price_limits
from caseload_balancer.engine.local_search.strategic_oscillation import oscillate
from caseload_balancer.engine.neighbourhoods.improvement import improve_tier
from caseload_balancer.engine.parameters import DEFAULTS, Parameters
from caseload_balancer.engine.relaxation.relaxation import Relaxation
from caseload_balancer.engine.relaxation.relaxer import relax

_LARGEST: Final = 2**36
"""Costs beyond this leave no room for exact bounds."""


def warm_start(
    arrays: Arrays,
    assignment: Ints,
    *,
    deadline: Deadline,
    seed: int,
    parameters: Parameters = DEFAULTS,
) -> Ints:
    """Return an assignment no worse than a feasible one, and good in all tiers if time allows.

    Parameters
    ----------
    assignment
        Shape (units,).
    parameters
        Of the search.
    """
    wanted = least_of_tiers(arrays)[:-1]
    together = blend(arrays, assignment, parameters.warm_start.units_outweighed)
    if together is None or not _is_worthwhile(arrays, assignment, wanted):
        return assignment
    price = price_limits(together, deadline=deadline, parameters=parameters.multipliers)
    found = oscillate(
        together,
        price,
        deadline=deadline.slice(parameters.warm_start.share),
        parameters=parameters,
    )
    best = _best(together, [assignment, found])

    def has_best_earlier_tiers(one: Ints) -> bool:
        return values(arrays, one)[:-1] <= wanted

    if not has_best_earlier_tiers(best):
        best = _place_by_neighbourhoods(
            together, best, deadline, seed, has_best_earlier_tiers, parameters
        )
    return _best(arrays, [assignment, best])


def _place_by_neighbourhoods(
    arrays: Arrays,
    best: Ints,
    deadline: Deadline,
    seed: int,
    good_enough: Callable[[Ints], bool],
    parameters: Parameters,
) -> Ints:
    """Search neighbourhoods, from the units that the relaxation takes whole; others wait."""
    relaxer = relax(arrays, 0, (), deadline=deadline, incumbent=best, parameters=parameters)
    if relaxer is None:
        return best
    relaxation = relaxer.current()
    begin = _best(arrays, [best, _taken_whole(arrays, relaxation)])
    return improve_tier(
        arrays,
        begin,
        0,
        (),
        relaxation,
        relaxer,
        deadline=deadline,
        seed=seed,
        good_enough=good_enough,
        parameters=parameters,
    ).assignment


def blend(
    arrays: Arrays,
    assignment: Ints,
    units_outweighed: int = DEFAULTS.warm_start.units_outweighed,
) -> Arrays | None:
    """Return arrays of one tier, the weighted sum of all; None where it would be too large.

    Parameters
    ----------
    assignment
        Shape (units,): their start.
    units_outweighed
        How many units' gains in later tiers a step of an earlier tier outweighs.
    """
    weights = [1]
    dearest = _spread(arrays, arrays.tiers - 1)
    for tier in range(arrays.tiers - 2, -1, -1):
        weights.insert(0, units_outweighed * dearest + 1)
        dearest = max(dearest, weights[0] * _spread(arrays, tier))
    steepest = max(
        int(arrays.breakpoints.step.max(initial=0)), int(arrays.groups.cost.max(initial=0))
    )
    if max(dearest, weights[0] * steepest) > _LARGEST:
        return None
    return replace(blend_tiers(arrays, np.array(weights, np.int64)), start=assignment)


def _is_worthwhile(arrays: Arrays, assignment: Ints, wanted: tuple[int, ...]) -> bool:
    """Return whether only limits make it hard, in all tiers or in earlier ones that can improve."""
    if only_limits_bind(arrays):
        return True
    earlier = arrays.tiers - 1
    priced = (arrays.breakpoints.tier < earlier).any() or arrays.groups.cost[:earlier].any()
    return not priced and values(arrays, assignment)[:-1] > wanted


def _spread(arrays: Arrays, tier: int) -> int:
    """Return the most that options differ by."""
    cost = np.concatenate([arrays.arc_cost[tier], arrays.wait_cost[tier, arrays.may_wait]])
    return int(cost.max(initial=0)) - int(cost.min(initial=0))


def _taken_whole(arrays: Arrays, relaxation: Relaxation) -> Ints:
    """Return the assignment of the units that the relaxation does not split; others wait."""
    whole = np.flatnonzero(relaxation.arc_value > 1 - INTEGRALITY)
    found = np.full(arrays.units, WAITING)
    found[arrays.arc_unit[whole]] = arrays.arc_worker[whole]
    return found


def _best(arrays: Arrays, assignments: Sequence[Ints | None]) -> Ints:
    """Return the best feasible assignment; the first is feasible."""
    feasible = [one for one in assignments if one is not None and not broken_limits(arrays, one)]
    return min(feasible, key=lambda one: values(arrays, one))
