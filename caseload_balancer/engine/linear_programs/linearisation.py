"""One tier of the arrays, under ceilings on the tiers before it, as a linear program.

Convex costs become *pieces*: columns between two breakpoints with the slope there. The groups
become links (see `links`). With the options taken whole, the program is the tier itself; without,
it is its relaxation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from caseload_balancer.arrays import Arrays, Bools, Ints
from caseload_balancer.arrays.convex_costs import ConvexCosts, compile_costs, total_by_worker
from caseload_balancer.engine.linear_programs.group_columns import Links, link_groups
from caseload_balancer.engine.linear_programs.programs import LinearProgram


@dataclass(frozen=True, eq=False, kw_only=True)
class Linearisation:
    """A linear program with where its columns and rows come from.

    The columns are the arcs, the waiting units, the links, the rebates and the pieces, in this
    order; the first rows are the units'. Column ``first_piece + k`` is piece ``k``.

    Parameters
    ----------
    program
        The linear program.
    constant
        What to add to its objective to get the value of the tier.
    first_wait
        The number of arcs.
    waits
        Shape (waits,): the unit of each waiting column.
    link_of, arc_of, member_row
        Shape (members,): the columns of links and of the arcs that switch them on, and the rows
        that say so.
    first_piece
        The number of options, links and rebates.
    piece_cell, piece_at
        Shape (pieces,), ascending: the cell (``resource * workers + worker``) of each piece, and
        the use at which it begins.
    cell_row
        Shape (cells,): the row of each cell's use, -1 where nothing can stop or price it.
    cell_limit
        Shape (cells,): the largest use of each cell.
    """

    program: LinearProgram
    constant: int
    first_wait: int
    waits: Ints
    link_of: Ints
    arc_of: Ints
    member_row: Ints
    first_piece: int
    piece_cell: Ints
    piece_at: Ints
    cell_row: Ints
    cell_limit: Ints


class _Rows:
    """Collects rows and their entries."""

    def __init__(self) -> None:
        self.count = 0
        self._upper: list[Ints] = []
        self._equal: list[Bools] = []
        self._entries: list[tuple[Ints, Ints, Ints]] = []

    def add(
        self, upper: Ints, row: Ints, column: Ints, value: Ints, *, equal: bool = False
    ) -> None:
        """Add rows with right-hand sides `upper`; `row` counts from the first of them."""
        self._entries.append((row + self.count, column, value))
        self._upper.append(upper)
        self._equal.append(np.full(len(upper), equal))
        self.count += len(upper)

    def program(self, cost: Ints, most: Ints) -> LinearProgram:
        """Return the program of all rows."""
        row, column, value = (np.concatenate(part) for part in zip(*self._entries, strict=True))
        order = np.lexsort((column, row))
        return LinearProgram(
            cost=cost,
            most=most,
            upper=np.concatenate(self._upper),
            equal=np.concatenate(self._equal),
            row=row[order],
            column=column[order],
            value=value[order],
        )


@dataclass(frozen=True, eq=False)
class _Pieces:
    cell: Ints
    at: Ints
    width: Ints
    cost: Ints
    free: Ints
    """Shape (cells,): the use that costs nothing."""


def linearise(arrays: Arrays, tier: int, ceilings: Sequence[int]) -> Linearisation:
    """Build the linear program of `tier` with each earlier tier at most its ceiling."""
    links = link_groups(arrays)
    waits = np.flatnonzero(arrays.may_wait)
    relevant = (np.arange(arrays.tiers) <= tier).astype(np.int64)
    costs = compile_costs(arrays, relevant)
    pieces = _pieces(arrays, costs, tier)
    options = arrays.arcs + len(waits)
    first_rebate = options + len(links)
    first_piece = first_rebate + links.rebate.shape[1]
    cost = np.concatenate(
        [
            links.arc_cost[: tier + 1],
            arrays.wait_cost[: tier + 1, waits],
            links.cost[: tier + 1],
            links.rebate[: tier + 1],
            pieces.cost,
        ],
        axis=1,
    )
    most = np.concatenate([np.ones(first_piece, np.int64), pieces.width])
    rows = _Rows()
    unit = np.concatenate([arrays.arc_unit, waits])
    one = np.ones(options, np.int64)
    rows.add(np.ones(arrays.units, np.int64), unit, np.arange(options), one, equal=True)
    cell_row = _add_uses(rows, arrays, links, costs, pieces, options, first_piece)
    member_row = rows.count + np.arange(len(links.arc))
    _add_links(rows, links, options)
    for earlier in range(tier):
        room = ceilings[earlier] - int(links.constant[earlier])
        _cap_columns(most, arrays, earlier, pieces, waits, ceilings[earlier])
        priced = np.flatnonzero((cost[earlier] != 0) & (most > 0))
        rows.add(np.array([room]), np.zeros_like(priced), priced, cost[earlier, priced])
    if arrays.budget is not None:
        spent = np.flatnonzero(arrays.arc_budget)
        upper = np.array([arrays.budget])
        rows.add(upper, np.zeros_like(spent), spent, arrays.arc_budget[spent])
    return Linearisation(
        program=rows.program(cost[tier], most),
        constant=int(links.constant[tier]),
        first_wait=arrays.arcs,
        waits=waits,
        link_of=options + np.repeat(np.arange(len(links)), np.diff(links.start)),
        arc_of=links.arc,
        member_row=member_row,
        first_piece=first_piece,
        piece_cell=pieces.cell,
        piece_at=pieces.at,
        cell_row=cell_row,
        cell_limit=costs.reach,
    )


def _pieces(arrays: Arrays, costs: ConvexCosts, tier: int) -> _Pieces:
    cell = np.repeat(np.arange(costs.cells), np.diff(costs.start))
    end = np.append(costs.at[1:], 0)
    last = costs.start[1:] - 1
    end[last] = costs.reach
    width = end - costs.at
    free = np.zeros(costs.cells, np.int64)
    np.add.at(free, cell, np.where(costs.slope == 0, width, 0))
    kept = np.flatnonzero((costs.slope > 0) & (width > 0))
    own = np.zeros((tier + 1, len(kept)), np.int64)
    for number in range(tier + 1):
        weights = (np.arange(arrays.tiers) == number).astype(np.int64)
        alone = compile_costs(arrays, weights)
        rise = alone.cost(cell[kept], end[kept]) - alone.cost(cell[kept], costs.at[kept])
        own[number] = rise // width[kept]
    return _Pieces(cell[kept], costs.at[kept], width[kept], own, free)


def _add_uses(
    rows: _Rows,
    arrays: Arrays,
    links: Links,
    costs: ConvexCosts,
    pieces: _Pieces,
    first_link: int,
    first_piece: int,
) -> Ints:
    """Add a row for the use of each cell that can be stopped or priced; return their rows."""
    everything = total_by_worker(arrays.workers, arrays.arc_worker, links.arc_use)
    everything += total_by_worker(arrays.workers, links.worker, links.use)
    needed = everything.ravel() > arrays.limit.ravel()
    needed[pieces.cell] = True
    number = np.where(needed, np.cumsum(needed) - 1, -1)
    entries = [(number[pieces.cell], first_piece + np.arange(len(pieces.at)), -1)]
    for resource in range(arrays.resources):
        of_worker = number[resource * arrays.workers : (resource + 1) * arrays.workers]
        for uses, worker, first in (
            (links.arc_use[resource], arrays.arc_worker, 0),
            (links.use[resource], links.worker, first_link),
        ):
            used = np.flatnonzero((uses > 0) & (of_worker[worker] >= 0))
            entries.append((of_worker[worker[used]], first + used, uses[used]))
    cell_row = np.where(needed, number + rows.count, -1)
    without_pieces = np.ones(costs.cells, np.bool_)
    without_pieces[pieces.cell] = False
    room = np.where(without_pieces, arrays.limit.ravel(), pieces.free)
    rows.add(
        room[needed],
        np.concatenate([row for row, _, _ in entries]),
        np.concatenate([column for _, column, _ in entries]),
        np.concatenate([np.broadcast_to(use, len(row)) for row, _, use in entries]),
    )
    return cell_row


def _add_links(rows: _Rows, links: Links, first_link: int) -> None:
    """Let each arc switch its links on, and no rebate be earned without an arc."""
    member = np.arange(len(links.arc))
    link = np.repeat(np.arange(len(links)), np.diff(links.start))
    rows.add(
        np.zeros(len(member), np.int64),
        np.concatenate([member, member]),
        np.concatenate([links.arc, first_link + link]),
        np.repeat([1, -1], len(member)),
    )
    rebates = links.rebate.shape[1]
    earner = np.repeat(np.arange(rebates), np.diff(links.rebate_start))
    rows.add(
        np.zeros(rebates, np.int64),
        np.concatenate([earner, np.arange(rebates)]),
        np.concatenate([links.rebate_arc, first_link + len(links) + np.arange(rebates)]),
        np.repeat([-1, 1], [len(earner), rebates]),
    )


def _cap_columns(
    most: Ints, arrays: Arrays, tier: int, pieces: _Pieces, waits: Ints, ceiling: int
) -> None:
    """Lower what options and pieces may be at most where a ceiling leaves no room for more.

    In place. Every assignment costs at least the cheapest option of each unit.
    """
    unit = np.concatenate([arrays.arc_unit, waits])
    cost = np.concatenate([arrays.arc_cost[tier], arrays.wait_cost[tier, waits]])
    cheapest = np.full(arrays.units, np.iinfo(np.int64).max)
    np.minimum.at(cheapest, unit, cost)
    room = max(0, ceiling - int(cheapest.sum()))
    for beyond, part in (
        (cost - cheapest[unit], most[: len(cost)]),
        (pieces.cost[tier], most[len(most) - len(pieces.at) :]),
    ):
        dear = np.flatnonzero(beyond > 0)
        part[dear] = np.minimum(part[dear], room // beyond[dear])
