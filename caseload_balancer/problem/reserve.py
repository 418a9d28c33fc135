"""Places kept for the children who may not wait and are likely to come next week.

From how many came of late, team by team, and never from a guess about a child.
docs/mathematics.md, section 4, `reserve`.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

import numpy as np

from caseload_balancer.arrays import Ints
from caseload_balancer.domain import Worker

if TYPE_CHECKING:
    from caseload_balancer.problem.facts import Facts


def count_places_kept(facts: Facts) -> Ints:
    """Return how many of their last places workers keep, shape (workers,).

    As many in each team as must-hold children come in a week; with the workers who have the most
    places free, one place each before anybody keeps a second.
    """
    kept = np.zeros(len(facts.index.workers), np.int64)
    free = facts.presence.cap - facts.index.children_held
    for team_id, expected in sorted(_expected(facts).items(), key=lambda item: item[0] or ""):
        keepers = [
            number
            for number, worker in enumerate(facts.index.workers)
            if facts.presence.takes_cases[number] and _may_keep(facts, worker, team_id)
        ]
        keepers.sort(key=lambda number: (-int(free[number]), number))
        for turn in range(expected if keepers else 0):
            kept[keepers[turn % len(keepers)]] += 1
    return kept


def _expected(facts: Facts) -> dict[str | None, int]:
    """Return how many must-hold children come to each team in a week, to the nearest whole."""
    weeks, day = facts.policy.reserve.weeks, facts.index.snapshot.as_of
    after = day - timedelta(weeks=weeks)
    came = Counter(
        case.team_id
        for case, must in zip(facts.index.cases, facts.must_hold.tolist(), strict=True)
        if must and case.opened_on is not None and case.opened_on > after
    )
    return {team: floor(Fraction(count, weeks) + Fraction(1, 2)) for team, count in came.items()}


def _may_keep(facts: Facts, worker: Worker, team_id: str | None) -> bool:
    rules = facts.policy.eligibility
    registered = worker.role in rules.registered_roles and worker.role != "asye"
    return registered and (not team_id or not worker.team_ids or team_id in worker.team_ids)
