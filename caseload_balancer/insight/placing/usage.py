"""What an allocation uses of each worker, counted case by case.

The same quantities as the arrays' (docs/mathematics.md, section 3), for questions that cannot
wait until the arrays of a whole county are built.
"""

from __future__ import annotations

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.index import NOBODY
from caseload_balancer.problem.resources import Resource


def measure_usage(facts: Facts, worker: Ints) -> Ints:
    """Return each worker's use of each resource, shape (resources, workers).

    Parameters
    ----------
    worker
        Shape (cases,): number of the worker of each case, or `NOBODY`.
    """
    workers = len(facts.index.workers)
    held = worker != NOBODY
    use = np.zeros((len(Resource), workers), np.int64)
    use[Resource.CHILDREN] = np.bincount(worker[held], minlength=workers)
    np.add.at(use[Resource.POINTS], worker[held], facts.points[held])
    pair = facts.groups.group * workers + worker
    had = np.unique(
        facts.groups.group[facts.holder != NOBODY] * workers + facts.holder[facts.holder != NOBODY]
    )
    arrives = held & ~np.isin(pair, had)
    for resource, counted in (
        (Resource.COURT, held & facts.in_court),
        (Resource.NEW, arrives & (facts.holder == NOBODY)),
        (Resource.ARRIVING, arrives),
    ):
        use[resource] = _groups(pair, counted, workers)
    return use


def _groups(pair: Ints, counted: Bools, workers: int) -> Ints:
    """Count for each worker the groups that have a counted case there."""
    return np.bincount(np.unique(pair[counted]) % workers, minlength=workers).astype(np.int64)


def start_of(facts: Facts) -> Ints:
    """Return who has each case when everybody who can stays, shape (cases,)."""
    locked = facts.groups.locked[facts.groups.unit_of_case]
    return np.where(facts.holder_can_go_on | locked, facts.holder, NOBODY)
