"""What must hold between the fields of arrays that came from outside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np

from caseload_balancer.arrays.convex_costs import total_by_worker
from caseload_balancer.arrays.definition import WAITING, Arrays, Ints
from caseload_balancer.arrays.evaluation import broken_limits
from caseload_balancer.errors import DataError, DataProblem

LARGEST_VALUE: Final = 2.0**58
"""Of a tier: beyond it sums of some values would not fit in 64 bits."""


def raise_problems(problems: Iterable[tuple[str, str]]) -> None:
    """Raise a `DataError` of all problems, each a field and a message; none raise nothing."""
    found = [
        DataProblem("arrays", None, field, "arrays", f"{field}: {message}")
        for field, message in problems
    ]
    if found:
        raise DataError(found)


def agreement_problems(arrays: Arrays) -> list[tuple[str, str]]:
    """Return what the fields disagree on: field and message, in that order.

    Shapes are right already. Ranges and cross-references come first; whether the start is
    feasible is asked only when these are in order, since it cannot be said before.
    """
    found = [*_index_problems(arrays), *_sign_problems(arrays), *_breakpoint_problems(arrays)]
    found += _group_problems(arrays)
    if not found:
        found += _size_problems(arrays)
    if not found:
        found = [("start", sentence) for sentence in broken_limits(arrays, arrays.start)]
    return found


def _index_problems(arrays: Arrays) -> Iterator[tuple[str, str]]:
    starts = arrays.arc_start
    if len(starts) == 0 or starts[0] != 0:
        yield "arc_start", "must begin with 0"
        return
    if (np.diff(starts) < 0).any():
        yield "arc_start", "must not fall"
        return
    if starts[-1] != arrays.arcs:
        yield "arc_start", f"must end with the number of arcs, {arrays.arcs}"
        return
    if _outside(arrays.arc_worker, 0, arrays.workers):
        yield "arc_worker", f"must be from 0 to {arrays.workers - 1}"
    same_unit = np.diff(arrays.arc_unit) == 0
    if (np.diff(arrays.arc_worker)[same_unit] <= 0).any():
        yield "arc_worker", "must rise within a unit: one arc a worker at most"
    if _outside(arrays.start, WAITING, arrays.workers):
        yield "start", f"must be a worker, or {WAITING} for waiting"
    stuck = np.flatnonzero((np.diff(starts) == 0) & ~arrays.may_wait)
    if len(stuck):
        yield "may_wait", f"unit {stuck[0]} has no arc and may not wait"


def _sign_problems(arrays: Arrays) -> Iterator[tuple[str, str]]:
    for name in ("arc_use", "limit", "arc_budget", "slack_abs", "slack_rel"):
        if (getattr(arrays, name) < 0).any():
            yield name, "must be 0 or more"
    if arrays.budget is not None and arrays.budget < 0:
        yield "budget", "must be 0 or more"


def _breakpoint_problems(arrays: Arrays) -> Iterator[tuple[str, str]]:
    breakpoints = arrays.breakpoints
    ends = {"tier": arrays.tiers, "resource": arrays.resources, "worker": arrays.workers}
    for name, end in ends.items():
        if _outside(getattr(breakpoints, name), 0, end):
            yield f"breakpoints.{name}", f"must be from 0 to {end - 1}"
    if (breakpoints.at < 0).any():
        yield "breakpoints.at", "must be 0 or more"
    if (breakpoints.step <= 0).any():
        yield "breakpoints.step", "must be 1 or more"


def _group_problems(arrays: Arrays) -> Iterator[tuple[str, str]]:
    groups = arrays.groups
    if len(groups.start) == 0 or groups.start[0] != 0 or (np.diff(groups.start) < 0).any():
        yield "groups.start", "must begin with 0 and not fall"
    elif groups.start[-1] != len(groups.unit):
        yield "groups.start", f"must end with the number of grouped units, {len(groups.unit)}"
    if _outside(groups.unit, 0, arrays.units):
        yield "groups.unit", f"must be from 0 to {arrays.units - 1}"
    if len(set(groups.unit.tolist())) < len(groups.unit):
        yield "groups.unit", "a unit may have one group only"
    if (groups.cost < 0).any():
        yield "groups.cost", "must be 0 or more"


def _size_problems(arrays: Arrays) -> Iterator[tuple[str, str]]:
    """Find tiers whose values might not fit in 64 bits, with room for sums of a few of them."""
    points = arrays.breakpoints
    reach = np.minimum(
        arrays.limit, total_by_worker(arrays.workers, arrays.arc_worker, arrays.arc_use)
    )
    beyond = np.maximum(0, reach[points.resource, points.worker] - points.at)
    priced = points.step.astype(np.float64) * beyond
    spread = np.diff(arrays.groups.start)
    for tier in range(arrays.tiers):
        dearest = np.abs(arrays.wait_cost[tier])
        np.maximum.at(dearest, arrays.arc_unit, np.abs(arrays.arc_cost[tier]))
        loads = float(priced[points.tier == tier].sum())
        most = float(dearest.sum()) + loads + float(arrays.groups.cost[tier] @ spread)
        if most >= LARGEST_VALUE:
            name = "breakpoints.step" if loads >= most / 2 else "arc_cost"
            message = (
                f"tier {tier} might come to {most:.1e}, and values must stay below "
                f"{LARGEST_VALUE:.1e}: give smaller costs, or uses in larger units"
            )
            yield name, message


def _outside(values: Ints, begin: int, end: int) -> bool:
    return bool(((values < begin) | (values >= end)).any())
