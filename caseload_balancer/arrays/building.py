"""Build arrays from plain lists or numpy arrays, with every mistake named at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from caseload_balancer.arrays.checks import agreement_problems, raise_problems
from caseload_balancer.arrays.definition import (
    WAITING,
    Arrays,
    Bools,
    Breakpoints,
    Ints,
    UnitGroups,
    starts_of,
)
from caseload_balancer.arrays.texts import LARGEST

_WHOLE: Final = f"must be whole numbers within {LARGEST}"


def build_arrays(
    *,
    unit: ArrayLike,
    worker: ArrayLike,
    use: ArrayLike,
    cost: ArrayLike,
    limit: ArrayLike,
    wait_cost: ArrayLike,
    may_wait: ArrayLike = True,
    start: ArrayLike | None = None,
    shared: ArrayLike = False,
    breakpoints: ArrayLike = (),
    groups: Sequence[Sequence[int]] = (),
    group_cost: ArrayLike = (),
    arc_budget: ArrayLike = 0,
    budget: int | None = None,
    slack_abs: ArrayLike = 0,
    slack_rel: ArrayLike = 0,
) -> Arrays:
    """Build the arrays of one problem from its arcs, in any order.

    Lists do as well as numpy arrays. Where there is one tier only, or one resource, its row alone
    does for the matrix; a single number stands for as many of it as there should be where the
    default is one.

    Parameters
    ----------
    unit, worker
        Shape (arcs,): which unit may go to which worker, each pair once. Both are numbered from
        0.
    use
        Shape (resources, arcs), 0 or more: what an arc uses of each resource of its worker.
    cost
        Shape (tiers, arcs): what an arc costs in each tier. The first tier matters most.
    limit
        Shape (resources, workers), 0 or more: the most a worker may use. There is one resource
        at least; where nothing is limited, its use can be 0.
    wait_cost
        Shape (tiers, units): what a unit costs that waits.
    may_wait
        Shape (units,): whether the unit may wait; by default all may.
    start
        Shape (units,): a feasible assignment, a worker or `WAITING` for each unit. By default all
        wait, so it is needed where some unit must not.
    shared
        Shape (resources,): whether the units of a group at one worker use the largest use among
        them, not the sum.
    breakpoints
        Shape (breakpoints, 5), convex costs of use: each row ``(tier, resource, worker, at, step)``
        adds ``step`` for every unit of use beyond ``at``.
    groups, group_cost
        The units of each group, a unit in one at most; and shape (tiers, groups), 0 or more: what
        each worker beyond the first costs who holds units of the group.
    arc_budget, budget
        Shape (arcs,), 0 or more, and the most that the chosen arcs may add up to; None for no
        such limit.
    slack_abs, slack_rel
        Shape (tiers,), 0 or more: by how much, and by how many thousandths, later tiers may make
        a tier worse than it was settled.

    Returns
    -------
    Arrays
        Ready to be solved.

    Raises
    ------
    DataError
        When these are no problem: every mistake of one kind at once, each with the name of its
        parameter or of the field it became.
    """
    given = _Given()
    limits = given.matrix("limit", limit)
    if len(limits) == 0:
        given.problems.append(("limit", "must have one row a resource, at least one"))
    waits = given.matrix("wait_cost", wait_cost)
    arcs, units = given.length("unit", unit), waits.shape[1]
    of_unit, to_worker = given.row("unit", unit, arcs), given.row("worker", worker, arcs)
    if ((of_unit < 0) | (of_unit >= units)).any():
        given.problems.append(("unit", f"must be from 0 to {units - 1}"))
    uses = given.matrix("use", use, rows=len(limits), columns=arcs)
    costs = given.matrix("cost", cost, rows=len(waits), columns=arcs)
    spent = given.row("arc_budget", arc_budget, arcs)
    flags = given.flags("may_wait", may_wait, units), given.flags("shared", shared, len(limits))
    slack = [
        given.row(name, one, len(waits))
        for name, one in (("slack_abs", slack_abs), ("slack_rel", slack_rel))
    ]
    begin = given.row("start", WAITING if start is None else start, units)
    points = _breakpoints(given, breakpoints)
    grouped = _groups(given, groups, group_cost, len(waits))
    most = None if budget is None else int(given.row("budget", budget, 1)[0])
    raise_problems(given.problems)
    order = np.lexsort((to_worker, of_unit))
    sizes = np.bincount(of_unit, minlength=units)
    arrays = Arrays(
        arc_start=starts_of(sizes),
        arc_worker=to_worker[order],
        arc_use=uses[:, order],
        arc_cost=costs[:, order],
        wait_cost=waits,
        may_wait=flags[0],
        limit=limits,
        shared=flags[1],
        breakpoints=points,
        groups=grouped,
        arc_budget=spent[order],
        budget=most,
        slack_abs=slack[0],
        slack_rel=slack[1],
        start=begin,
    )
    raise_problems(agreement_problems(arrays))
    return arrays


def generalised_assignment(cost: ArrayLike, use: ArrayLike, capacity: ArrayLike) -> Arrays:
    """Build a generalised assignment problem: every item to one agent, at the least cost.

    Items are the units, agents the workers. A solve starts from a feasible assignment, and none
    is known here: so every item may be left over, at a cost of 1 in a tier of its own before the
    costs. The problem has an assignment of all items exactly when that tier can be 0.

    Parameters
    ----------
    cost, use
        Shape (agents, items): what it costs to give an item to an agent, and what that uses of
        the agent's capacity, 0 or more.
    capacity
        Shape (agents,), 0 or more.

    Returns
    -------
    Arrays
        Of two tiers: the items left over, and the cost. An agent whose capacity an item passes
        by itself has no arc from it.

    Raises
    ------
    DataError
        When shapes or numbers are not as they should be: every mistake of one kind at once.
    """
    given = _Given()
    room = given.row("capacity", capacity, given.length("capacity", capacity))
    costs = given.matrix("cost", cost, rows=len(room))
    uses = given.matrix("use", use, rows=len(room), columns=costs.shape[1])
    given.problems += [
        (name, "must be 0 or more")
        for name, numbers in (("use", uses), ("capacity", room))
        if (numbers < 0).any()
    ]
    raise_problems(given.problems)
    item, agent = np.nonzero(room >= uses.T)
    items = costs.shape[1]
    return build_arrays(
        unit=item,
        worker=agent,
        use=uses[agent, item],
        cost=[np.zeros(len(item), np.int64), costs[agent, item]],
        limit=room,
        wait_cost=[np.ones(items, np.int64), np.zeros(items, np.int64)],
    )


def _breakpoints(given: _Given, rows: ArrayLike) -> Breakpoints:
    if np.size(rows) == 0:
        return Breakpoints.none()
    columns = np.ascontiguousarray(given.matrix("breakpoints", rows, columns=5).T)
    return Breakpoints(
        tier=columns[0], resource=columns[1], worker=columns[2], at=columns[3], step=columns[4]
    )


def _groups(
    given: _Given, groups: Sequence[Sequence[int]], cost: ArrayLike, tiers: int
) -> UnitGroups:
    if len(groups) == 0:
        return UnitGroups.none(tiers)
    sizes = [len(units) for units in groups]
    return UnitGroups(
        start=starts_of(sizes),
        unit=given.row("groups", [unit for units in groups for unit in units], sum(sizes)),
        cost=given.matrix("group_cost", cost, rows=tiers, columns=len(groups)),
    )


class _Given:
    """Turns what was given into arrays of the right shape, and collects what is wrong with it."""

    def __init__(self) -> None:
        self.problems: list[tuple[str, str]] = []

    def length(self, name: str, given: ArrayLike) -> int:
        """Return the length of a row whose length nothing else says."""
        return int(self._array(name, given).size)

    def row(self, name: str, given: ArrayLike, size: int) -> Ints:
        """Return a row of `size` whole numbers; zeros where it is not one."""
        return self._whole(name, self._shaped(name, self._array(name, given), (size,)))

    def flags(self, name: str, given: ArrayLike, size: int) -> Bools:
        """Return a row of `size` flags; false where it is not one."""
        found = self._shaped(name, self._array(name, given), (size,))
        if found.dtype != np.bool_:
            self._wrong(name, "must be true or false")
            return np.zeros(size, np.bool_)
        return np.array(found)

    def matrix(
        self, name: str, given: ArrayLike, rows: int | None = None, columns: int | None = None
    ) -> Ints:
        """Return a matrix of whole numbers; zeros where it is not one. A row is one of one row."""
        found = self._array(name, given)
        if found.ndim == 1:
            found = found[np.newaxis]
        if found.ndim != 2:
            self._wrong(name, "must be a row or a matrix")
            return np.zeros((rows or 1, columns or 0), np.int64)
        shape = (
            found.shape[0] if rows is None else rows,
            found.shape[1] if columns is None else columns,
        )
        return self._whole(name, self._shaped(name, found, shape))

    def _array(self, name: str, given: ArrayLike) -> NDArray[Any]:
        try:
            return np.asarray(given)
        except ValueError:
            self._wrong(name, "has rows of different lengths")
            return np.zeros(0, np.int64)

    def _shaped(self, name: str, found: NDArray[Any], shape: tuple[int, ...]) -> NDArray[Any]:
        if found.ndim == 0:
            return np.broadcast_to(found, shape)
        if found.shape != shape:
            self._wrong(name, f"has the shape {found.shape}, should have {shape}")
            return np.zeros(shape, found.dtype)
        return found

    def _whole(self, name: str, found: NDArray[Any]) -> Ints:
        nothing = np.zeros(found.shape, np.int64)
        if found.size == 0:
            return nothing
        if found.dtype.kind not in "iuf":
            self._wrong(name, _WHOLE)
            return nothing
        with np.errstate(invalid="ignore"):
            right = (np.abs(found) <= LARGEST) & (np.floor(found) == found)
        if not right.all():
            self._wrong(name, _WHOLE)
            return nothing
        return found.astype(np.int64)

    def _wrong(self, name: str, message: str) -> None:
        if name not in {field for field, _ in self.problems}:  # one mistake of a field is enough
            self.problems.append((name, message))
