"""The parts of a linear program that belong to one worker each: arcs, loads, what loads cost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.engine.dantzig_wolfe.knapsacks import Knapsacks
from caseload_balancer.engine.dantzig_wolfe.load_costs import FREE, NEVER, Bends
from caseload_balancer.engine.dantzig_wolfe.restricted_master import Takings
from caseload_balancer.engine.linear_programs.linearisation import Linearisation
from caseload_balancer.engine.linear_programs.programs import Floats

_LARGE: Final = 2
"""Loads of each worker in a block at first: the dearest."""
_LITTLE: Final = 4
"""What a unit, such as a family, uses at most of a load that may join them."""
_NONE: Final = -1


@dataclass(frozen=True, eq=False)
class Blocks:
    """What some workers could take.

    Parameters
    ----------
    column
        Shape (blocks, items): the columns of each worker's arcs, -1 where there are fewer.
    use
        Shape (loads, blocks, items): what each item adds to each load, 0 where there is none.
    cell, row
        Shape (loads, blocks): the cell of each load, and its row in the program; -1 where there is
        no such load.
    bends
        Of each load: where its cost bends, with the columns of the pieces.
    """

    column: Ints
    use: Ints
    cell: Ints
    row: Ints
    bends: tuple[Bends, ...]

    def __len__(self) -> int:
        return len(self.column)

    @cached_property
    def there(self) -> Bools:
        """Shape (blocks, items): where there is an item."""
        return np.asarray(self.column != _NONE)

    @property
    def columns(self) -> Ints:
        """The columns of all arcs and of what their loads cost."""
        pieces = [bends.piece[bends.piece != FREE] for bends in self.bends]
        return np.concatenate([self.column[self.there], *pieces])

    @property
    def rows(self) -> Ints:
        """The rows of all loads."""
        return np.asarray(self.row[self.row != _NONE])

    @property
    def costless(self) -> Bools:
        """Shape (blocks,): whose loads cost nothing up to the most there can be."""
        costless = np.ones(len(self), np.bool_)
        for bends in self.bends:
            costless[bends.paid()] = False
        return costless

    def row_values(self, values: Floats) -> Floats:
        """Return the values of the loads' rows, shape (loads, blocks), 0 where there is no row."""
        return np.where(self.row == _NONE, 0.0, values[self.row])

    def keeping(self, kept: Bools) -> Blocks:
        """Return the blocks left with the `kept` columns alone, of all columns."""
        block, item = np.nonzero(self.there & kept[self.column])
        return replace(
            self,
            column=_padded(self.column[block, item], block, len(self), _NONE),
            use=np.stack([_padded(use[block, item], block, len(self), 0) for use in self.use]),
        )

    def knapsacks(self, reduced_cost: Ints) -> Knapsacks:
        """Return what items and loads cost at `reduced_cost`, shape (columns,)."""
        net = np.where(self.there, reduced_cost[self.column], NEVER)
        costs = tuple(bends.costs(reduced_cost) for bends in self.bends)
        return Knapsacks(net, self.use, costs)

    def allow(self, block: Ints, loads: Ints) -> Bools:
        """Return which loads, shape (loads, choices), the worker of each `block` may have."""
        most = np.stack([bends.most for bends in self.bends])
        return np.asarray((loads <= most[:, block]).all(axis=0))


def find_blocks(linear: Linearisation, arc_worker: Ints, workers: int, resources: Ints) -> Blocks:
    """Return a block for each worker with a load of some resources.

    Parameters
    ----------
    resources
        Those in whose rows there are no links, which reach beyond one worker's arcs.
    """
    column = np.flatnonzero(linear.program.most[: linear.first_wait] > 0)
    column = column[np.argsort(arc_worker[column], kind="stable")]
    cells = np.full((max(1, len(resources)), workers), _NONE)
    cells[: len(resources)] = resources[:, None] * workers + np.arange(workers)
    row = np.where(cells == _NONE, _NONE, linear.cell_row[cells])
    some = np.bincount(arc_worker[column], minlength=workers) > 0
    found = np.flatnonzero(some & (row != _NONE).any(axis=0))
    column = column[np.isin(arc_worker[column], found)]
    block = np.searchsorted(found, arc_worker[column])
    cell, row = np.where(row == _NONE, _NONE, cells)[:, found], row[:, found]
    use = np.stack([_use(linear, mine, column, block) for mine in row])
    return Blocks(
        column=_padded(column, block, len(found), _NONE),
        use=np.stack([_padded(mine, block, len(found), 0) for mine in use]),
        cell=cell,
        row=row,
        bends=tuple(_bends(linear, *of, block) for of in zip(cell, row, use, strict=True)),
    )


