"""How much each worker uses of each resource, as expressions of the CP-SAT model."""

from __future__ import annotations

import math

from caseload_balancer.engine.cpsat.sums import Sum
from caseload_balancer.engine.cpsat.variables import Variables


def use_of(variables: Variables, resource: int, worker: int) -> Sum:
    """Return the use of a resource: the sum over the arcs, of a group's shared use the largest."""
    arrays = variables.arrays
    shared = bool(arrays.shared[resource])
    total = Sum()
    groups: set[int] = set()
    for arc in variables.arcs_of_worker[worker]:
        group = int(arrays.group_of_unit[arrays.arc_unit[arc]])
        if shared and group >= 0:
            groups.add(group)
        else:
            total.add(variables.arc[arc], int(arrays.arc_use[resource, arc]))
    for group in sorted(groups):
        _add_largest(variables, total, resource, (group, worker))
    return total


def _add_largest(
    variables: Variables, total: Sum, resource: int, group_worker: tuple[int, int]
) -> None:
    arcs = variables.arcs_of_group[group_worker]
    uses = [int(variables.arrays.arc_use[resource, arc]) for arc in arcs]
    if min(uses) == max(uses):
        total.add(variables.present[group_worker], uses[0])
        return
    taken = [use for arc, use in zip(arcs, uses, strict=True) if variables.is_taken(arc)]
    largest = variables.integer(max(uses), hint=max(taken, default=0))
    for arc, use in zip(arcs, uses, strict=True):
        if use > 0:
            row = Sum()
            row.add(largest, 1, max(uses))
            row.add(variables.arc[arc], -use)
            variables.model.add(row.expression() >= 0)
    total.add(largest, 1, max(uses))


def lattice_step(variables: Variables, resource: int, worker: int) -> int:
    """Return the largest whole number of which every use of the resource is a multiple."""
    uses = variables.arrays.arc_use[resource, variables.arcs_of_worker[worker]]
    return math.gcd(*uses.tolist()) or 1
