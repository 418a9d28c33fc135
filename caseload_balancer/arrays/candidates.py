"""What a search still has to consider: arcs, waiting, and how much each worker may use."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from caseload_balancer.arrays.convex_costs import reach
from caseload_balancer.arrays.definition import Arrays, Bools, Ints
from caseload_balancer.arrays.evaluation import chosen_arcs, resource_use
from caseload_balancer.arrays.restriction import Restriction


@dataclass(frozen=True, eq=False, kw_only=True)
class Candidates:
    """The part of a search space that is left.

    Parameters
    ----------
    arc
        Shape (arcs,): the arcs that may be taken.
    wait
        Shape (units,): the units that may wait.
    least, most
        Shape (resources, workers): what each worker may use of each resource.
    """

    arc: Bools
    wait: Bools
    least: Ints
    most: Ints

    @classmethod
    def all_of(cls, arrays: Arrays) -> Candidates:
        """Return everything the arrays allow."""
        shape = (arrays.resources, arrays.workers)
        return cls(
            arc=np.ones(arrays.arcs, np.bool_),
            wait=arrays.may_wait,
            least=np.zeros(shape, np.int64),
            most=reach(arrays).reshape(shape),
        )

    def union(self, other: Candidates) -> Candidates:
        """Return what is in either."""
        return Candidates(
            arc=self.arc | other.arc,
            wait=self.wait | other.wait,
            least=np.minimum(self.least, other.least),
            most=np.maximum(self.most, other.most),
        )

    def intersection(self, other: Candidates) -> Candidates:
        """Return what is in both."""
        return Candidates(
            arc=self.arc & other.arc,
            wait=self.wait & other.wait,
            least=np.maximum(self.least, other.least),
            most=np.minimum(self.most, other.most),
        )

    def within(self, part: Restriction, arrays: Arrays) -> Candidates:
        """Return what is left of them in a part that was cut out of `arrays` at their start.

        All its arcs may be taken: it was cut out along those that may.
        """
        whole, inner = resource_use(arrays, arrays.start), part.problem
        fixed = whole[:, part.workers] - resource_use(inner, inner.start)
        everything = Candidates.all_of(inner)
        return replace(
            everything,
            wait=self.wait[part.units],
            least=np.maximum(everything.least, self.least[:, part.workers] - fixed),
            most=np.minimum(everything.most, self.most[:, part.workers] - fixed),
        )

    def hold(self, arrays: Arrays, assignment: Ints) -> bool:
        """Return whether a feasible assignment is among them."""
        chosen = chosen_arcs(arrays, assignment)
        use = resource_use(arrays, assignment)
        return bool(
            self.arc[chosen[chosen >= 0]].all()
            and self.wait[chosen < 0].all()
            and (use >= self.least).all()
            and (use <= self.most).all()
        )

    def leave_every_unit_an_option(self, arrays: Arrays) -> bool:
        """Return whether each unit may take an arc or wait."""
        has_option = self.wait.copy()
        has_option[arrays.arc_unit[self.arc]] = True
        return bool(has_option.all())
