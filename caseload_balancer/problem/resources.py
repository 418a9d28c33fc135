"""What an allocation uses of a worker: children, points, court groups, new and arriving groups."""

from __future__ import annotations

from enum import IntEnum
from fractions import Fraction
from math import floor

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.arrays.convex_costs import total_by_worker
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.index import NOBODY
from caseload_balancer.problem.load_costs import points_limit
from caseload_balancer.problem.options import Options


class Resource(IntEnum):
    """The rows of the arrays' resource axis."""

    CHILDREN = 0
    POINTS = 1
    COURT = 2
    NEW = 3
    ARRIVING = 4


COUNTED_ONCE_A_GROUP = (False, False, True, True, True)
"""Whether siblings of one group at one worker use a resource once."""


def unit_totals(facts: Facts, per_case: Ints) -> Ints:
    """Add up a figure of cases over each unit, shape (units,)."""
    total = np.zeros(facts.groups.units, np.int64)
    np.add.at(total, facts.groups.unit_of_case, per_case)
    return total


def measure_use(facts: Facts, options: Options) -> Ints:
    """Return what each arc uses of each resource, shape (resources, arcs)."""
    unit = options.unit
    use = np.zeros((len(Resource), len(unit)), np.int64)
    children = unit_totals(facts, np.ones(len(facts.index.cases), np.int64))
    use[Resource.CHILDREN] = children[unit]
    use[Resource.POINTS] = unit_totals(facts, facts.points)[unit]
    in_court = unit_totals(facts, facts.in_court.astype(np.int64)) > 0
    use[Resource.COURT] = in_court[unit]
    arrives = facts.groups.holder[unit] != options.worker
    arrives &= ~_holds_a_sibling(facts, unit, options.worker)
    use[Resource.NEW] = arrives & (facts.groups.holder[unit] == NOBODY)
    use[Resource.ARRIVING] = arrives
    return use


def _holds_a_sibling(facts: Facts, unit: Ints, worker: Ints) -> Bools:
    """Say for each pair whether the worker holds another part of the unit's group already."""
    workers = len(facts.index.workers)
    split = [one for units in facts.groups.split for one in units]
    held = [one for one in split if facts.groups.holder[one] != NOBODY]
    pairs = facts.groups.unit_group[held] * workers + facts.groups.holder[held]
    return np.isin(facts.groups.unit_group[unit] * workers + worker, pairs)


def measure_limits(facts: Facts, options: Options, use: Ints) -> Ints:
    """Return the hard limit of each resource and worker, shape (resources, workers).

    A worker who is over a limit at the start may stay as far over it, and no further.
    """
    workers = len(facts.index.workers)
    staying = options.worker == options.stay[options.unit]
    base = total_by_worker(workers, options.worker[staying], use[:, staying])
    unlimited = total_by_worker(workers, options.worker, use)
    return limits_beside(facts, base, unlimited)


def limits_beside(facts: Facts, base: Ints, unlimited: Ints) -> Ints:
    """Return the hard limits given what can stay, shape (resources, workers).

    Parameters
    ----------
    base
        Shape (resources, workers): use by what can stay with its holder.
    unlimited
        Shape (resources, workers): what stands where the policy sets no limit.
    """
    limit = unlimited.copy()
    limit[Resource.CHILDREN] = np.maximum(facts.presence.cap, base[Resource.CHILDREN])
    limit[Resource.COURT] = np.maximum(facts.policy.limits.court_families, base[Resource.COURT])
    for number, worker in enumerate(facts.index.workers):
        points = points_limit(facts, number)
        if points is not None:
            limit[Resource.POINTS, number] = max(points, int(base[Resource.POINTS, number]))
        weekly = _weekly_intake(facts, number)
        if weekly is not None:
            limit[Resource.NEW, number] = weekly
        if worker.max_new is not None:
            limit[Resource.ARRIVING, number] = worker.max_new
    return limit


def _weekly_intake(facts: Facts, worker: int) -> int | None:
    limits = facts.policy.limits
    if limits.new_families_per_month_per_open is None:
        return None
    a_month = int(facts.children_held[worker]) * Fraction(limits.new_families_per_month_per_open)
    return max(limits.new_families_at_least, floor(a_month * 12 / 52))
