"""Independent parts of a problem: those that networkx finds in the graph of its workers."""

import networkx as nx
import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from caseload_balancer.arrays.components import connected, split
from caseload_balancer.arrays.json_files import arrays_to_json
from caseload_balancer.arrays.restriction import restrict
from tests.drawn_arrays import tiny_arrays
from tests.examples import settings


@settings(max_examples=200)
@given(arrays=tiny_arrays(slack=False, budget=False, workers=8))
def test_parts_are_the_components_of_the_graph_of_workers(arrays):
    assume((np.diff(arrays.arc_start) > 0).all())
    graph = nx.Graph()
    first = arrays.arc_worker[arrays.arc_start[:-1]]
    for unit in range(arrays.units):
        nx.add_path(graph, arrays.workers_of(unit).tolist())
    for units in arrays.groups:
        nx.add_path(graph, first[units].tolist())
    found = [frozenset(part.workers.tolist()) for part in split(arrays)]
    assert set(found) == {frozenset(part) for part in nx.connected_components(graph)}
    assert [min(part) for part in found] == sorted(min(part) for part in found)
    units = np.concatenate([part.units for part in split(arrays)])
    assert sorted(units.tolist()) == list(range(arrays.units))


@settings(max_examples=200)
@given(arrays=tiny_arrays(slack=False, budget=False, workers=8))
def test_each_part_is_what_is_cut_out_of_the_whole_at_once(arrays):
    assume((np.diff(arrays.arc_start) > 0).all())
    component = connected(arrays).unit
    parts = split(arrays)
    assert len(parts) == len(set(component.tolist()))
    for number, part in zip(sorted(set(component.tolist())), parts, strict=True):
        cut = restrict(arrays, arrays.start, units=component == number)
        assert part.constant == cut.constant
        for name in ("units", "workers", "arcs"):
            assert np.array_equal(getattr(part, name), getattr(cut, name))
        assert arrays_to_json(part.problem) == arrays_to_json(cut.problem)


@settings(max_examples=200)
@given(arrays=tiny_arrays(slack=False, budget=False, workers=8), seed=st.integers(0, 2**32 - 1))
def test_some_arcs_connect_units_workers_and_groups(arrays, seed):
    arcs = np.random.default_rng(seed).random(arrays.arcs) < 0.5
    found = connected(arrays, arcs=arcs)
    graph = nx.Graph()
    graph.add_nodes_from(("worker", worker) for worker in range(arrays.workers))
    graph.add_nodes_from(("unit", unit) for unit in range(arrays.units))
    for arc in np.flatnonzero(arcs):
        graph.add_edge(("unit", arrays.arc_unit[arc]), ("worker", arrays.arc_worker[arc]))
    for units in arrays.groups:
        nx.add_path(graph, [("unit", unit) for unit in units.tolist()])
    for nodes in nx.connected_components(graph):
        workers = [number for kind, number in nodes if kind == "worker"]
        units = [number for kind, number in nodes if kind == "unit"]
        numbers = {int(found.worker[worker]) for worker in workers}
        numbers |= {int(found.unit[unit]) for unit in units}
        assert len(numbers) == 1 or not workers
    assert len(set(found.worker.tolist()) | set(found.unit.tolist())) >= len(
        list(nx.connected_components(graph))
    )


@settings(max_examples=50)
@given(arrays=tiny_arrays(slack=False))
def test_a_budget_connects_everything(arrays):
    assume(arrays.budget is not None)
    found = connected(arrays)
    assert set(found.unit.tolist()) == {0}
    assert set(found.worker.tolist()) == {0}
