"""What a relaxation leaves, searched exactly as soon as that is little.

The nearer the bound is to the best assignment known, the fewer options a better one can be made of.
A decomposition needs long for the last bit of its bound; to search a few hundred options takes a
moment.
"""

from __future__ import annotations

from typing import Protocol

from caseload_balancer.arrays import Arrays, Ints
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.neighbourhoods.search import NeighbourhoodSearch
from caseload_balancer.engine.parameters import ReductionParameters
from caseload_balancer.engine.relaxation.relaxation import Relaxation


class SearchExactly(Protocol):
    """Searches all that is left up to some value, by a relaxation's prices."""

    def __call__(
        self, best: Ints, cutoff: int, relaxation: Relaxation, deadline: Deadline, work: float
    ) -> tuple[Ints, int]:
        """Return the best assignment known, and a bound.

        Parameters
        ----------
        best
            Shape (units,): the best one known before.
        cutoff
            No more than its value: assignments up to here are searched.
        deadline, work
            For all of it, and what the search after cuts may take of that.
        """


class Completion:
    """Has the options that are left searched exactly, when they are few.

    Parameters
    ----------
    arrays
        The problem.
    search
        Whose best assignment is to be improved or proven.
    search_exactly
        Searches what is left; None where nothing does.
    parameters
        How few, and for how long.
    """

    def __init__(
        self,
        arrays: Arrays,
        search: NeighbourhoodSearch,
        search_exactly: SearchExactly | None,
        parameters: ReductionParameters,
    ) -> None:
        self._search = search
        self._search_exactly = search_exactly
        self._parameters = parameters
        self._most = parameters.arcs_a_unit * arrays.units
        self._near = int(parameters.near_arcs_a_unit * arrays.units)
        self._searchable = arrays.units + parameters.choices
        self._tried = 0
        """How much a search that did not end has left."""
        self._work, self._last_work = parameters.work, 0.0

    def attempt(self, relaxation: Relaxation, deadline: Deadline, *, stuck: bool = False) -> bool:
        """Search what is left if it is little; return whether something better was found.

        Where that does not end, it is tried again when far less is left, with more work.

        Parameters
        ----------
        stuck
            Whether nothing else gains any more. Then it is tried again where that takes little, and
            once what is nearest to the bound, where all that is left is too much.
        """
        search = self._search
        if self._search_exactly is None or search.proven or deadline.passed():
            return False
        cutoff: int | None = search.value
        if not self._is_little(search.options_left(relaxation), deadline, stuck=stuck):
            cutoff = relaxation.prices.cutoff_for(self._near) if stuck and self._near else None
        if cutoff is None:
            return False
        self._near = 0
        cutoff = min(cutoff, search.value)
        lane = deadline.slice(self._parameters.work_share)
        found, bound = self._search_exactly(search.best, cutoff, relaxation, lane, self._work)
        self._last_work = lane.spent()
        better = search.accept_if_better(found)
        search.raise_bound(bound)
        if not search.proven:
            self._tried = search.options_left(relaxation)
            self._most = min(self._most, self._parameters.again * self._tried)
            self._work *= 2
        return better

    def _is_little(self, left: int, deadline: Deadline, *, stuck: bool) -> bool:
        """Return whether so many options are few enough to be searched now."""
        quick = self._last_work < self._parameters.quick * deadline.work_left()
        again = stuck and quick and left <= min(self._tried, self._searchable)
        return left <= self._most or again
