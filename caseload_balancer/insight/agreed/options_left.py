"""The options that decisions leave to each unit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caseload_balancer.arrays import WAITING, Arrays, Bools


@dataclass(frozen=True, eq=False, kw_only=True)
class OptionsLeft:
    """Which options of a problem are left.

    Parameters
    ----------
    arcs
        Shape (arcs,).
    may_wait
        Shape (units,).
    """

    arcs: Bools
    may_wait: Bools

    @classmethod
    def everything(cls, arrays: Arrays) -> OptionsLeft:
        """Leave every option."""
        return cls(arcs=np.ones(arrays.arcs, np.bool_), may_wait=arrays.may_wait.copy())

    def fix(self, arrays: Arrays, unit: int, worker: int) -> None:
        """Leave a unit only one worker, or `WAITING`."""
        mine = arrays.arcs_of(unit)
        self.arcs[mine] &= arrays.arc_worker[mine] == worker
        self.may_wait[unit] &= worker == WAITING

    def bar(self, arrays: Arrays, unit: int, worker: int) -> None:
        """Take one worker, or `WAITING`, from a unit."""
        mine = arrays.arcs_of(unit)
        self.arcs[mine] &= arrays.arc_worker[mine] != worker
        self.may_wait[unit] &= worker != WAITING

    def units_without(self, arrays: Arrays) -> list[int]:
        """Return the units that have no option left."""
        workers = np.bincount(arrays.arc_unit[self.arcs], minlength=arrays.units)
        found: list[int] = np.flatnonzero((workers == 0) & ~self.may_wait).tolist()
        return found
