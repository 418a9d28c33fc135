"""Pairs of a unit that joins a worker and another that leaves there, and what that gains."""

from __future__ import annotations

import numpy as np

from caseload_balancer.arrays import WAITING, Bools, Ints
from caseload_balancer.engine.local_search.state import AssignmentState


def pairs_at(state: AssignmentState, arc: Ints, at_once: int) -> tuple[Ints, Ints, bool]:
    """Return each arc with each unit at its worker: arcs and units, shape (pairs,) each.

    Units of groups are left out. At last, whether these are the pairs of all arcs.

    Parameters
    ----------
    at_once
        Pairs at most, which bounds memory.
    """
    arrays, worker = state.arrays, state.assignment
    held = np.flatnonzero((worker != WAITING) & state.single)
    held = held[np.argsort(worker[held], kind="stable")]
    begin = np.searchsorted(worker[held], np.arange(arrays.workers + 1))
    to = arrays.arc_worker[arc]
    sizes = begin[to + 1] - begin[to]
    most = int(np.searchsorted(np.cumsum(sizes), at_once))
    complete = most >= len(arc)
    arc, to, sizes = arc[:most], to[:most], sizes[:most]
    joining = np.repeat(arc, sizes)
    state.priced += len(joining)
    offset = np.arange(len(joining)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return joining, held[begin[np.repeat(to, sizes)] + offset], complete


def gain_of_replacing(state: AssignmentState, leaving: Ints, joining: Ints) -> tuple[Ints, Bools]:
    """Return what loads gain where one arc of a worker replaces another, and where it may.

    Parameters
    ----------
    leaving, joining
        Shape (pairs,): arcs to the same worker.
    """
    arrays, costs = state.arrays, state.costs
    gain = np.zeros(len(joining), np.int64)
    allowed = np.ones(len(joining), np.bool_)
    worker = arrays.arc_worker[joining]
    for resource in state.resources:
        uses = arrays.arc_use[resource]
        cells = resource * arrays.workers + np.arange(arrays.workers)
        use = state.use[cells]
        after = use[worker] + (uses[joining] - uses[leaving])
        allowed &= after <= state.limit[cells][worker]
        if costs.is_active[cells].any():
            after = np.minimum(after, costs.reach[cells][worker])
            gain += costs.cost(cells, use)[worker]
            gain -= costs.cost(cells[worker], after)
    return gain, allowed
