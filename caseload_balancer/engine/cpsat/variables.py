"""The variables of the CP-SAT model, each with its value in the assignment it starts from."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import Any

import numpy as np

from caseload_balancer.arrays import WAITING, Arrays, Ints
from caseload_balancer.arrays.candidates import Candidates


class Variables:
    """The choices: an arc or waiting for each unit, and which workers a group is at.

    Parameters
    ----------
    model
        A ``CpModel``.
    arrays, candidates
        The problem, and what of it may be used.
    incumbent
        Shape (units,): gives every variable the value that hints use.
    """

    def __init__(self, model: Any, arrays: Arrays, candidates: Candidates, incumbent: Ints) -> None:
        self.model = model
        self.arrays = arrays
        self.candidates = candidates
        self.incumbent = incumbent
        self.hints: list[tuple[Any, int]] = []
        self.arc: dict[int, Any] = {}
        self.wait: dict[int, Any] = {}
        for arc in np.flatnonzero(candidates.arc).tolist():
            taken = incumbent[arrays.arc_unit[arc]] == arrays.arc_worker[arc]
            self.arc[arc] = self.boolean(hint=bool(taken))
        for unit in np.flatnonzero(candidates.wait).tolist():
            self.wait[unit] = self.boolean(hint=bool(incumbent[unit] == WAITING))

    def boolean(self, *, hint: bool) -> Any:
        """Return a new Boolean variable."""
        made = self.model.new_bool_var("")
        self.hints.append((made, int(hint)))
        return made

    def integer(self, span: int, *, hint: int) -> Any:
        """Return a new variable from 0 to `span`."""
        made = self.model.new_int_var(0, span, "")
        self.hints.append((made, hint))
        return made

    @cached_property
    def arcs_of_unit(self) -> list[list[int]]:
        """The candidate arcs of each unit."""
        found: list[list[int]] = [[] for _ in range(self.arrays.units)]
        for arc in self.arc:
            found[int(self.arrays.arc_unit[arc])].append(arc)
        return found

    @cached_property
    def arcs_of_worker(self) -> list[list[int]]:
        """The candidate arcs of each worker."""
        found: list[list[int]] = [[] for _ in range(self.arrays.workers)]
        for arc in self.arc:
            found[int(self.arrays.arc_worker[arc])].append(arc)
        return found

    @cached_property
    def arcs_of_group(self) -> dict[tuple[int, int], list[int]]:
        """The candidate arcs of each group at each worker, by group and worker."""
        found: dict[tuple[int, int], list[int]] = defaultdict(list)
        group_of_unit = self.arrays.group_of_unit
        for arc in self.arc:
            group = int(group_of_unit[self.arrays.arc_unit[arc]])
            if group >= 0:
                found[group, int(self.arrays.arc_worker[arc])].append(arc)
        return dict(found)

    @cached_property
    def present(self) -> dict[tuple[int, int], Any]:
        """Whether some unit of a group is with a worker, by group and worker."""
        found: dict[tuple[int, int], Any] = {}
        for key, arcs in self.arcs_of_group.items():
            if len(arcs) == 1:
                found[key] = self.arc[arcs[0]]
                continue
            found[key] = self.boolean(hint=any(self.is_taken(arc) for arc in arcs))
            for arc in arcs:
                self.model.add_implication(self.arc[arc], found[key])
        return found

    def is_taken(self, arc: int) -> bool:
        """Return whether the incumbent takes the arc."""
        arrays = self.arrays
        return bool(self.incumbent[arrays.arc_unit[arc]] == arrays.arc_worker[arc])
