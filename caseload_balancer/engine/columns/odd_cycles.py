"""Cuts for groups of three or more: units whose halves go around in a circle.

Of three siblings, the first can be half with P and half with Q, the second half with P and half
with R, the third half with Q and half with R. Then half of each worker is paid for, one and a half
in all, and every unit is placed. In whole numbers two workers are needed, or one who takes all
three. Adding up the rows of the units and of the workers, and rounding, cuts that off (the odd
cycles of Cornuéjols and Thizy, "Some facets of the simple plant location polytope", Mathematical
Programming 23, 1982): of the six arcs no more are taken than workers, plus one.
"""

from __future__ import annotations

import itertools
from typing import Final

import numpy as np

from caseload_balancer.arrays import Arrays
from caseload_balancer.engine.columns.mir_cuts import Cut
from caseload_balancer.engine.linear_programs.linearisation import Linearisation
from caseload_balancer.engine.linear_programs.programs import Floats
from caseload_balancer.engine.linear_programs.tolerances import INTEGRALITY

_LEAST_VIOLATION: Final = 0.1
"""Below which a cut is left out; half a unit is the most there is. Any two pairs of a cycle share a
unit, so they gain one at most, and the third must gain as much as this."""


def separate_odd_cycles(arrays: Arrays, linear: Linearisation, values: Floats) -> list[Cut]:
    """Return the most violated odd cycle of each group that has one.

    Parameters
    ----------
    values
        Shape (columns,): a solution of the linear program.
    """
    taken = values[linear.arc_of]
    split = (taken > INTEGRALITY) & (taken < 1 - INTEGRALITY)
    of_group: dict[int, dict[int, list[int]]] = {}
    for indicator, arc in zip(
        linear.indicator_of[split].tolist(), linear.arc_of[split].tolist(), strict=True
    ):
        group = int(arrays.group_of_unit[arrays.arc_unit[arc]])
        of_group.setdefault(group, {}).setdefault(indicator, []).append(arc)
    cycles = (_worst_cycle(arrays, values, shared) for shared in of_group.values())
    return [cut for cut in cycles if cut is not None]


def _worst_cycle(arrays: Arrays, values: Floats, shared: dict[int, list[int]]) -> Cut | None:
    """Return the most violated cycle among the indicators of a group, and their arcs."""
    pairs = [
        (gain, indicator, one, other)
        for indicator, arcs in shared.items()
        for one, other in itertools.combinations(arcs, 2)
        if (gain := values[one] + values[other] - values[indicator]) > _LEAST_VIOLATION
    ]
    found: Cut | None = None
    for cycle in itertools.combinations(pairs, 3):
        violation = sum(gain for gain, *_ in cycle) - 1
        arcs = [arc for _, _, *both in cycle for arc in both]
        if violation <= (_LEAST_VIOLATION if found is None else found.efficacy):
            continue
        workers = {int(arrays.arc_worker[arc]) for arc in arcs}
        units = [frozenset(arrays.arc_unit[both].tolist()) for _, _, *both in cycle]
        if len(workers) == len(set(units)) == len(frozenset.union(*units)) == 3:
            column = np.array([*arcs, *(indicator for _, indicator, *_ in cycle)])
            order = np.argsort(column)
            coefficient = np.repeat([1, -1], [6, 3])[order]
            found = Cut(column[order], coefficient, 1, float(violation))
    return found
