"""Parts of a problem that have nothing to do with each other, solved apart and joined exactly."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from caseload_balancer.arrays.definition import Arrays, Ints
from caseload_balancer.arrays.restriction import Restriction, restrict


def split(arrays: Arrays) -> list[Restriction]:
    """Return the connected components, each with its own units and workers.

    Workers are connected where a unit or a group can be at both. A budget, and slack in a tier
    before the last, connect everything.

    Every unit has an arc.
    """
    component_of_worker = _connected_workers(arrays)
    component = component_of_worker[arrays.arc_worker[arrays.arc_start[:-1]]]
    parts: list[Restriction] = []
    for number in np.unique(component):
        part = restrict(arrays, arrays.start, units=component == number)
        inner = replace(part.part, slack_abs=arrays.slack_abs, slack_rel=arrays.slack_rel)
        parts.append(replace(part, part=inner))
    return parts


def _connected_workers(arrays: Arrays) -> Ints:
    """Return a component for each worker, numbered from 0 in the order of the workers.

    Each worker takes the lowest number of those it shares a unit or a group with, until none is
    lower.
    """
    slack = (arrays.slack_abs[:-1] > 0) | (arrays.slack_rel[:-1] > 0)
    if arrays.budget is not None or slack.any():
        return np.zeros(arrays.workers, np.int64)
    component = np.arange(arrays.workers)
    group = np.repeat(np.arange(len(arrays.groups)), np.diff(arrays.groups.start))
    while True:
        unit = np.minimum.reduceat(component[arrays.arc_worker], arrays.arc_start[:-1])
        lowest = np.full(len(arrays.groups), arrays.workers)
        np.minimum.at(lowest, group, unit[arrays.groups.unit])
        unit[arrays.groups.unit] = lowest[group]
        spread = component.copy()
        np.minimum.at(spread, arrays.arc_worker, unit[arrays.arc_unit])
        spread = spread[spread]  # the lowest worker of a component may know of a lower one
        if (spread == component).all():
            return np.unique(component, return_inverse=True)[1]
        component = spread
