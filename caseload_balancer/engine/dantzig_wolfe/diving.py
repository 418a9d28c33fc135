"""Diving: units that the relaxation takes almost whole are fixed, and columns generated again.

Rounding the solution of the master at once leaves workers with loads that no master column has. So
only the units whose shares are nearest to one are fixed, a few at a time, and after each time
master columns are generated again, until few units are left (Sadykov, Vanderbeck, Pessoa, Tahiri
and Uchoa, "Primal heuristics for branch and price: the assets of diving methods", INFORMS Journal
on Computing 31, 2019). The rest is for an exact search.
"""

from __future__ import annotations

import numpy as np

from caseload_balancer.arrays import Arrays, Bools
from caseload_balancer.engine.dantzig_wolfe.decomposition import DantzigWolfe
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.programs import Floats
from caseload_balancer.engine.linear_programs.tolerances import FEASIBILITY, INTEGRALITY
from caseload_balancer.engine.parameters import DEFAULTS, DivingParameters


def dive(
    arrays: Arrays,
    search: DantzigWolfe,
    *,
    deadline: Deadline,
    parameters: DivingParameters = DEFAULTS.diving,
) -> DantzigWolfe:
    """Return the decomposition of what is left when most units are fixed.

    Parameters
    ----------
    search
        After a step at least.
    parameters
        Of dives.
    """
    kept = np.ones(arrays.arcs, np.bool_)
    split = _split(arrays, search)
    wanted = max(parameters.units_left, int(parameters.share_left * split.sum()))
    while split.sum() > wanted and not deadline.passed():
        before = int(kept.sum())
        _fix(arrays, search.values()[: arrays.arcs], split, kept, parameters)
        if kept.sum() == before:
            break
        search = search.restricted_to(kept)
        search.widen_box(parameters.widening)
        for _ in range(parameters.steps):
            search.step(deadline)
            if search.slack < FEASIBILITY:
                break
        split = _split(arrays, search)
    for _ in range(parameters.last_steps):
        if search.slack < FEASIBILITY or deadline.passed():
            break
        search.widen_box(parameters.last_widening)
        search.step(deadline)
    return search


def _split(arrays: Arrays, search: DantzigWolfe) -> Bools:
    """Return which units the relaxation splits, shape (units,)."""
    share = search.values()[: arrays.arcs]
    fractional = (share > INTEGRALITY) & (share < 1 - INTEGRALITY)
    split = np.zeros(arrays.units, np.bool_)
    split[arrays.arc_unit[fractional]] = True
    return split


def _fix(
    arrays: Arrays, share: Floats, split: Bools, kept: Bools, parameters: DivingParameters
) -> None:
    """Drop the other arcs of units taken almost whole, and of those with the largest shares."""
    options = np.bincount(arrays.arc_unit[kept], minlength=arrays.units)
    free = kept & (options > 1)[arrays.arc_unit]
    almost = free & (share >= parameters.almost_whole)
    doubtful = np.flatnonzero(free & split[arrays.arc_unit] & ~almost & (share > INTEGRALITY))
    surest = doubtful[np.argsort(-share[doubtful], kind="stable")]
    _, first = np.unique(arrays.arc_worker[surest], return_index=True)
    surest = surest[np.sort(first)][: max(1, int(split.sum()) // parameters.one_in)]
    sure = surest[share[surest] > parameters.sure]
    if len(sure) == 0 and not almost.any():
        sure = surest[:1]
    fixed = np.concatenate([np.flatnonzero(almost), sure])
    kept &= ~np.isin(arrays.arc_unit, arrays.arc_unit[fixed])
    kept[fixed] = True
