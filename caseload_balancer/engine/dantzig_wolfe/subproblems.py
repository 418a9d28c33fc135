"""The subproblems of the decomposition: one knapsack a worker, with the costs of its loads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.engine.dantzig_wolfe.knapsack_data import Knapsacks
from caseload_balancer.engine.dantzig_wolfe.load_costs import FREE, NEVER, LoadBreakpoints
from caseload_balancer.engine.dantzig_wolfe.master_columns import ColumnContents
from caseload_balancer.engine.linear_programs.linearisation import Linearisation
from caseload_balancer.engine.linear_programs.programs import Floats

_NONE: Final = -1


@dataclass(frozen=True, eq=False)
class Subproblems:
    """The knapsacks of several workers.

    Parameters
    ----------
    column
        Shape (subproblems, items): the column of each item, an arc of the worker; -1 beyond the
        items of a worker with fewer.
    use
        Shape (loads, subproblems, items): what each item adds to each load, 0 beyond the items.
    cell, row
        Shape (loads, subproblems): the cell of each load, and its row in the program; -1 where
        there is no such load.
    breakpoints
        Of each load: the breakpoints of its cost, with the columns of the segments.
    """

    column: Ints
    use: Ints
    cell: Ints
    row: Ints
    breakpoints: tuple[LoadBreakpoints, ...]

    def __len__(self) -> int:
        return len(self.column)

    @cached_property
    def is_item(self) -> Bools:
        """Shape (subproblems, items): whether there is an item in this place."""
        return np.asarray(self.column != _NONE)

    @property
    def columns(self) -> Ints:
        """The columns of all items and of all segments of the loads' costs."""
        return np.concatenate([self.column[self.is_item], self.segments])

    @property
    def segments(self) -> Ints:
        """The columns of all segments of the loads' costs."""
        paid = [one.segment[one.segment != FREE] for one in self.breakpoints]
        return np.concatenate(paid)

    @property
    def rows(self) -> Ints:
        """The rows of all loads."""
        return np.asarray(self.row[self.row != _NONE])

    @property
    def free_of_load_costs(self) -> Bools:
        """Shape (subproblems,): whose loads cost nothing within their limits."""
        free_of_load_costs = np.ones(len(self), np.bool_)
        for breakpoints in self.breakpoints:
            free_of_load_costs[breakpoints.paid()] = False
        return free_of_load_costs

    def cells_of(self, subproblem: int) -> tuple[int, ...]:
        """Return the cells of the loads of one of them."""
        cell = self.cell[:, subproblem]
        return tuple(cell[cell != _NONE].tolist())

    def row_values(self, values: Floats) -> Floats:
        """Return values of the loads' rows, shape (loads, subproblems), 0 where there is no row."""
        return np.where(self.row == _NONE, 0.0, values[self.row])

    def restricted_to(self, kept: Bools) -> Subproblems:
        """Return the subproblems without the items whose columns are not `kept`."""
        subproblem, item = np.nonzero(self.is_item & kept[self.column])
        return replace(
            self,
            column=_padded(self.column[subproblem, item], subproblem, len(self), _NONE),
            use=np.stack(
                [_padded(use[subproblem, item], subproblem, len(self), 0) for use in self.use]
            ),
        )

    def knapsacks(self, reduced_cost: Ints) -> Knapsacks:
        """Return the knapsacks whose items and loads cost `reduced_cost`, shape (columns,)."""
        net = np.where(self.is_item, reduced_cost[self.column], NEVER)
        costs = tuple(breakpoints.costs(reduced_cost) for breakpoints in self.breakpoints)
        return Knapsacks(net, self.use, costs)

    def allows(self, subproblem: Ints, loads: Ints) -> Bools:
        """Return which loads, shape (loads, choices), the worker of each `subproblem` may have."""
        most = np.stack([breakpoints.most for breakpoints in self.breakpoints])
        return np.asarray((loads <= most[:, subproblem]).all(axis=0))


def build_subproblems(
    linear: Linearisation, arc_worker: Ints, workers: int, resources: Ints
) -> Subproblems:
    """Return a subproblem for each worker with a capacity row for some of the resources.

    Parameters
    ----------
    resources
        Those in whose rows there are no indicators, which are no items of one worker alone.
    """
    column = np.flatnonzero(linear.program.upper[: linear.first_wait] > 0)
    column = column[np.argsort(arc_worker[column], kind="stable")]
    cells = np.full((max(1, len(resources)), workers), _NONE)
    cells[: len(resources)] = resources[:, None] * workers + np.arange(workers)
    row = np.where(cells == _NONE, _NONE, linear.cell_row[cells])
    some = np.bincount(arc_worker[column], minlength=workers) > 0
    found = np.flatnonzero(some & (row != _NONE).any(axis=0))
    column = column[np.isin(arc_worker[column], found)]
    subproblem = np.searchsorted(found, arc_worker[column])
    cell, row = np.where(row == _NONE, _NONE, cells)[:, found], row[:, found]
    use = np.stack([_use(linear, mine, column, subproblem) for mine in row])
    return Subproblems(
        column=_padded(column, subproblem, len(found), _NONE),
        use=np.stack([_padded(mine, subproblem, len(found), 0) for mine in use]),
        cell=cell,
        row=row,
        breakpoints=tuple(
            _load_breakpoints(linear, *of, subproblem) for of in zip(cell, row, use, strict=True)
        ),
    )


