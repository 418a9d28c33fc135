"""What an allocation uses of each worker, and the limits it has to keep.

docs/mathematics.md, section 3. What siblings at one worker use together is `together`, everywhere
but in the engine, which has the arrays' own.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from caseload_balancer.arrays import Ints
from caseload_balancer.problem.concessions import passes_cap
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.index import NOBODY
from caseload_balancer.problem.kept_figures import kept
from caseload_balancer.problem.limits import CHILDREN, LIMITS, UNLIMITED, Full, Limit
from caseload_balancer.problem.refusals import Refusal


def together(limit: Limit, use: Ints, family: Ints, families: int) -> Ints:
    """Return what cases use together, by family: the largest of them or the sum.

    Parameters
    ----------
    use, family
        Shape (cases,): what each uses, and the number of its family (at one worker).
    families
        How many there are.

    Returns
    -------
    ndarray
        Shape (families,).
    """
    found = np.zeros(families, np.int64)
    (np.maximum if limit.once_a_family else np.add).at(found, family, use)
    return found


def measure_use(facts: Facts, worker: Ints) -> Ints:
    """Return each worker's use under each limit, shape (limits, workers).

    Parameters
    ----------
    worker
        Shape (cases,): number of the worker of each case, or `NOBODY`.
    """
    workers = len(facts.index.workers)
    held = np.flatnonzero(worker != NOBODY)
    pairs, family = np.unique(
        facts.groups.group[held] * workers + worker[held], return_inverse=True
    )
    use = np.zeros((len(LIMITS), workers), np.int64)
    for limit, total in zip(LIMITS, use, strict=True):
        of_case = limit.use(facts, held, worker[held])
        np.add.at(total, pairs % workers, together(limit, of_case, family, len(pairs)))
    return use


def measure_added(facts: Facts, cases: Sequence[int], workers: Ints, standing: Ints) -> Ints:
    """Return what children would use beside those who are there, shape (limits, workers asked).

    Parameters
    ----------
    cases
        Numbers of children of one group, who go together.
    workers
        Numbers of the workers who are asked.
    standing
        Shape (cases of the week,): who has each other case, or `NOBODY`.
    """
    group = facts.groups.group
    others = np.flatnonzero((group == group[cases[0]]) & (standing != NOBODY))
    others = others[~np.isin(others, cases)]
    there = standing[others]
    members = np.tile(np.array(cases, np.int64), len(workers))
    at = np.repeat(workers, len(cases))
    place = np.repeat(np.arange(len(workers)), len(cases))
    added = np.zeros((len(LIMITS), len(workers)), np.int64)
    for limit, row in zip(LIMITS, added, strict=True):
        row[:] = together(limit, limit.use(facts, members, at), place, len(workers))
        if limit.once_a_family and len(others):
            used = np.zeros(len(facts.index.workers), np.int64)
            np.maximum.at(used, there, limit.use(facts, others, there))
            row[:] = np.maximum(0, row - used[workers])
    return added


def start_of(facts: Facts) -> Ints:
    """Return who has each case when everybody who can stays, shape (cases,)."""
    return np.where(facts.stays, facts.holder, NOBODY)


@kept
def use_at_start(facts: Facts) -> Ints:
    """Return each worker's use when everybody who can stays, shape (limits, workers)."""
    return measure_use(facts, start_of(facts))


def measure_limits(facts: Facts, unlimited: Ints) -> Ints:
    """Return the hard limits, shape (limits, workers).

    A worker who is over a limit at the start may stay as far over it, and no further. A limit that
    gives way is none here: a goal counts what is over it.

    Parameters
    ----------
    unlimited
        Shape (limits, workers): what stands where there is no limit.
    """
    lifted = np.zeros((len(LIMITS), 1), np.int64)
    lifted[CHILDREN.row] = passes_cap(facts).sum()
    gives_way = np.array([[limit.gives_way] for limit in LIMITS], np.bool_)
    return np.where(gives_way, unlimited, limits_if_kept(facts, unlimited) + lifted)


def limits_beside(facts: Facts, unlimited: Ints, worker: Ints, cases: Sequence[int]) -> Ints:
    """Return the limits that some cases meet beside the others, shape (limits, workers).

    As `measure_limits`, but the cap is passed only by children who may pass it: those of `cases`,
    and those who are there.

    Parameters
    ----------
    unlimited
        As for `measure_limits`.
    worker
        Shape (cases of the week,): who has each other case, or `NOBODY`.
    """
    found = measure_limits(facts, unlimited)
    passes = passes_cap(facts)
    there = worker[passes & (worker != NOBODY)]
    passing = np.bincount(there, minlength=len(facts.index.workers))
    found[CHILDREN.row] += passing + int(passes[list(cases)].sum()) - int(passes.sum())
    return found


def limits_if_kept(facts: Facts, unlimited: Ints) -> Ints:
    """Return the limits, shape (limits, workers), as if none gave way; see `measure_limits`."""
    most = limits_as_set(facts)
    return np.where(most == UNLIMITED, unlimited, np.maximum(most, use_at_start(facts)))


@kept
def limits_as_set(facts: Facts) -> Ints:
    """Return the limits whoever is over them, shape (limits, workers); `UNLIMITED` for none."""
    workers = range(len(facts.index.workers))
    found = [[limit.most(facts, worker) for worker in workers] for limit in LIMITS]
    return np.array([[UNLIMITED if m is None else m for m in row] for row in found], np.int64)


def against_room(
    facts: Facts, worker: int, used: Ints, added: Ints, hard: Ints
) -> tuple[Refusal, ...]:
    """Return a refusal for each limit that `added` would break on top of `used`.

    Parameters
    ----------
    used, added, hard
        Shape (limits,), of the worker: what is held, what would come, and the hard limits.
    """
    name = facts.index.workers[worker].worker_id
    found = []
    for limit in LIMITS:
        have, more, allowed = (int(one[limit.row]) for one in (used, added, hard))
        most = limit.most(facts, worker)
        if most is not None and more > 0 and have + more > allowed:
            full = Full(worker_id=name, used=have, added=more, most=most, allowed=allowed)
            found.append(limit.refusal(full))
    return tuple(found)
