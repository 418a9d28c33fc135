"""Where rows may clash: families nobody could hold whole, workers with too much locked to them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.index import NOBODY
from caseload_balancer.problem.load_costs import points_limit


def families_in_trouble(facts: Facts) -> Iterator[tuple[int, ...]]:
    """Yield groups of siblings, by number, that no single worker could hold without a breach."""
    members: dict[int, list[int]] = {}
    for case, group in enumerate(facts.groups.group.tolist()):
        members.setdefault(group, []).append(case)
    most = facts.presence.cap
    limits = [points_limit(facts, number) for number in range(len(facts.index.workers))]
    new = [worker.max_new for worker in facts.index.workers]
    for cases in members.values():
        able = facts.can_be_given[cases].copy()
        held = np.flatnonzero(facts.holder[cases] != NOBODY)
        holders = facts.holder[cases][held]
        able[held, holders] = facts.may_hold[cases][held, holders]
        stuck = [row for row in held if facts.index.cases[cases[row]].locked]
        for row in stuck:
            able[row] &= np.arange(len(most)) == facts.holder[cases[row]]
        no_court = facts.in_court[cases].any() and not facts.policy.limits.court_families
        suits = able.all(axis=0) & (most >= len(cases)) & (not no_court)
        points = int(facts.points[cases].sum())
        needs_one = facts.holder_can_go_on[cases].any() or facts.must_hold[cases].any() or stuck
        if needs_one and not any(
            (limits[w] is None or points <= (limits[w] or 0)) and (new[w] != 0 or w in holders)
            for w in np.flatnonzero(suits).tolist()
        ):
            yield tuple(cases)


def workers_in_trouble(facts: Facts) -> Iterator[tuple[int, ...]]:
    """Yield the locked cases of each worker who cannot hold them all without a breach."""
    locked = facts.groups.locked[facts.groups.unit_of_case]
    for worker in range(len(facts.index.workers)):
        cases = np.flatnonzero(locked & (facts.holder == worker))
        court = len(set(facts.groups.group[cases[facts.in_court[cases]]].tolist()))
        most = points_limit(facts, worker)
        if len(cases) and (
            len(cases) > facts.presence.cap[worker]
            or court > facts.policy.limits.court_families
            or not facts.may_hold[cases, worker].all()
            or (most is not None and facts.points[cases].sum() > most)
        ):
            yield tuple(cases.tolist())