def main_resources(linear: Linearisation, workers: int, duals: Floats, count: int) -> Ints:
    """Return `count` resources, ascending, whose capacity rows tighten subproblems most.

    A resource of which every unit uses 1 or nothing is left out: alone, its rows tighten nothing,
    as the knapsack's linear relaxation is integral.

    Parameters
    ----------
    duals
        Shape (rows or more,).
    """
    row, limit = linear.cell_row.reshape(-1, workers), linear.cell_limit.reshape(-1, workers)
    worth = {}
    for resource, (_, _, value) in _entries(linear, workers).items():
        if (value > 1).any():
            mine = row[resource] >= 0
            worth[resource] = float(np.abs(duals[row[resource, mine]]) @ limit[resource, mine])
    return np.sort(np.array(sorted(worth, key=lambda one: -worth[one])[:count], np.int64))


def violated_resources(
    linear: Linearisation, workers: int, positive: ColumnContents, largest_use: int, known: Ints
) -> Ints:
    """Return the resources of which some master columns use more than the limit, or what is free.

    The master does not see it where the mean of a worker's master columns is within the limit. Only
    resources of which no unit uses more than `largest_use` are considered, for others multiply the
    number of labels, and those that are not `known`.
    """
    program, found = linear.program, []
    for resource, (row, column, value) in _entries(linear, workers).items():
        if (value > largest_use).any() or resource in known:
            continue
        use, room = np.zeros((2, program.columns), np.int64)
        use[column], room[column] = value, program.rhs[row]
        load = np.bincount(
            positive.master_column, use[positive.column] * positive.amount, len(positive)
        )
        most = np.zeros(len(positive), np.int64)
        np.maximum.at(most, positive.master_column, room[positive.column])
        if (load > most).any():
            found.append(resource)
    return np.array(found, np.int64)


def _entries(linear: Linearisation, workers: int) -> dict[int, tuple[Ints, Ints, Ints]]:
    """Return row, column and value of the arcs' uses of each resource that no indicator uses."""
    program = linear.program
    cell = np.flatnonzero(linear.cell_row >= 0)
    resource = np.full(program.rows, _NONE)
    resource[linear.cell_row[cell]] = cell // workers
    of_entry = resource[program.row]
    arc = program.column < linear.first_wait
    with_indicators = np.unique(of_entry[~arc & (program.column < linear.first_segment)])
    found = {}
    for number in np.setdiff1d(of_entry[arc], [_NONE, *with_indicators]).tolist():
        mine = np.flatnonzero(arc & (of_entry == number))
        found[number] = (program.row[mine], program.column[mine], program.value[mine])
    return found


def _use(linear: Linearisation, row: Ints, column: Ints, subproblem: Ints) -> Ints:
    """Return how much of its subproblem's row each column uses, 0 where there is no row."""
    program = linear.program
    of_row = np.full(program.rows, _NONE)
    of_row[row[row != _NONE]] = np.flatnonzero(row != _NONE)
    entry = of_row[program.row] != _NONE
    use, owner = np.zeros(program.columns, np.int64), np.full(program.columns, _NONE)
    use[program.column[entry]] = program.value[entry]
    owner[program.column[entry]] = of_row[program.row[entry]]
    return np.where(owner[column] == subproblem, use[column], 0)


def _load_breakpoints(
    linear: Linearisation, cell: Ints, row: Ints, use: Ints, subproblem: Ints
) -> LoadBreakpoints:
    """Return the breakpoints of a load's cost, for each subproblem."""
    total = np.bincount(subproblem, use, minlength=len(cell)).astype(np.int64)
    worker, load, segment, most = [], [], [], []
    for number, (mine, its_row) in enumerate(zip(cell.tolist(), row.tolist(), strict=True)):
        low, high = np.searchsorted(linear.segment_cell, [mine, mine + 1])
        columns, at = linear.first_segment + np.arange(low, high), linear.segment_start[low:high]
        if its_row == _NONE:
            columns, at = columns[:0], at[:0]
        if len(at) == 0 or at[0] > 0:
            columns, at = np.append(FREE, columns), np.append(0, at)
        worker.append(np.full(len(at), number))
        load.append(at)
        segment.append(columns)
        most.append(0 if its_row == _NONE else min(_limit(linear, mine, its_row), total[number]))
    return LoadBreakpoints(
        np.concatenate([np.zeros(0, np.int64), *worker]),
        np.concatenate([np.zeros(0, np.int64), *load]),
        np.concatenate([np.zeros(0, np.int64), *segment]),
        np.array(most, np.int64),
    )


def _limit(linear: Linearisation, cell: int, row: int) -> int:
    """Return the largest load of a cell: the end of the first segment that cannot be filled."""
    low, high = np.searchsorted(linear.segment_cell, [cell, cell + 1])
    at = linear.segment_start[low:high]
    width = np.diff(at, append=linear.cell_limit[cell])
    most = linear.program.upper[linear.first_segment + low : linear.first_segment + high]
    capped = np.flatnonzero(most < width)
    if len(capped):
        return int(at[capped[0]] + most[capped[0]])
    return int(linear.program.rhs[row] + width.sum())


def _padded(values: Ints, subproblem: Ints, subproblems: int, nothing: int) -> Ints:
    """Return values, sorted by subproblem, with a row for each subproblem."""
    place = np.arange(len(values)) - np.searchsorted(subproblem, subproblem)
    table = np.full((subproblems, max(1, int(place.max(initial=-1)) + 1)), nothing)
    table[subproblem, place] = values
    return table
