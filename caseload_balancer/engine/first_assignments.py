"""The assignment a search begins from, which is there whatever becomes of the search."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from caseload_balancer.arrays import WAITING, Arrays, Ints
from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.engine.deadlines import WORK_PER_SECOND, Deadline
from caseload_balancer.engine.local_search.construction import construct
from caseload_balancer.engine.parameters import DEFAULTS, Parameters
from caseload_balancer.engine.presolving import Presolved, presolve


def first_assignment(
    arrays: Arrays,
    *,
    work: float,
    stop: Callable[[], bool],
    begin: Ints | None = None,
    parameters: Parameters = DEFAULTS,
) -> Ints:
    """Return an assignment of a whole problem that is good in all tiers, in any time limit.

    Parameters
    ----------
    work, stop, begin, parameters
        As for `begun`.

    Returns
    -------
    Ints
        Shape (units,).
    """
    presolved = begun(presolve(arrays), work=work, stop=stop, begin=begin, parameters=parameters)
    return presolved.lift(presolved.left.problem.start)


def begun(
    presolved: Presolved,
    *,
    work: float,
    stop: Callable[[], bool],
    begin: Ints | None,
    parameters: Parameters,
) -> Presolved:
    """Return the same with an assignment to begin from that no time limit cuts short.

    Parameters
    ----------
    work
        That is granted for the whole search.
    stop
        Asked whether to make do with what there is.
    begin
        Shape (units,) of the whole problem: one that was built already. It is built where that is
        None, or is none of what was made smaller.
    parameters
        Of the search.
    """
    built = None if begin is None else _cut(presolved, begin)
    if built is not None:
        return _from(presolved, built)
    mine = parameters.construction
    most = max(mine.least_work, mine.share * min(work, WORK_PER_SECOND * 100))
    untimed = Deadline(math.inf, work=most, stop=stop)
    left = presolved.left.problem
    soon = left.arcs <= mine.arcs_searched_soon and work >= mine.soon
    start = construct(left, deadline=untimed, exchange=not soon, parameters=parameters)
    return _from(presolved, start)


def _cut(presolved: Presolved, begin: Ints) -> Ints | None:
    """Return an assignment of the whole as one of what is left; None where it is none of that."""
    left = presolved.left
    placed = begin[left.units]
    if not (np.isin(placed, left.workers) | (placed == WAITING)).all():
        return None
    start = left.cut(begin)
    if broken_limits(left.problem, start) or not np.array_equal(presolved.lift(start), begin):
        return None
    no_worse = values(left.problem, start) <= values(left.problem, left.problem.start)
    return start if no_worse else None


def _from(presolved: Presolved, start: Ints) -> Presolved:
    problem = replace(presolved.left.problem, start=start)
    return replace(presolved, left=replace(presolved.left, problem=problem))
