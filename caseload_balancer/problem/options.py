"""What each unit can do: stay, go to a worker, or wait."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.index import NOBODY


@dataclass(frozen=True, eq=False)
class Options:
    """The arcs of each unit, and whether it may wait.

    Parameters
    ----------
    start
        Shape (units + 1,): the arcs of unit ``u`` are ``start[u]:start[u + 1]``.
    worker
        Shape (arcs,), ascending within a unit.
    may_wait
        Shape (units,).
    stay
        Shape (units,): the holder where the unit can stay, else `NOBODY`.
    """

    start: Ints
    worker: Ints
    may_wait: Bools
    stay: Ints

    @property
    def unit(self) -> Ints:
        """Shape (arcs,): the unit of each arc."""
        return np.repeat(np.arange(len(self.may_wait), dtype=np.int64), np.diff(self.start))


@dataclass(frozen=True, eq=False)
class CasePairs:
    """Arcs spread over the cases of their units; every array has shape (pairs,).

    Parameters
    ----------
    arc, case, worker
        Number of the arc, of one case of its unit, and of its worker.
    """

    arc: Ints
    case: Ints
    worker: Ints


def spread_over_cases(facts: Facts, options: Options) -> CasePairs:
    """Spread the arcs over the cases of their units."""
    sizes = np.array([len(cases) for cases in facts.groups.unit_cases], np.int64)
    first = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    members = np.array([case for cases in facts.groups.unit_cases for case in cases], np.int64)
    unit = options.unit
    of_arc = sizes[unit]
    arc = np.repeat(np.arange(len(unit), dtype=np.int64), of_arc)
    ends = np.cumsum(of_arc)
    within = np.arange(len(arc), dtype=np.int64) - np.repeat(ends - of_arc, of_arc)
    return CasePairs(arc, members[first[unit[arc]] + within], options.worker[arc])


def find_options(facts: Facts) -> Options:
    """Find what each unit can do under the rules on who may hold what."""
    groups = facts.groups
    order = np.array([case for cases in groups.unit_cases for case in cases], np.int64)
    sizes = np.array([len(cases) for cases in groups.unit_cases], np.int64)
    firsts = np.concatenate([[0], np.cumsum(sizes)])[:-1].astype(np.int64)
    goes = (
        np.logical_and.reduceat(facts.can_be_given[order], firsts, axis=0)
        if len(order)
        else np.zeros((0, len(facts.index.workers)), np.bool_)
    )
    held = groups.holder != NOBODY
    stays = facts.stays[order[firsts]]
    in_progress = (
        np.logical_or.reduceat(facts.in_progress[order], firsts)
        if len(order)
        else np.zeros(0, np.bool_)
    )
    goes[groups.locked | in_progress] = False
    goes[held, groups.holder[held]] = False
    goes[stays, groups.holder[stays]] = True
    unit, worker = np.nonzero(goes)
    return Options(
        start=np.searchsorted(unit, np.arange(groups.units + 1)).astype(np.int64),
        worker=worker.astype(np.int64),
        may_wait=~stays,
        stay=np.where(stays, groups.holder, NOBODY),
    )
