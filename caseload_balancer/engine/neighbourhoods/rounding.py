"""From the relaxation to an assignment: what it takes whole stays, the rest is decided exactly.

Only the units that the relaxation splits are free, along the arcs it takes and those of small
reduced cost (Berthold, "RENS: the optimal rounding", Mathematical Programming Computation 6,
2014). There may be no feasible rounding.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from caseload_balancer.arrays import WAITING, Arrays, Bools, Ints
from caseload_balancer.arrays.evaluation import broken_limits, chosen_arcs
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.integer import solve_integer
from caseload_balancer.engine.linear_programs.linearisation import Linearisation
from caseload_balancer.engine.linear_programs.programs import Floats
from caseload_balancer.engine.linear_programs.tolerances import INTEGRALITY
from caseload_balancer.engine.parameters import DEFAULTS, RoundingParameters
from caseload_balancer.engine.relaxation.relaxation import Relaxation
from caseload_balancer.engine.relaxation.relaxer import Relaxer

_SECONDS_A_COLUMN: Final = 1e-4
"""Within which a program is read, before its time limit is looked at, on a busy machine."""


def round_relaxation(
    arrays: Arrays,
    relaxation: Relaxation,
    relaxer: Relaxer,
    *,
    deadline: Deadline,
    gap: float,
    dive: bool = True,
    parameters: RoundingParameters = DEFAULTS.rounding,
) -> Ints | None:
    """Return the best assignment found near a relaxation, or None without one.

    Where there is no feasible rounding, the options of the incumbent are added.

    Parameters
    ----------
    relaxer
        That computed the relaxation, and may dive from it.
    gap
        Absolute gap to the best rounding that is good enough.
    dive
        Whether to fix most units by a dive first, where the relaxer can dive.

    Returns
    -------
    Ints or None
        Shape (units,): feasible, and within the ceilings of the relaxation.
    """
    dived = relaxer.dive(deadline) if dive else None
    if dived is not None:
        return _rounded(
            arrays,
            dived,
            arcs_a_unit=parameters.arcs_a_unit_after_dive,
            beside_incumbent=False,
            deadline=deadline,
            gap=gap,
            parameters=parameters,
        )
    return _rounded(
        arrays,
        relaxation,
        arcs_a_unit=parameters.arcs_a_unit,
        beside_incumbent=True,
        deadline=deadline,
        gap=gap,
        parameters=parameters,
    )


def _rounded(
    arrays: Arrays,
    relaxation: Relaxation,
    *,
    arcs_a_unit: int,
    beside_incumbent: bool,
    deadline: Deadline,
    gap: float,
    parameters: RoundingParameters,
) -> Ints | None:
    linear = relaxation.linear
    taken = _options_to_round(arrays, relaxation, arcs_a_unit)
    found = search_options(
        arrays, relaxation, taken, deadline=deadline, gap=gap, parameters=parameters
    )
    if found is None and beside_incumbent:
        taken |= options_taken(arrays, linear, relaxation.incumbent)
        found = search_options(
            arrays, relaxation, taken, deadline=deadline, gap=gap, parameters=parameters
        )
    return found


def columns_to_round(
    arrays: Arrays, relaxation: Relaxation, *, parameters: RoundingParameters = DEFAULTS.rounding
) -> int:
    """Return how many options and segments a relaxation is rounded among, those fixed included."""
    there = _options_to_round(arrays, relaxation, parameters.arcs_a_unit)
    active, _ = _near_segments(relaxation, parameters.segments_near)
    return int(there.sum() + active[relaxation.linear.first_segment :].sum())


def _options_to_round(arrays: Arrays, relaxation: Relaxation, arcs_a_unit: int) -> Bools:
    """Return what the relaxation takes, and the cheapest other options of the units it splits."""
    linear = relaxation.linear
    options = arrays.arcs + len(linear.waits)
    unit = unit_of_option(arrays, linear)
    value = relaxation.values[:options]
    reduced = np.concatenate([relaxation.reduced_cost, relaxation.wait_reduced_cost[linear.waits]])
    split = np.zeros(arrays.units, np.bool_)
    np.logical_not(np.bincount(unit[value > 1 - INTEGRALITY], minlength=arrays.units), out=split)
    taken = value > INTEGRALITY
    taken[: arrays.arcs] |= relaxation.taken
    return np.asarray(taken | _cheapest(reduced, split[unit], arcs_a_unit * int(split.sum())))


def search_options(
    arrays: Arrays,
    relaxation: Relaxation,
    there: Bools,
    *,
    deadline: Deadline,
    gap: float,
    parameters: RoundingParameters,
) -> Ints | None:
    """Return the best assignment found of some options, shape (arcs + waits,)."""
    linear = relaxation.linear
    active, at_upper = _near_segments(relaxation, parameters.segments_near)
    active[: len(there)] &= there
    alone = _alone(arrays, linear, active[: len(there)])
    active[alone], at_upper[alone] = False, True
    if not deadline.allows(_SECONDS_A_COLUMN * int(active.sum())):
        return None
    integer = np.zeros(len(active), np.bool_)
    integer[: linear.first_segment] = True
    program = linear.program.fixed_at_upper(at_upper)
    answer = solve_integer(
        program, active, integer, deadline=deadline, nodes=parameters.nodes, gap=gap
    )
    deadline.spend(answer.work)
    if answer.values is None:
        return None
    answer.values[alone] = 1.0
    found = taken_arcs(arrays, answer.values)
    return None if broken_limits(arrays, found) else found


def _alone(arrays: Arrays, linear: Linearisation, there: Bools) -> Ints:
    """Return the options that are the only ones of their units, of those that are there."""
    unit = unit_of_option(arrays, linear)[there]
    options = np.bincount(unit, minlength=arrays.units)
    return np.asarray(np.flatnonzero(there)[options[unit] == 1])


def unit_of_option(arrays: Arrays, linear: Linearisation) -> Ints:
    """Return the unit of each arc, then of each wait, shape (arcs + waits,)."""
    return np.concatenate([arrays.arc_unit, linear.waits])


def options_taken(arrays: Arrays, linear: Linearisation, assignment: Ints) -> Bools:
    """Return the options that an assignment takes."""
    taken = np.zeros(arrays.arcs + len(linear.waits), np.bool_)
    chosen = chosen_arcs(arrays, assignment)
    taken[chosen[chosen >= 0]] = True
    taken[arrays.arcs + np.searchsorted(linear.waits, np.flatnonzero(chosen < 0))] = True
    return taken


def taken_arcs(arrays: Arrays, solution: Floats) -> Ints:
    """Return the assignment that a solution in whole numbers stands for."""
    taken = np.flatnonzero(np.rint(solution[: arrays.arcs]) > 0)
    found = np.full(arrays.units, WAITING)
    found[arrays.arc_unit[taken]] = arrays.arc_worker[taken]
    return found


def _cheapest(reduced: Floats, free: Bools, count: int) -> Bools:
    """Return the options of least reduced cost among the `free` ones."""
    count = min(count, int(free.sum()))
    if count == 0:
        return np.zeros(len(reduced), np.bool_)
    most = np.partition(reduced[free], count - 1)[count - 1]
    return np.asarray(free & (reduced <= most))


def _near_segments(relaxation: Relaxation, segments: int) -> tuple[Bools, Bools]:
    """Return the active columns, and the segments far below the loads, which are fixed."""
    linear = relaxation.linear
    most = linear.program.upper
    first = linear.first_segment
    value = relaxation.values[first:]
    cells, begin, size = np.unique(linear.segment_cell, return_index=True, return_counts=True)
    passed = np.bincount(linear.segment_cell, value > INTEGRALITY, minlength=1)[cells]
    away = np.arange(len(value)) - np.repeat(begin + passed.astype(np.int64), size)
    active = most > 0
    active[first:] &= np.abs(away) <= segments
    at_upper = np.zeros(len(most), np.bool_)
    at_upper[first:] = away < -segments
    return active, at_upper
