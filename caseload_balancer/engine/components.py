"""Parts of a problem that have nothing to do with each other, solved apart and joined exactly."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import numpy as np

from caseload_balancer.engine.restriction import Restriction, restrict
from caseload_balancer.problem.arrays import Arrays, Ints


def split(arrays: Arrays) -> list[Restriction]:
    """Return the connected components, each with its own units and workers.

    Workers are connected where a unit or a bond can be at both. A budget, and slack in a tier
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
    """Return a component for each worker, numbered from 0 in the order of the workers."""
    slack = (arrays.slack_abs[:-1] > 0) | (arrays.slack_rel[:-1] > 0)
    if arrays.budget is not None or slack.any():
        return np.zeros(arrays.workers, np.int64)
    graph = nx.Graph()
    graph.add_nodes_from(range(arrays.workers))
    neighbours = np.stack([arrays.arc_worker[:-1], arrays.arc_worker[1:]])
    neighbours = neighbours[:, np.diff(arrays.arc_unit) == 0]
    first = arrays.arc_worker[arrays.arc_start[:-1]]
    members = first[arrays.bonds.unit]
    bond = np.repeat(np.arange(len(arrays.bonds)), np.diff(arrays.bonds.start))
    bonded = np.stack([members[:-1], members[1:]])[:, np.diff(bond) == 0]
    edges = np.unique(np.concatenate([neighbours, bonded], axis=1), axis=1)
    graph.add_edges_from(edges.T.tolist())
    found = np.empty(arrays.workers, np.int64)
    for number, workers in enumerate(nx.connected_components(graph)):
        found[list(workers)] = number
    return found