def large_loads(linear: Linearisation, workers: int, duals: Floats) -> Ints:
    """Return the resources, ascending, whose loads gain most from being taken together.

    Alone, a load that units use once or not at all gains nothing.

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
    return np.sort(np.array(sorted(worth, key=lambda one: -worth[one])[:_LARGE], np.int64))


def passed_loads(linear: Linearisation, workers: int, mixed: Takings) -> Ints:
    """Return the resources of which some patterns use more than the limit, or what is free.

    Mixed they may use less, so that a linear program does not see it. Only resources are looked
    at of which units use little: others multiply the loads that a worker may have.
    """
    program, found = linear.program, []
    for resource, (row, column, value) in _entries(linear, workers).items():
        if (value > _LITTLE).any():
            continue
        use, room = np.zeros((2, program.columns), np.int64)
        use[column], room[column] = value, program.upper[row]
        load = np.bincount(mixed.pattern, use[mixed.column] * mixed.amount, len(mixed))
        most = np.zeros(len(mixed), np.int64)
        np.maximum.at(most, mixed.pattern, room[mixed.column])
        if (load > most).any():
            found.append(resource)
    return np.array(found, np.int64)


def _entries(linear: Linearisation, workers: int) -> dict[int, tuple[Ints, Ints, Ints]]:
    """Return row, column and value of what arcs use of each resource that no link uses."""
    program = linear.program
    cell = np.flatnonzero(linear.cell_row >= 0)
    resource = np.full(program.rows, _NONE)
    resource[linear.cell_row[cell]] = cell // workers
    of_entry = resource[program.row]
    arc = program.column < linear.first_wait
    linked = np.unique(of_entry[~arc & (program.column < linear.first_piece)])
    found = {}
    for number in np.setdiff1d(of_entry[arc], [_NONE, *linked]).tolist():
        mine = np.flatnonzero(arc & (of_entry == number))
        found[number] = (program.row[mine], program.column[mine], program.value[mine])
    return found


def _use(linear: Linearisation, row: Ints, column: Ints, block: Ints) -> Ints:
    """Return how much of its block's row each column uses, 0 where the block has none."""
    program = linear.program
    of_row = np.full(program.rows, _NONE)
    of_row[row[row != _NONE]] = np.flatnonzero(row != _NONE)
    entry = of_row[program.row] != _NONE
    use, owner = np.zeros(program.columns, np.int64), np.full(program.columns, _NONE)
    use[program.column[entry]] = program.value[entry]
    owner[program.column[entry]] = of_row[program.row[entry]]
    return np.where(owner[column] == block, use[column], 0)


def _bends(linear: Linearisation, cell: Ints, row: Ints, use: Ints, block: Ints) -> Bends:
    """Return where the cost of a load bends, for each block."""
    total = np.bincount(block, use, minlength=len(cell)).astype(np.int64)
    worker, load, piece, most = [], [], [], []
    for number, (mine, its_row) in enumerate(zip(cell.tolist(), row.tolist(), strict=True)):
        low, high = np.searchsorted(linear.piece_cell, [mine, mine + 1])
        columns, at = linear.first_piece + np.arange(low, high), linear.piece_at[low:high]
        if its_row == _NONE:
            columns, at = columns[:0], at[:0]
        if len(at) == 0 or at[0] > 0:
            columns, at = np.append(FREE, columns), np.append(0, at)
        worker.append(np.full(len(at), number))
        load.append(at)
        piece.append(columns)
        most.append(0 if its_row == _NONE else min(_limit(linear, mine, its_row), total[number]))
    return Bends(
        np.concatenate([np.zeros(0, np.int64), *worker]),
        np.concatenate([np.zeros(0, np.int64), *load]),
        np.concatenate([np.zeros(0, np.int64), *piece]),
        np.array(most, np.int64),
    )


def _limit(linear: Linearisation, cell: int, row: int) -> int:
    """Return the largest load of a cell: where the first piece that cannot be full ends."""
    low, high = np.searchsorted(linear.piece_cell, [cell, cell + 1])
    at = linear.piece_at[low:high]
    width = np.diff(at, append=linear.cell_limit[cell])
    most = linear.program.most[linear.first_piece + low : linear.first_piece + high]
    capped = np.flatnonzero(most < width)
    if len(capped):
        return int(at[capped[0]] + most[capped[0]])
    return int(linear.program.upper[row] + width.sum())


def _padded(values: Ints, block: Ints, blocks: int, nothing: int) -> Ints:
    """Return values, sorted by block, with a row for each block."""
    place = np.arange(len(values)) - np.searchsorted(block, block)
    table = np.full((blocks, max(1, int(place.max(initial=-1)) + 1)), nothing)
    table[block, place] = values
    return table
