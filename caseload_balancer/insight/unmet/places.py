"""Children and places: who needs one, where each child's could be, and where there are too few.

Each child is taken by itself, as a place of one worker's cap; siblings and the limits beside the
cap come later. So it is a question of flow: Ford and Fulkerson's minimum cut gives the
children for whom there are too few places among all the workers who may hold them (the violator
of Hall's condition). What it finds too many are too many in any plan.
"""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.index import NOBODY


@dataclass(frozen=True, eq=False)
class Demand:
    """Children who need a place, and who may give it.

    Parameters
    ----------
    case
        Shape (children,): number of each child who needs a place.
    may
        Shape (children, workers): who may hold the child by itself in the plan.
    places
        Shape (workers,): the caps.
    """

    case: Ints
    may: Bools
    places: Ints


@dataclass(frozen=True)
class Crowd:
    """Children for whom there are too few places.

    Parameters
    ----------
    cases
        Numbers of the children.
    workers
        Numbers of all the workers who may hold any of them.
    places
        Places these workers have.
    """

    cases: tuple[int, ...]
    workers: tuple[int, ...]
    places: int

    @property
    def too_many(self) -> int:
        """Children beyond the places."""
        return len(self.cases) - self.places


def find_demand(
    facts: Facts, *, every_child: bool = False, after_last_days: bool = False
) -> Demand:
    """Find who needs a place: who may never wait, and who can stay with their worker.

    Parameters
    ----------
    every_child
        Count children who may wait too.
    after_last_days
        Whether workers who are here to a last day have gone.
    """
    locked = np.array([case.locked for case in facts.index.cases], np.bool_)
    locked &= facts.holder != NOBODY
    can_stay = facts.holder_can_go_on | locked
    if not after_last_days:
        can_stay |= facts.holder_still_here
    needs = facts.must_hold | can_stay | every_child
    may = facts.can_be_given & ~(locked | facts.in_progress)[:, None]
    stays = np.flatnonzero(can_stay)
    may[stays, facts.holder[stays]] = True
    return Demand(case=np.flatnonzero(needs), may=may[needs], places=facts.presence.cap)


def find_crowds(demand: Demand) -> tuple[Crowd, ...]:
    """Find all groups of children with too few places, independent of each other.

    No child and no worker is in two; what they have too many adds up to the fewest children
    without a place, and each is as small as it can be with that.

    Returns
    -------
    tuple of Crowd
        The largest excess first; empty where every child can have a place.
    """
    kinds, kind_of = np.unique(demand.may, axis=0, return_inverse=True)
    sizes = np.bincount(kind_of.ravel(), minlength=len(kinds))
    short = _reachable(_network(kinds, sizes, demand.places))
    crowded = nx.Graph()
    for kind in (number for side, number in short if side == "children"):
        crowded.add_node(("children", kind))
        for worker in np.flatnonzero(kinds[kind]).tolist():
            crowded.add_edge(("children", kind), ("worker", worker))
    crowds = [_crowd(demand, kind_of.ravel(), part) for part in nx.connected_components(crowded)]
    return tuple(sorted(crowds, key=lambda crowd: (-crowd.too_many, crowd.cases)))


def count_too_many(demand: Demand) -> int:
    """Return the children without a place, as few as they can be."""
    return sum(crowd.too_many for crowd in find_crowds(demand))


def _network(kinds: Bools, sizes: Ints, places: Ints) -> nx.DiGraph:
    """Children of one kind may all be held by the same workers: one node for them all."""
    network = nx.DiGraph()
    network.add_nodes_from(["source", "sink"])
    for kind, size in enumerate(sizes.tolist()):
        network.add_edge("source", ("children", kind), capacity=size)
        for worker in np.flatnonzero(kinds[kind]).tolist():
            network.add_edge(("children", kind), ("worker", worker))
    for worker, number in enumerate(places.tolist()):
        network.add_edge(("worker", worker), "sink", capacity=number)
    return network


def _reachable(network: nx.DiGraph) -> list[tuple[str, int]]:
    """Return the source's side of the minimum cut with the fewest children."""
    residual = nx.algorithms.flow.preflow_push(network, "source", "sink")
    free = nx.DiGraph()
    free.add_nodes_from(residual)
    free.add_edges_from(
        (tail, head)
        for tail, head, edge in residual.edges(data=True)
        if edge["flow"] < edge["capacity"]
    )
    return sorted(nx.descendants(free, "source") - {"source"})


def _crowd(demand: Demand, kind_of: Ints, part: set[tuple[str, int]]) -> Crowd:
    kinds = [number for side, number in part if side == "children"]
    workers = tuple(sorted(number for side, number in part if side == "worker"))
    return Crowd(
        cases=tuple(demand.case[np.isin(kind_of, kinds)].tolist()),
        workers=workers,
        places=int(demand.places[list(workers)].sum()),
    )
