"""Solve a week again with some of its options only, as close to its plan as they allow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from caseload_balancer.arrays import WAITING, Arrays, Bools, Breakpoints, Ints
from caseload_balancer.arrays.components import connected
from caseload_balancer.arrays.evaluation import budget_used, resource_use
from caseload_balancer.arrays.evaluation import values as values_of
from caseload_balancer.arrays.options import keep_options
from caseload_balancer.arrays.tiers import insert_tier
from caseload_balancer.engine import Progress, ProgressCallback, Result, solve
from caseload_balancer.insight.agreed.closeness import Distance
from caseload_balancer.insight.agreed.options_left import OptionsLeft

StandingCallback = Callable[[Ints, bool], None]
"""Called with the best assignment so far, shape (units,), and whether it keeps every limit."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Resolved:
    """The best assignment found among the options left.

    Parameters
    ----------
    assignment
        Shape (units,).
    possible
        Whether it keeps every limit; where it does not, nothing that does was found.
    settled
        Whether that is proven: that it is best, or that nothing keeps every limit.
    bounds
        For each tier of the problem a proven lower bound, given the options left.
    result
        The search's own.
    """

    assignment: Ints
    possible: bool
    settled: bool
    bounds: tuple[int, ...]
    result: Result


def solve_again(
    arrays: Arrays,
    current: Ints,
    left: OptionsLeft,
    *,
    time_limit: float,
    granted: float | None = None,
    seed: int,
    fewest: bool = False,
    progress: ProgressCallback | None = None,
    stop: Callable[[], bool] | None = None,
    handle_signals: bool = False,
    on_standing: StandingCallback | None = None,
) -> Resolved | None:
    """Find the best assignment among the options left.

    Units that have nothing to do with those that lost their option stay as they are. Among equals
    the one that changes the fewest units is taken.

    Parameters
    ----------
    current
        Shape (units,): the assignment to stay close to, which keeps the limits.
    left
        At least one option of every unit.
    time_limit, granted, seed
        As for the engine.
    fewest
        Have closeness before the last tier: the best of those that change the fewest units.
    progress, stop, handle_signals
        As for the engine; what is told are the tiers of the problem.
    on_standing
        Called with the best assignment so far, ten times a second at most.

    Returns
    -------
    Resolved or None
        None where these options alone overspend the budget.
    """
    start = _with_options_left(arrays, current, left, current)
    touched = np.flatnonzero(start != current)
    if _overspends(arrays, start):
        start = _with_options_left(arrays, arrays.start, left, current)
        if _overspends(arrays, start):
            return None
    free = _dependent(arrays, touched, left)
    taken = arrays.arc_worker == start[arrays.arc_unit]
    smaller = keep_options(
        arrays,
        arcs=left.arcs & (free[arrays.arc_unit] | taken),
        may_wait=left.may_wait & (free | (start == WAITING)),
        start=start,
    )
    softened, distance = _with_excess_first(smaller), Distance.of(smaller, current)
    closest = distance.before_last(softened) if fewest else distance.within_last(softened)
    last = 1 if fewest else distance.times

    def of_tiers(figures: tuple[int, ...]) -> tuple[int, ...]:
        return (*figures[1 : arrays.tiers], figures[-1] // last)

    def tell(found: Progress) -> None:
        if progress is not None:
            values, bounds = of_tiers(found.values), of_tiers(found.bounds)
            progress(replace(found, values=values, bounds=bounds))

    def show(assignment: Ints, _bounds: tuple[int, ...]) -> None:
        if on_standing is not None:
            on_standing(assignment, values_of(closest, assignment)[0] == 0)

    result = solve(
        closest,
        time_limit=time_limit,
        granted=granted,
        seed=seed,
        progress=None if progress is None else tell,
        on_standing=None if on_standing is None else show,
        stop=stop,
        handle_signals=handle_signals,
    )
    possible = result.values[0] == 0
    settled, bounds = map(of_tiers, (result.settled or result.values, result.bounds))
    proven = all(result.proven) if fewest else settled == bounds
    return Resolved(
        assignment=result.assignment,
        possible=possible,
        settled=proven if possible else result.bounds[0] > 0,
        bounds=bounds,
        result=result,
    )


def _with_options_left(arrays: Arrays, base: Ints, left: OptionsLeft, current: Ints) -> Ints:
    """Return `base` with one of the options left for each unit that has lost its own."""
    kept = left.arcs & (arrays.arc_worker == base[arrays.arc_unit])
    fine = np.zeros(arrays.units, np.bool_)
    fine[arrays.arc_unit[kept]] = True
    fine |= left.may_wait & (base == WAITING)
    found = base.copy()
    for unit in np.flatnonzero(~fine).tolist():
        found[unit] = _cheapest(arrays, unit, left, current)
    return found


def _cheapest(arrays: Arrays, unit: int, left: OptionsLeft, current: Ints) -> int:
    """Return the unit's start where that is left, else the option that costs least by itself."""
    arcs = [arc for arc in range(arrays.arcs)[arrays.arcs_of(unit)] if left.arcs[arc]]
    options: dict[int, tuple[int, ...]] = {
        int(arrays.arc_worker[arc]): tuple(arrays.arc_cost[:, arc].tolist()) for arc in arcs
    }
    if left.may_wait[unit]:
        options[WAITING] = tuple(arrays.wait_cost[:, unit].tolist())
    for preferred in (int(current[unit]), int(arrays.start[unit])):
        if preferred in options:
            return preferred
    return min(options, key=lambda worker: (options[worker], worker))


def _overspends(arrays: Arrays, assignment: Ints) -> bool:
    return arrays.budget is not None and budget_used(arrays, assignment) > arrays.budget


def _dependent(arrays: Arrays, touched: Ints, left: OptionsLeft) -> Bools:
    """Return the units whose best option may depend on the touched ones."""
    # A touched unit leaves a worker who may no longer be among its own options.
    arcs = left.arcs | np.isin(arrays.arc_unit, touched)
    component = connected(arrays, arcs=arcs).unit
    return np.isin(component, component[touched])


def _with_excess_first(arrays: Arrays) -> Arrays:
    """Return the arrays with the start's excess over the limits as a tier before all others."""
    use = resource_use(arrays, arrays.start)
    resource, worker = np.nonzero(use > arrays.limit)
    ones = np.ones(len(resource), np.int64)
    excess = Breakpoints(
        tier=0 * ones,
        resource=resource,
        worker=worker,
        at=arrays.limit[resource, worker],
        step=ones,
    )
    free = np.zeros(arrays.arcs, np.int64), np.zeros(arrays.units, np.int64)
    found = insert_tier(arrays, 0, *free)
    return replace(
        found,
        limit=np.maximum(arrays.limit, use),
        breakpoints=Breakpoints.joined(excess, found.breakpoints),
    )
