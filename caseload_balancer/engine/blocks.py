"""The parts of a linear program that belong to one worker each: loads and what they are made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np

from caseload_balancer.engine.knapsacks import Curve, NoCost
from caseload_balancer.engine.linear_programs import Floats, Pricing
from caseload_balancer.engine.linearisation import Linearisation
from caseload_balancer.problem.arrays import Bools, Ints

_LOADS: Final = 2
"""Loads of each worker in its block."""
_NONE: Final = -1


@dataclass(frozen=True, eq=False, kw_only=True)
class Load:
    """One load of one worker.

    Parameters
    ----------
    group, row
        Its group, and its row in the program; -1 where there is none.
    unit
        All uses are multiples of it.
    use
        Shape (items,): what each item of the block uses, in units.
    piece, at, width
        Shape (pieces,): the columns of its convex cost, the load where each begins, and how
        long it is.
    most
        The largest load there can be, in units.
    """

    group: int
    row: int
    unit: int
    use: Ints
    piece: Ints
    at: Ints
    width: Ints
    most: int

    @classmethod
    def none(cls, items: int) -> Load:
        """Return a load to which no item adds."""
        nothing = np.zeros(0, np.int64)
        return cls(
            group=_NONE,
            row=_NONE,
            unit=1,
            use=np.zeros(items, np.int64),
            piece=nothing,
            at=nothing,
            width=nothing,
            most=0,
        )

    def curve(self, pricing: Pricing) -> Curve:
        """Return what each load costs, in units, times the scale of `pricing`."""
        if len(self.piece) == 0:
            return NoCost(self.most)
        load = self.unit * np.arange(self.most + 1)
        slope = pricing.reduced_cost[self.piece]
        base = np.concatenate([[0], np.cumsum(slope * self.width)])
        piece = np.searchsorted(self.at, load, side="right") - 1
        inside = np.maximum(piece, 0)
        beyond = np.minimum(load - self.at[inside], self.width[inside])
        return Curve(np.where(piece < 0, 0, base[inside] + slope[inside] * beyond))

    def filled(self, load: int) -> Ints:
        """Return how much of each piece a load, in units, fills."""
        return np.clip(self.unit * load - self.at, 0, self.width)


@dataclass(frozen=True, eq=False)
class Block:
    """What one worker could take.

    Parameters
    ----------
    column
        Shape (items,): the columns of its arcs.
    loads
        Two of them.
    """

    column: Ints
    loads: tuple[Load, ...]

    @cached_property
    def use(self) -> Ints:
        """Shape (loads, items): what each item adds to each load."""
        return np.stack([load.use for load in self.loads])

    @cached_property
    def pieces(self) -> Ints:
        """The columns of the convex costs of all loads."""
        return np.concatenate([load.piece for load in self.loads])

    @property
    def rows(self) -> Ints:
        """The rows of the loads."""
        return np.array([load.row for load in self.loads if load.row != _NONE], np.int64)

    def row_values(self, values: Floats) -> Floats:
        """Return the values of the loads' rows, for a unit of load, 0 where there is no row."""
        return np.array(
            [0.0 if load.row == _NONE else values[load.row] * load.unit for load in self.loads]
        )

    def curves(self, pricing: Pricing) -> list[Curve]:
        """Return what the loads cost."""
        return [load.curve(pricing) for load in self.loads]

    def keeping(self, kept: Bools) -> Block:
        """Return the block left with the `kept` columns alone, of all columns."""
        items = kept[self.column]
        loads = tuple(replace(load, use=load.use[items]) for load in self.loads)
        return Block(self.column[items], loads)

    def allows(self, loads: Ints) -> bool:
        """Return whether the worker may have such loads."""
        return all(load <= one.most for load, one in zip(loads.tolist(), self.loads, strict=True))

    def filled(self, loads: Ints) -> tuple[Ints, Ints]:
        """Return the pieces that such loads fill, and how much of them."""
        amount = np.concatenate(
            [one.filled(load) for one, load in zip(self.loads, loads.tolist(), strict=True)]
        )
        filled = amount > 0
        return self.pieces[filled], amount[filled]


def find_blocks(
    linear: Linearisation, arc_worker: Ints, workers: int, duals: Floats
) -> list[Block]:
    """Return a block for each worker with a load of which units use more than 1.

    Loads that units use once or not at all gain nothing from being taken together.

    Parameters
    ----------
    duals
        Shape (rows or more,): where there are more such loads than a block takes, those of the
        dearest are taken.
    """
    begin = np.searchsorted(linear.program.row, np.arange(linear.program.rows + 1))
    chosen = _chosen(linear, workers, duals, begin)
    if len(chosen) == 0:
        return []
    usable = np.flatnonzero(linear.program.most[: linear.first_wait] > 0)
    usable = usable[np.argsort(arc_worker[usable], kind="stable")]
    first = np.searchsorted(arc_worker[usable], np.arange(workers + 1))
    found = []
    for worker in range(workers):
        column = usable[first[worker] : first[worker + 1]]
        loads = [_load(linear, int(one) * workers + worker, column, begin) for one in chosen]
        loads += [Load.none(len(column))] * (_LOADS - len(loads))
        if len(column) and any(load.row != _NONE for load in loads):
            found.append(Block(column, tuple(loads)))
    return found


def _chosen(linear: Linearisation, workers: int, duals: Floats, begin: Ints) -> Ints:
    """Return the resources whose loads go into the blocks, ascending."""
    program = linear.program
    worth = np.zeros(len(linear.group_row) // workers)
    for group in np.flatnonzero(linear.group_row >= 0).tolist():
        row = linear.group_row[group]
        entries = slice(begin[row], begin[row + 1])
        column, value = program.column[entries], program.value[entries]
        if ((column >= linear.first_wait) & (column < linear.first_piece)).any():
            worth[group // workers] = -np.inf  # links reach beyond one worker's arcs
        elif (value[column < linear.first_wait] > 1).any():
            worth[group // workers] += abs(duals[row]) * linear.group_limit[group] + 1
    chosen = np.argsort(-worth, kind="stable")[:_LOADS]
    return np.sort(chosen[worth[chosen] > 0])


def _load(linear: Linearisation, group: int, column: Ints, begin: Ints) -> Load:
    program, row = linear.program, int(linear.group_row[group])
    if row < 0:
        return Load.none(len(column))
    entries = slice(begin[row], begin[row + 1])
    mine, value = program.column[entries], program.value[entries]
    uses = np.zeros(program.columns, np.int64)
    uses[mine] = value
    use = uses[column]
    low, high = np.searchsorted(linear.piece_group, [group, group + 1])
    piece = linear.first_piece + np.arange(low, high)
    at = linear.piece_at[low:high]
    width = np.diff(at, append=linear.group_limit[group])
    limit = int(program.upper[row] + width.sum())
    capped = np.flatnonzero(program.most[piece] < width)
    if len(capped):
        limit = int(at[capped[0]] + program.most[piece[capped[0]]])
    unit = int(np.gcd.reduce(use)) or 1
    return Load(
        group=group,
        row=row,
        unit=unit,
        use=use // unit,
        piece=piece,
        at=at,
        width=width,
        most=min(limit, int(use.sum())) // unit,
    )
