"""One neighbourhood: some workers, and the problem of allocating their units anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from caseload_balancer.arrays import WAITING, Arrays, Bools, Ints
from caseload_balancer.arrays.evaluation import resource_use
from caseload_balancer.arrays.restriction import Restriction, restrict
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.integer import WHOLE_GAP, IntegerAnswer, solve_integer
from caseload_balancer.engine.linear_programs.linearisation import Linearisation, linearise
from caseload_balancer.engine.linear_programs.programs import Floats
from caseload_balancer.engine.linear_programs.tolerances import EPSILON, INTEGRALITY
from caseload_balancer.engine.relaxation.relaxation import Relaxation


@dataclass(frozen=True, eq=False)
class Guide:
    """What a relaxation says of moves.

    Parameters
    ----------
    taken, reduced
        Shape (arcs,): how much of each arc the relaxation takes, and the reduced costs.
    weight
        Shape (arcs,): how much a move along each arc is worth trying.
    """

    taken: Floats
    reduced: Floats
    weight: Floats

    @classmethod
    def of(cls, arrays: Arrays, relaxation: Relaxation, nearness: float) -> Guide:
        """Return the guide of a relaxation, with `nearness` as the weight of reduced costs."""
        taken, reduced = relaxation.arc_value, relaxation.reduced_cost
        return cls(taken, reduced, taken + nearness * _nearness(arrays, reduced))

    def attraction(self, arrays: Arrays, assignment: Ints, least: float) -> Floats:
        """Return how much would go from worker to worker, shape (workers + 1, workers).

        The last row is what waits.

        Parameters
        ----------
        least
            Arcs of less weight do not count.
        """
        source = assignment[arrays.arc_unit]
        moves = np.flatnonzero((source != arrays.arc_worker) & (self.weight > least))
        attraction = np.zeros((arrays.workers + 1, arrays.workers))
        np.add.at(attraction, (source[moves], arrays.arc_worker[moves]), self.weight[moves])
        return attraction


@dataclass(frozen=True, eq=False)
class Neighbourhood:
    """Some workers, and the problem of allocating their units anew.

    Parameters
    ----------
    workers
        Ascending.
    restriction, linear
        The problem, and its linear program.
    """

    workers: Ints
    restriction: Restriction
    linear: Linearisation

    def search(self, deadline: Deadline, nodes: int, margin: float) -> IntegerAnswer:
        """Search for its best allocation.

        Parameters
        ----------
        nodes
            Branch-and-bound nodes at most.
        margin
            How far a load may leave the present one, in uses of the largest unit.
        """
        program = self.linear.program
        active, at_upper = self._near_segments(margin)
        integer = np.zeros(program.columns, np.bool_)
        integer[: self.linear.first_segment] = True
        return solve_integer(
            program.fixed_at_upper(at_upper),
            active,
            integer,
            deadline=deadline,
            nodes=nodes,
            gap=WHOLE_GAP,
        )

    def _near_segments(self, margin: float) -> tuple[Bools, Bools]:
        """Return the active columns, and the segments far below the loads, which are fixed."""
        problem, linear = self.restriction.problem, self.linear
        most, first = linear.program.upper, linear.first_segment
        largest = np.repeat(problem.arc_use.max(axis=1, initial=0), problem.workers)
        room = margin * largest[linear.segment_cell]
        use = resource_use(problem, problem.start).ravel()[linear.segment_cell]
        active = most > 0
        at_upper = np.zeros(len(most), np.bool_)
        at_upper[first:] = linear.segment_start + most[first:] <= use - room
        active[first:] &= ~at_upper[first:] & (linear.segment_start < use + room)
        return active, at_upper


def build_neighbourhood(
    arrays: Arrays,
    assignment: Ints,
    tier: int,
    ceilings: Sequence[int],
    *,
    workers: Ints,
    guide: Guide,
    arcs_a_unit: float,
) -> Neighbourhood:
    """Return the problem of the units that are with some workers, or wait and could join them.

    Parameters
    ----------
    arcs_a_unit
        Arcs of a unit, on average, beside those that the relaxation takes: those of least
        reduced cost.
    """
    there = np.zeros(arrays.workers, np.bool_)
    there[workers] = True
    units = (assignment != WAITING) & there[assignment]
    waiting = (assignment == WAITING)[arrays.arc_unit] & there[arrays.arc_worker]
    units[arrays.arc_unit[waiting]] = True
    inside = there[arrays.arc_worker] & units[arrays.arc_unit]
    reduced = guide.reduced[inside]
    count = int(arcs_a_unit * units.sum())
    if len(reduced) > count:
        most = np.partition(reduced, count)[count]
        inside &= (guide.reduced <= most) | (guide.taken > INTEGRALITY)
    restriction = restrict(arrays, assignment, units=units, arcs=inside)
    own = [ceiling - restriction.constant[t] for t, ceiling in enumerate(ceilings)]
    return Neighbourhood(workers, restriction, linearise(restriction.problem, tier, own))


def _nearness(arrays: Arrays, reduced: Floats) -> Floats:
    """Return 1 for arcs of no reduced cost, and less the dearer they are."""
    if arrays.arcs == 0:
        return np.ones(0)
    share = min(1.0, 3.0 * arrays.units / arrays.arcs)
    return np.asarray(np.exp(-reduced / max(EPSILON, float(np.quantile(reduced, share)))))
