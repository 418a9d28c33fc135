"""One tier of the arrays, under ceilings on the tiers before it, as a linear program.

Convex costs become *segments*: columns between two breakpoints with the slope there. The costs of
groups become indicator columns (see `group_columns`). With the options taken whole, the program is
the tier itself; without, it is its relaxation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from caseload_balancer.arrays import Arrays, Bools, Ints
from caseload_balancer.arrays.convex_costs import ConvexCosts, compile_costs, total_by_worker
from caseload_balancer.engine.linear_programs.group_columns import GroupColumns, build_group_columns
from caseload_balancer.engine.linear_programs.programs import LinearProgram


@dataclass(frozen=True, eq=False, kw_only=True)
class Linearisation:
    """A linear program with where its columns and rows come from.

    The columns are the arcs, the waiting units, the indicators, the rebates and the segments, in
    this order; the first rows are the units'. Column ``first_segment + k`` is segment ``k``.

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
    indicator_of, arc_of, member_row
        Shape (members,): the columns of indicators and of the arcs that switch them on, and the
        rows that say so.
    first_segment
        The number of options, indicators and rebates.
    segment_cell, segment_start
        Shape (segments,), ascending: the cell (``resource * workers + worker``) of each segment,
        and the use at which it begins.
    cell_row
        Shape (cells,): the row of each cell's use, -1 where it has no cost and no limit in reach.
    cell_limit
        Shape (cells,): the largest use of each cell.
    """

    program: LinearProgram
    constant: int
    first_wait: int
    waits: Ints
    indicator_of: Ints
    arc_of: Ints
    member_row: Ints
    first_segment: int
    segment_cell: Ints
    segment_start: Ints
    cell_row: Ints
    cell_limit: Ints

    @property
    def only_loads(self) -> bool:
        """Whether every row is that of a unit or of a load: no groups, no earlier tiers."""
        loads = int((self.cell_row >= 0).sum())
        return self.program.rows == int(self.program.equal.sum()) + loads


class _RowBuilder:
    """Collects rows and their entries."""

    def __init__(self) -> None:
        self.count = 0
        self._rhs: list[Ints] = []
        self._equal: list[Bools] = []
        self._entries: list[tuple[Ints, Ints, Ints]] = []

    def add(self, rhs: Ints, row: Ints, column: Ints, value: Ints, *, equal: bool = False) -> None:
        """Add rows with right-hand sides `rhs`; `row` counts from the first of them."""
        self._entries.append((row + self.count, column, value))
        self._rhs.append(rhs)
        self._equal.append(np.full(len(rhs), equal))
        self.count += len(rhs)

    def program(self, cost: Ints, most: Ints) -> LinearProgram:
        """Return the program of all rows."""
        row, column, value = (np.concatenate(part) for part in zip(*self._entries, strict=True))
        order = np.lexsort((column, row))
        return LinearProgram(
            cost=cost,
            upper=most,
            rhs=np.concatenate(self._rhs),
            equal=np.concatenate(self._equal),
            row=row[order],
            column=column[order],
            value=value[order],
        )


@dataclass(frozen=True, eq=False)
class _Segments:
    cell: Ints
    at: Ints
    width: Ints
    cost: Ints
    free: Ints
    """Shape (cells,): the use that costs nothing."""


def linearise(arrays: Arrays, tier: int, ceilings: Sequence[int]) -> Linearisation:
    """Build the linear program of `tier` with each earlier tier at most its ceiling."""
    group_columns = build_group_columns(arrays)
    waits = np.flatnonzero(arrays.may_wait)
    relevant = (np.arange(arrays.tiers) <= tier).astype(np.int64)
    costs = compile_costs(arrays, relevant)
    segments = _segments(arrays, costs, tier)
    options = arrays.arcs + len(waits)
    first_rebate = options + len(group_columns)
    first_segment = first_rebate + group_columns.rebate.shape[1]
    cost = np.concatenate(
        [
            group_columns.arc_cost[: tier + 1],
            arrays.wait_cost[: tier + 1, waits],
            group_columns.cost[: tier + 1],
            group_columns.rebate[: tier + 1],
            segments.cost,
        ],
        axis=1,
    )
    most = np.concatenate([np.ones(first_segment, np.int64), segments.width])
    rows = _RowBuilder()
    unit = np.concatenate([arrays.arc_unit, waits])
    one = np.ones(options, np.int64)
    rows.add(np.ones(arrays.units, np.int64), unit, np.arange(options), one, equal=True)
    cell_row = _add_uses(rows, arrays, group_columns, costs, segments, options, first_segment)
    member_row = rows.count + np.arange(len(group_columns.arc))
    _add_group_columns(rows, group_columns, options)
    for earlier in range(tier):
        room = ceilings[earlier] - int(group_columns.constant[earlier])
        _cap_columns(most, arrays, earlier, segments, waits, ceilings[earlier])
        priced = np.flatnonzero((cost[earlier] != 0) & (most > 0))
        rows.add(np.array([room]), np.zeros_like(priced), priced, cost[earlier, priced])
    if arrays.budget is not None:
        spent = np.flatnonzero(arrays.arc_budget)
        rhs = np.array([arrays.budget])
        rows.add(rhs, np.zeros_like(spent), spent, arrays.arc_budget[spent])
    return Linearisation(
        program=rows.program(cost[tier], most),
        constant=int(group_columns.constant[tier]),
        first_wait=arrays.arcs,
        waits=waits,
        indicator_of=options
        + np.repeat(np.arange(len(group_columns)), np.diff(group_columns.start)),
        arc_of=group_columns.arc,
        member_row=member_row,
        first_segment=first_segment,
        segment_cell=segments.cell,
        segment_start=segments.at,
        cell_row=cell_row,
        cell_limit=costs.reach,
    )


def _segments(arrays: Arrays, costs: ConvexCosts, tier: int) -> _Segments:
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
    return _Segments(cell[kept], costs.at[kept], width[kept], own, free)


def _add_uses(
    rows: _RowBuilder,
    arrays: Arrays,
    group_columns: GroupColumns,
    costs: ConvexCosts,
    segments: _Segments,
    first_indicator: int,
    first_segment: int,
) -> Ints:
    """Add a row for the use of each cell with a cost or a limit in reach; return the rows."""
    everything = total_by_worker(arrays.workers, arrays.arc_worker, group_columns.arc_use)
    everything += total_by_worker(arrays.workers, group_columns.worker, group_columns.use)
    needed = everything.ravel() > arrays.limit.ravel()
    needed[segments.cell] = True
    number = np.where(needed, np.cumsum(needed) - 1, -1)
    entries = [(number[segments.cell], first_segment + np.arange(len(segments.at)), -1)]
    for resource in range(arrays.resources):
        of_worker = number[resource * arrays.workers : (resource + 1) * arrays.workers]
        for uses, worker, first in (
            (group_columns.arc_use[resource], arrays.arc_worker, 0),
            (group_columns.use[resource], group_columns.worker, first_indicator),
        ):
            used = np.flatnonzero((uses > 0) & (of_worker[worker] >= 0))
            entries.append((of_worker[worker[used]], first + used, uses[used]))
    cell_row = np.where(needed, number + rows.count, -1)
    without_segments = np.ones(costs.cells, np.bool_)
    without_segments[segments.cell] = False
    room = np.where(without_segments, arrays.limit.ravel(), segments.free)
    rows.add(
        room[needed],
        np.concatenate([row for row, _, _ in entries]),
        np.concatenate([column for _, column, _ in entries]),
        np.concatenate([np.broadcast_to(use, len(row)) for row, _, use in entries]),
    )
    return cell_row


def _add_group_columns(
    rows: _RowBuilder, group_columns: GroupColumns, first_indicator: int
) -> None:
    """Have each arc taken set its indicators to 1, and each rebate need an arc taken."""
    member = np.arange(len(group_columns.arc))
    indicator = np.repeat(np.arange(len(group_columns)), np.diff(group_columns.start))
    rows.add(
        np.zeros(len(member), np.int64),
        np.concatenate([member, member]),
        np.concatenate([group_columns.arc, first_indicator + indicator]),
        np.repeat([1, -1], len(member)),
    )
    rebates = group_columns.rebate.shape[1]
    earner = np.repeat(np.arange(rebates), np.diff(group_columns.rebate_start))
    rows.add(
        np.zeros(rebates, np.int64),
        np.concatenate([earner, np.arange(rebates)]),
        np.concatenate(
            [group_columns.rebate_arc, first_indicator + len(group_columns) + np.arange(rebates)]
        ),
        np.repeat([-1, 1], [len(earner), rebates]),
    )


def _cap_columns(
    most: Ints, arrays: Arrays, tier: int, segments: _Segments, waits: Ints, ceiling: int
) -> None:
    """Lower the upper bounds of options and segments where a ceiling leaves no room for more.

    In place. Every assignment costs at least the cheapest option of each unit.
    """
    unit = np.concatenate([arrays.arc_unit, waits])
    cost = np.concatenate([arrays.arc_cost[tier], arrays.wait_cost[tier, waits]])
    cheapest = np.full(arrays.units, np.iinfo(np.int64).max)
    np.minimum.at(cheapest, unit, cost)
    room = max(0, ceiling - int(cheapest.sum()))
    for beyond, part in (
        (cost - cheapest[unit], most[: len(cost)]),
        (segments.cost[tier], most[len(most) - len(segments.at) :]),
    ):
        dear = np.flatnonzero(beyond > 0)
        part[dear] = np.minimum(part[dear], room // beyond[dear])
