"""Solve a week again around what is demanded, as close to its plan as that allows."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from caseload_balancer.arrays import WAITING, Arrays, Bools, Breakpoints, Ints
from caseload_balancer.arrays.components import connected
from caseload_balancer.arrays.evaluation import chosen_arcs, resource_use
from caseload_balancer.arrays.options import keep_options
from caseload_balancer.arrays.tiers import insert_tier
from caseload_balancer.engine import Result, solve
from caseload_balancer.insight.agreed.closeness import Away


@dataclass(frozen=True, eq=False, kw_only=True)
class Demand:
    """Which options of a problem are left.

    Parameters
    ----------
    arcs
        Shape (arcs,).
    may_wait
        Shape (units,).
    """

    arcs: Bools
    may_wait: Bools

    @classmethod
    def none(cls, arrays: Arrays) -> Demand:
        """Leave every option."""
        return cls(arcs=np.ones(arrays.arcs, np.bool_), may_wait=arrays.may_wait.copy())

    def fix(self, arrays: Arrays, unit: int, worker: int) -> None:
        """Leave a unit only one worker, or `WAITING`."""
        mine = arrays.arcs_of(unit)
        self.arcs[mine] &= arrays.arc_worker[mine] == worker
        self.may_wait[unit] &= worker == WAITING

    def bar(self, arrays: Arrays, unit: int, worker: int) -> None:
        """Take one worker, or `WAITING`, from a unit."""
        mine = arrays.arcs_of(unit)
        self.arcs[mine] &= arrays.arc_worker[mine] != worker
        self.may_wait[unit] &= worker != WAITING

    def without_options(self, arrays: Arrays) -> list[int]:
        """Return the units that have no option left."""
        left = np.bincount(arrays.arc_unit[self.arcs], minlength=arrays.units)
        found: list[int] = np.flatnonzero((left == 0) & ~self.may_wait).tolist()
        return found


@dataclass(frozen=True, eq=False, kw_only=True)
class Resolved:
    """The best assignment found that meets a demand.

    Parameters
    ----------
    assignment
        Shape (units,).
    possible
        Whether it keeps every limit; where it does not, nothing that does was found.
    settled
        Whether that is proven: that it is best, or that nothing keeps every limit.
    bounds
        For each tier of the problem a proven lower bound among what meets the demand.
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
    demand: Demand,
    *,
    time_limit: float,
    granted: float | None = None,
    seed: int,
    fewest: bool = False,
) -> Resolved | None:
    """Find the best assignment that meets a demand.

    What has nothing to do with the demand stays as it is. Among equals the one that changes the
    fewest units is taken.

    Parameters
    ----------
    current
        Shape (units,): the assignment to stay close to, which keeps the limits.
    demand
        Leaves every unit an option.
    time_limit, granted, seed
        As for the engine.
    fewest
        Have closeness before the last tier: the best of those that change the fewest units.

    Returns
    -------
    Resolved or None
        None where the demand alone overspends the budget.
    """
    start = _meeting(arrays, current, demand, current)
    touched = np.flatnonzero(start != current)
    if _overspends(arrays, start):
        start = _meeting(arrays, arrays.start, demand, current)
        if _overspends(arrays, start):
            return None
    free = _dependent(arrays, touched, demand)
    taken = arrays.arc_worker == start[arrays.arc_unit]
    smaller = keep_options(
        arrays,
        arcs=demand.arcs & (free[arrays.arc_unit] | taken),
        may_wait=demand.may_wait & (free | (start == WAITING)),
        start=start,
    )
    forgiving, away = _forgiving(smaller), Away.of(smaller, current)
    closest = away.before_last(forgiving) if fewest else away.within_last(forgiving)
    result = solve(closest, time_limit=time_limit, granted=granted, seed=seed)
    possible = result.values[0] == 0
    settled, bounds = (
        (*figures[1 : arrays.tiers], figures[-1] if fewest else figures[-1] // away.times)
        for figures in (result.settled or result.values, result.bounds)
    )
    proven = all(result.proven) if fewest else settled == bounds
    return Resolved(
        assignment=result.assignment,
        possible=possible,
        settled=proven if possible else result.bounds[0] > 0,
        bounds=bounds,
        result=result,
    )


def _meeting(arrays: Arrays, base: Ints, demand: Demand, current: Ints) -> Ints:
    """Return `base` with a permitted option for each unit that has lost its own."""
    kept = demand.arcs & (arrays.arc_worker == base[arrays.arc_unit])
    fine = np.zeros(arrays.units, np.bool_)
    fine[arrays.arc_unit[kept]] = True
    fine |= demand.may_wait & (base == WAITING)
    found = base.copy()
    for unit in np.flatnonzero(~fine).tolist():
        found[unit] = _cheapest(arrays, unit, demand, current)
    return found


def _cheapest(arrays: Arrays, unit: int, demand: Demand, current: Ints) -> int:
    """Return the unit's start where permitted, else the option that costs least by itself."""
    arcs = [arc for arc in range(arrays.arcs)[arrays.arcs_of(unit)] if demand.arcs[arc]]
    options: dict[int, tuple[int, ...]] = {
        int(arrays.arc_worker[arc]): tuple(arrays.arc_cost[:, arc].tolist()) for arc in arcs
    }
    if demand.may_wait[unit]:
        options[WAITING] = tuple(arrays.wait_cost[:, unit].tolist())
    for preferred in (int(current[unit]), int(arrays.start[unit])):
        if preferred in options:
            return preferred
    return min(options, key=lambda worker: (options[worker], worker))


def _overspends(arrays: Arrays, assignment: Ints) -> bool:
    if arrays.budget is None:
        return False
    chosen = chosen_arcs(arrays, assignment)
    return int(arrays.arc_budget[chosen[chosen >= 0]].sum()) > arrays.budget


def _dependent(arrays: Arrays, touched: Ints, demand: Demand) -> Bools:
    """Return the units whose best option may depend on the touched ones."""
    # A touched unit leaves a worker who may no longer be among its own options.
    arcs = demand.arcs | np.isin(arrays.arc_unit, touched)
    component = connected(arrays, arcs=arcs).unit
    return np.isin(component, component[touched])


def _forgiving(arrays: Arrays) -> Arrays:
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
