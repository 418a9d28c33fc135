"""What has to do with what: units and workers that are connected, and the parts this makes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from caseload_balancer.arrays.definition import Arrays, Bools, Ints
from caseload_balancer.arrays.restriction import Restriction, restrict


@dataclass(frozen=True, eq=False, kw_only=True)
class Connected:
    """Which units and workers belong together, by the number of their component.

    Parameters
    ----------
    worker
        Shape (workers,), numbered from 0 in the order of the workers.
    unit
        Shape (units,): the same; a unit that has no arc and is in no group with one that has is a
        component of its own.
    """

    worker: Ints
    unit: Ints


def connected(arrays: Arrays, *, arcs: Bools | None = None) -> Connected:
    """Find the connected components.

    Workers are connected where a unit or a group can be at both. A budget, and slack in a tier
    before the last, connect everything.

    Parameters
    ----------
    arcs
        Shape (arcs,): those that count; all by default.
    """
    if connects_everything(arrays):
        nothing = np.zeros(max(arrays.workers, arrays.units), np.int64)
        return Connected(worker=nothing[: arrays.workers], unit=nothing[: arrays.units])
    of_arc = arrays.arc_unit if arcs is None else arrays.arc_unit[arcs]
    worker = arrays.arc_worker if arcs is None else arrays.arc_worker[arcs]
    first = np.flatnonzero(np.diff(of_arc, prepend=-1))
    grouped, group = arrays.groups.unit, arrays.groups.group
    component = np.arange(arrays.workers)
    while True:
        # Each worker takes the lowest number of those it shares a unit or a group with.
        unit = np.full(arrays.units, arrays.workers)
        if len(first):
            unit[of_arc[first]] = np.minimum.reduceat(component[worker], first)
        lowest = np.full(len(arrays.groups), arrays.workers)
        np.minimum.at(lowest, group, unit[grouped])
        unit[grouped] = lowest[group]
        spread = component.copy()
        np.minimum.at(spread, worker, unit[of_arc])
        spread = spread[spread]  # the lowest worker of a component may know of a lower one
        if (spread == component).all():
            return _numbered(component, unit)
        component = spread


def connects_everything(arrays: Arrays) -> bool:
    """Say whether every unit depends on every other: by a budget, or slack before the last tier."""
    slack = (arrays.slack_abs[:-1] > 0) | (arrays.slack_rel[:-1] > 0)
    return arrays.budget is not None or bool(slack.any())


def split(arrays: Arrays) -> list[Restriction]:
    """Return the connected components, each with its own units and workers: see `connected`.

    Their values add up to those of the whole. Every unit has an arc.
    """
    component = connected(arrays).unit
    numbers = np.unique(component)
    if len(numbers) == 0:
        return []
    everything = restrict(arrays, arrays.start, units=np.ones(arrays.units, np.bool_))
    return [
        replace(
            part,
            problem=replace(part.problem, slack_abs=arrays.slack_abs, slack_rel=arrays.slack_rel),
        )
        for part in _halved(everything, component, numbers)
    ]


def _halved(part: Restriction, component: Ints, numbers: Ints) -> Iterator[Restriction]:
    """Yield the components of a part: of both halves of them, so that many take little longer.

    Parameters
    ----------
    component
        Shape (units,) of the part: the number of each unit's component.
    numbers
        The numbers there are, ascending.
    """
    if len(numbers) == 1:
        yield part
        return
    middle = len(numbers) // 2
    lower = component < numbers[middle]
    for units, half in ((lower, numbers[:middle]), (~lower, numbers[middle:])):
        inner = restrict(part.problem, part.problem.start, units=units)
        yield from _halved(inner.within(part), component[units], half)


def _numbered(lowest: Ints, unit: Ints) -> Connected:
    """Return components numbered from 0, given the lowest worker of each; units with none last."""
    found, worker = np.unique(lowest, return_inverse=True)
    number = np.where(
        unit < len(lowest), np.searchsorted(found, unit), len(found) + np.arange(len(unit))
    )
    return Connected(worker=worker, unit=number)
