"""Good assignments and a relaxation merged: where all agree stays, the rest is decided exactly.

An optimized crossover (Aggarwal, Orlin and Tai, "Optimized crossover for the independent set
problem", Operations Research 45, 1997; of any number of solutions: Rothberg, "An evolutionary
algorithm for polishing mixed integer programming solutions", INFORMS Journal on Computing 19,
2007), which the relaxation takes part in (Danna, Rothberg and Le Pape, "Exploring relaxation
induced neighborhoods", Mathematical Programming 102, 2005). Where a relaxation is too large to be
rounded exactly, greedy roundings of what it becomes as it is tightened are what is merged.
"""

from __future__ import annotations

import numpy as np

from caseload_balancer.arrays import Arrays, Bools, Ints
from caseload_balancer.arrays.evaluation import values
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.programs import Floats
from caseload_balancer.engine.linear_programs.tolerances import INTEGRALITY
from caseload_balancer.engine.neighbourhoods.rounding import (
    columns_to_round,
    options_taken,
    search_options,
    unit_of_option,
)
from caseload_balancer.engine.neighbourhoods.search import NeighbourhoodSearch
from caseload_balancer.engine.parameters import Parameters
from caseload_balancer.engine.relaxation.relaxation import Relaxation


class SolutionMerging:
    """Rounds relaxation after relaxation greedily, and merges what comes of it.

    Parameters
    ----------
    arrays
        The problem.
    search
        Whose best assignment is improved.
    parameters
        Of merging, and of the search for the best options.
    """

    def __init__(self, arrays: Arrays, search: NeighbourhoodSearch, parameters: Parameters) -> None:
        self._arrays = arrays
        self._search = search
        self._mine, self._rounding = parameters.merging, parameters.rounding
        self._found: list[Ints] = []
        self._last_work = 0.0
        """What the last merger took."""
        self._coarseness = 1.0
        """By what gaps are multiplied: less after quick mergers that gained nothing."""

    def begin(self, relaxation: Relaxation, deadline: Deadline) -> bool:
        """Round a rough relaxation exactly, unless it is too large; return whether it gained."""
        if not relaxation.is_rough:
            return False
        columns = columns_to_round(self._arrays, relaxation, parameters=self._rounding)
        if columns > self._mine.columns or self._is_far(relaxation):
            return False
        return self._search.round(relaxation, deadline, dive=False)

    def round_and_merge(self, relaxation: Relaxation, deadline: Deadline) -> bool:
        """Merge a relaxation with the best assignments known; return whether that gained.

        It is rounded greedily before, unless it is so near to the best that all of it can be
        merged.
        """
        better = False
        if self._is_far(relaxation):
            found = self._search.rounded_greedily(relaxation, deadline)
            self._found.append(found)
            better = self._search.accept_if_better(found)
        if deadline.passed() or deadline.work_left() < self._last_work:
            return better
        return self._merge(relaxation, deadline) or better

    @property
    def stuck(self) -> bool:
        """Whether some quick mergers gained nothing."""
        return self._coarseness < 0.5

    def _merge(self, relaxation: Relaxation, deadline: Deadline) -> bool:
        there = self._options_to_merge(relaxation)
        if there is None:
            return False
        begun = deadline.spent()
        merged = search_options(
            self._arrays,
            relaxation,
            there,
            deadline=deadline,
            gap=self._gap(relaxation.bound),
            parameters=self._rounding,
        )
        self._last_work = deadline.spent() - begun
        if merged is None:
            return False
        self._found.append(self._search.exchanged(merged, relaxation, deadline))
        better = self._search.accept_if_better(self._found[-1])
        if not better and self._last_work < self._mine.quick * deadline.work_left():
            self._coarseness *= 0.5
        return better

    def _gap(self, bound: int) -> float:
        """Return by how much what is found may be worse than the best that there is."""
        missing = self._search.value - bound
        units = self._mine.gap_in_units * abs(bound) / self._arrays.units
        return self._coarseness * min(missing, max(self._mine.gap * missing, units))

    def _options_to_merge(self, relaxation: Relaxation) -> Bools | None:
        """Return the options of what is merged, None where all is the same.

        First come the best assignments that are near enough to the best of all, then units of
        groups, which no greedy rounding moves, then those of which the relaxation takes most
        elsewhere.
        """
        best, linear = self._search.best, relaxation.linear
        unit, most = unit_of_option(self._arrays, linear), self._mine.units
        there = options_taken(self._arrays, linear, best)
        differs = np.zeros(self._arrays.units, np.bool_)
        self._found.sort(key=lambda one: values(self._arrays, one))
        del self._found[self._mine.assignments :]
        for one in self._found:
            with_it = differs | (one != best)
            if with_it.sum() <= most:
                differs = with_it
                there |= options_taken(self._arrays, linear, one)
        elsewhere = self._elsewhere(relaxation)
        elsewhere[self._arrays.group_of_unit >= 0] *= self._arrays.units
        further = np.flatnonzero((elsewhere > 0) & ~differs)
        further = further[np.argsort(-elsewhere[further], kind="stable")]
        differs[further[: most - int(differs.sum())]] = True
        there |= (relaxation.rough_values[: len(unit)] > INTEGRALITY) & differs[unit]
        return there if differs.any() else None

    def _is_far(self, relaxation: Relaxation) -> bool:
        """Return whether the relaxation places many units elsewhere than the best assignment."""
        return bool((self._elsewhere(relaxation) > 0).sum() > self._mine.units_to_round)

    def _elsewhere(self, relaxation: Relaxation) -> Floats:
        """Return how much of each unit the relaxation takes elsewhere than the best assignment."""
        unit = unit_of_option(self._arrays, relaxation.linear)
        taken = relaxation.rough_values[: len(unit)].copy()
        taken[options_taken(self._arrays, relaxation.linear, self._search.best)] = 0.0
        taken[taken <= INTEGRALITY] = 0.0
        return np.asarray(np.bincount(unit, taken, minlength=self._arrays.units))
