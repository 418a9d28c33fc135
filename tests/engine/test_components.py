"""Components of a problem: those that networkx finds in the graph of its workers."""

import networkx as nx
import numpy as np
from drawn_arrays import tiny_arrays
from hypothesis import assume, given, settings

from caseload_balancer.arrays.components import split


@settings(max_examples=200, deadline=None)
@given(arrays=tiny_arrays(slack=False, budget=False, workers=8))
def test_they_are_those_of_the_graph_of_workers(arrays):
    assume((np.diff(arrays.arc_start) > 0).all())
    graph = nx.Graph()
    first = arrays.arc_worker[arrays.arc_start[:-1]]
    for unit in range(arrays.units):
        arcs = slice(arrays.arc_start[unit], arrays.arc_start[unit + 1])
        nx.add_path(graph, arrays.arc_worker[arcs].tolist())
    for group in range(len(arrays.groups)):
        members = slice(arrays.groups.start[group], arrays.groups.start[group + 1])
        nx.add_path(graph, first[arrays.groups.unit[members]].tolist())
    found = [frozenset(component.workers.tolist()) for component in split(arrays)]
    assert set(found) == {frozenset(component) for component in nx.connected_components(graph)}
    assert [min(component) for component in found] == sorted(min(component) for component in found)
    units = np.concatenate([component.units for component in split(arrays)])
    assert sorted(units.tolist()) == list(range(arrays.units))
