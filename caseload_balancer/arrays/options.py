"""The same problem with fewer options: what was agreed is all that is left of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from caseload_balancer.arrays.definition import Arrays, Bools, Ints, starts_of


def keep_options(arrays: Arrays, *, arcs: Bools, may_wait: Bools, start: Ints) -> Arrays:
    """Return the arrays with some of their options only.

    Limits and costs stay as they are, so an assignment of the result is one of `arrays`, with the
    same value.

    Parameters
    ----------
    arcs
        Shape (arcs,): which stay.
    may_wait
        Shape (units,): which units may still wait; True only where `arrays` lets them.
    start
        Shape (units,): an assignment of options that stay.
    """
    left = np.bincount(arrays.arc_unit[arcs], minlength=arrays.units)
    return replace(
        arrays,
        arc_start=starts_of(left),
        arc_worker=arrays.arc_worker[arcs],
        arc_use=arrays.arc_use[:, arcs],
        arc_cost=arrays.arc_cost[:, arcs],
        arc_budget=arrays.arc_budget[arcs],
        may_wait=may_wait & arrays.may_wait,
        start=start,
    )
