"""From solutions of subproblems to master columns, each only once."""

from __future__ import annotations

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.engine.dantzig_wolfe.master_columns import ColumnContents
from caseload_balancer.engine.dantzig_wolfe.subproblems import Subproblems


class ColumnPool:
    """Remembers which solutions of subproblems have a column in the master."""

    def __init__(self) -> None:
        self._seen: set[tuple[int, bytes]] = set()

    def copy(self) -> ColumnPool:
        """Return a pool that remembers the same columns."""
        other = ColumnPool()
        other._seen = set(self._seen)
        return other

    def new_columns(self, subproblems: Subproblems, worker: Ints, taken: Bools) -> ColumnContents:
        """Add feasible solutions that are not in the pool, and return their master columns.

        Parameters
        ----------
        worker, taken
            As in `KnapsackSolutions`.
        """
        which, item = np.nonzero(taken)
        column = subproblems.column[worker[which], item]
        loads = np.stack(
            [np.bincount(which, use[worker[which], item], len(worker)) for use in subproblems.use]
        ).astype(np.int64)
        end = np.searchsorted(which, np.arange(len(worker) + 1))
        new = np.zeros(len(worker), np.bool_)
        for choice in np.flatnonzero(subproblems.allows(worker, loads)).tolist():
            key = (int(worker[choice]), column[end[choice] : end[choice + 1]].tobytes())
            new[choice] = key not in self._seen
            self._seen.add(key)
        number, mine = np.cumsum(new) - 1, new[which]
        worker, loads = worker[new], loads[:, new]
        items = (number[which[mine]], column[mine], np.ones(int(mine.sum()), np.int64))
        segments = [
            breakpoints.segments_used(worker, load)
            for breakpoints, load in zip(subproblems.breakpoints, loads, strict=True)
        ]
        entries = (np.concatenate(of) for of in zip(items, *segments, strict=True))
        return ColumnContents(worker, *entries)


def solutions_with(subproblems: Subproblems, columns: int, taken: Ints) -> tuple[Ints, Bools]:
    """Return the solution of each subproblem that takes some columns, as in `KnapsackSolutions`.

    Parameters
    ----------
    columns
        Number of columns of the linear program.
    taken
        Those that are taken.
    """
    there = np.zeros(columns, np.bool_)
    there[taken] = True
    return np.arange(len(subproblems)), there[subproblems.column] & subproblems.is_item


def fitting_solutions(
    subproblems: Subproblems, columns: int, contents: ColumnContents
) -> tuple[Ints, Bools]:
    """Return master columns as solutions of these subproblems, as in `KnapsackSolutions`.

    Columns of the linear program that are no items of these subproblems are left out.

    Parameters
    ----------
    columns
        Number of columns of the linear program.
    contents
        Of the master columns, perhaps of another decomposition.
    """
    subproblem, item = np.nonzero(subproblems.is_item)
    owner, place = np.full((2, columns), -1)
    item_column = subproblems.column[subproblem, item]
    owner[item_column], place[item_column] = subproblem, item
    entry = np.flatnonzero(owner[contents.column] >= 0)
    master_column, column = contents.master_column[entry], contents.column[entry]
    worker = np.full(len(contents), -1)
    worker[master_column] = owner[column]
    taken = np.zeros((len(contents), subproblems.is_item.shape[1]), np.bool_)
    taken[master_column, place[column]] = True
    fits = worker >= 0
    return worker[fits], taken[fits]
