"""The same problem with some of its units only: the others are not there at all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from caseload_balancer.arrays.definition import Arrays, Bools, Ints, UnitGroups, starts_of


def only_units(arrays: Arrays, assignment: Ints, units: Bools) -> Arrays:
    """Return the problem without the other units, which starts as in `assignment`.

    Every assignment of the whole, without them, is one of it and costs no more in any tier beside
    what they cost at least. Where the others should keep their workers, `restrict` is meant.

    Parameters
    ----------
    assignment
        Shape (units,): a feasible assignment of the whole.
    units
        Shape (units,): which stay.
    """
    arc = units[arrays.arc_unit]
    groups = arrays.groups
    kept = units[groups.unit]
    return replace(
        arrays,
        arc_start=starts_of(np.diff(arrays.arc_start)[units]),
        arc_worker=arrays.arc_worker[arc],
        arc_use=arrays.arc_use[:, arc],
        arc_cost=arrays.arc_cost[:, arc],
        wait_cost=arrays.wait_cost[:, units],
        may_wait=arrays.may_wait[units],
        groups=UnitGroups(
            start=starts_of(kept)[groups.start],
            unit=(np.cumsum(units) - 1)[groups.unit[kept]],
            cost=groups.cost,
        ),
        arc_budget=arrays.arc_budget[arc],
        start=assignment[units],
    )
