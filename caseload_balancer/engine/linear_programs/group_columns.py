"""What groups cost and use, as columns that any one of a set of arcs switches on.

A group costs per distinct worker beyond the first, and of a shared resource its units use the
largest use once. Both are sums of terms "if any of these arcs is taken": one for the worker at
all, and one for each rise among the uses. A term of a single arc belongs to the arc itself; each
other term is an *indicator* column. The first worker is free: a *rebate* column gives the group's
cost back if any of its units has a worker.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from caseload_balancer.arrays import Arrays, Ints
from caseload_balancer.arrays.definition import starts_of


@dataclass(frozen=True, eq=False, kw_only=True)
class GroupColumns:
    """The indicator columns of the groups, and what uses and costs are left to the arcs.

    Parameters
    ----------
    arc_use, arc_cost
        As in `Arrays`, less what the indicators hold.
    start, arc
        CSR: indicator ``k`` is 1 if any of ``arc[start[k]:start[k + 1]]`` is taken.
    worker
        Shape (indicators,): the worker of the arcs.
    use, cost
        Shapes (resources, indicators) and (tiers, indicators).
    rebate_start, rebate_arc
        CSR: the arcs of which any one earns a group's rebate. A group with a unit that may not wait
        earns it always; it is in `constant`.
    rebate
        Shape (tiers, rebates): what is earned.
    constant
        Shape (tiers,): what every assignment costs, 0 or less.
    """

    arc_use: Ints
    arc_cost: Ints
    start: Ints
    arc: Ints
    worker: Ints
    use: Ints
    cost: Ints
    rebate_start: Ints
    rebate_arc: Ints
    rebate: Ints
    constant: Ints

    def __len__(self) -> int:
        return len(self.worker)


@dataclass(frozen=True, eq=False)
class _Term:
    arcs: Ints
    use: Ints
    cost: Ints


def build_group_columns(arrays: Arrays) -> GroupColumns:
    """Split the groups of the arrays into indicators, rebates and the arcs' own."""
    arc_use, arc_cost = arrays.arc_use.copy(), arrays.arc_cost.copy()
    constant = np.zeros(arrays.tiers, np.int64)
    terms: list[_Term] = []
    rebates: list[_Term] = []
    groups = arrays.groups
    group_of_arc = arrays.group_of_unit[arrays.arc_unit]
    by_group = np.argsort(group_of_arc, kind="stable")
    ends = np.searchsorted(group_of_arc[by_group], np.arange(len(groups) + 1))
    for group, units in enumerate(groups):
        arcs = by_group[ends[group] : ends[group + 1]]
        price = groups.cost[:, group]
        if not arrays.may_wait[units].all():
            constant -= price
        elif price.any() and len(arcs):
            rebates.append(_Term(arcs, np.zeros(arrays.resources, np.int64), -price))
        arc_use[np.ix_(arrays.shared, arcs)] = 0
        for term in _terms(arrays, arcs, price):
            if len(term.arcs) > 1:
                terms.append(term)
            else:
                arc_use[:, term.arcs] += term.use[:, None]
                arc_cost[:, term.arcs] += term.cost[:, None]
    start, arc = _compressed(terms)
    rebate_start, rebate_arc = _compressed(rebates)
    return GroupColumns(
        arc_use=arc_use,
        arc_cost=arc_cost,
        start=start,
        arc=arc,
        worker=arrays.arc_worker[arc[start[:-1]]],
        use=_stacked([term.use for term in terms], arrays.resources),
        cost=_stacked([term.cost for term in terms], arrays.tiers),
        rebate_start=rebate_start,
        rebate_arc=rebate_arc,
        rebate=_stacked([term.cost for term in rebates], arrays.tiers),
        constant=constant,
    )


def _terms(arrays: Arrays, arcs: Ints, price: Ints) -> Iterator[_Term]:
    """Yield the terms of a group; those of the same arcs at one worker are one."""
    shared = np.flatnonzero(arrays.shared)
    order = np.argsort(arrays.arc_worker[arcs], kind="stable")
    arcs = arcs[order]
    worker = arrays.arc_worker[arcs]
    begin = np.flatnonzero(np.diff(worker, prepend=-1))
    uses = arrays.arc_use[np.ix_(shared, arcs)].tolist()
    for low, high in itertools.pairwise([*begin.tolist(), len(arcs)]):
        found = {(1 << (high - low)) - 1: np.zeros(arrays.resources, np.int64)}
        for resource, row in zip(shared.tolist(), uses, strict=True):
            here = row[low:high]
            levels = sorted({0, *here})
            for below, level in itertools.pairwise(levels):
                those = sum(1 << k for k, use in enumerate(here) if use >= level)
                empty = np.zeros(arrays.resources, np.int64)
                found.setdefault(those, empty)[resource] += level - below
        for number, (those, use) in enumerate(found.items()):
            members = [low + k for k in range(high - low) if those >> k & 1]
            yield _Term(arcs[members], use, price if number == 0 else np.zeros_like(price))


def _compressed(terms: list[_Term]) -> tuple[Ints, Ints]:
    arcs = [term.arcs for term in terms]
    start = starts_of([len(one) for one in arcs])
    return start, np.concatenate([np.zeros(0, np.int64), *arcs])


def _stacked(columns: list[Ints], rows: int) -> Ints:
    return np.array(columns, np.int64).reshape(len(columns), rows).T
