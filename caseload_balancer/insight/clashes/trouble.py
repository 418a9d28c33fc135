"""Where rows may clash: families nobody could hold whole, workers with too much locked to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.index import NOBODY
from caseload_balancer.problem.limits import LIMITS
from caseload_balancer.problem.use import limits_as_set, measure_added, measure_use


def families_in_trouble(facts: Facts) -> Iterator[tuple[int, ...]]:
    """Yield groups of siblings, by number, that no single worker could hold without a breach."""
    members: dict[int, list[int]] = {}
    for case, group in enumerate(facts.groups.group.tolist()):
        members.setdefault(group, []).append(case)
    most = limits_as_set(facts)
    for cases in members.values():
        locked = [case for case in cases if _is_locked(facts, case)]
        if facts.stays[cases].any() or facts.must_hold[cases].any() or locked:
            able = np.flatnonzero(_may_hold_all(facts, cases, locked))
            if not _has_room(facts, cases, able, most).any():
                yield tuple(cases)


def _is_locked(facts: Facts, case: int) -> bool:
    return facts.index.cases[case].locked and bool(facts.holder[case] != NOBODY)


def _may_hold_all(facts: Facts, cases: Sequence[int], locked: Sequence[int]) -> Bools:
    """Say who may hold all of the children, each with who holds it or may be given it."""
    holders = facts.holder[list(cases)]
    able = facts.can_be_given[list(cases)].copy()
    held = np.flatnonzero(holders != NOBODY)
    able[held, holders[held]] = facts.may_hold[list(cases)][held, holders[held]]
    suits: Bools = np.logical_and.reduce(able)
    for case in locked:
        suits &= np.arange(len(suits)) == facts.holder[case]
    return suits


def _has_room(facts: Facts, cases: Sequence[int], workers: Ints, most: Ints) -> Bools:
    """Say which workers could hold the children, with nobody beside them, under their limits.

    A limit that passes with the week and is the policy's is no row's doing.
    """
    nobody = np.full(len(facts.index.cases), NOBODY)
    fits = measure_added(facts, cases, workers, nobody) <= most[:, workers]
    lasting = [limit.row for limit in LIMITS if not (limit.passes and limit.table == "policy")]
    room: Bools = np.logical_and.reduce(fits[lasting])
    return room


def workers_in_trouble(facts: Facts) -> Iterator[tuple[int, ...]]:
    """Yield the locked cases of each worker who cannot hold them all without a breach."""
    locked = facts.locked & (facts.holder != NOBODY)
    over = measure_use(facts, np.where(locked, facts.holder, NOBODY)) > limits_as_set(facts)
    for worker in range(len(facts.index.workers)):
        cases = np.flatnonzero(locked & (facts.holder == worker))
        if len(cases) and (over[:, worker].any() or not facts.may_hold[cases, worker].all()):
            yield tuple(cases.tolist())
