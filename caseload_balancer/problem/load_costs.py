"""Goals that depend on what a worker holds: convex step costs, one function a goal.

Each returns, for one worker, the cost of every further unit of use: ``steps[i]`` is what use
``i + 1`` adds to use ``i``. Steps never fall, so the cost is convex.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from math import floor
from typing import Final

import numpy as np

from caseload_balancer.arrays import Ints
from caseload_balancer.policy import GoalName
from caseload_balancer.problem.exact_fractions import exactly
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.limits import ARRIVING, CHILDREN, LIMITS, POINTS, Limit
from caseload_balancer.problem.rates import imbalance_rate


def steps_beyond(limit: int, most: int) -> Ints:
    """Return a cost of 1 for every unit of use beyond `limit`."""
    return (np.arange(most) >= limit).astype(np.int64)


def imbalance_steps(facts: Facts, worker: int, most: int) -> Ints:
    """Return what each further tenth of a point costs, hundredths of a cost point."""
    available = int(facts.presence.points_available[worker])
    if available == 0:
        return np.zeros(most, np.int64)
    held = np.arange(1, most + 1, dtype=np.int64)
    rate, rules = imbalance_rate(facts.policy), facts.policy.imbalance
    steps: Ints = (2 * (2 * held - 1) * rate + 1000 * available) // (2000 * available)
    far_over = 100 * held > rules.far_over_percent * available
    return steps + int(10 * rules.far_over_point) * far_over


def new_case_steps(facts: Facts, worker: int, most: int) -> Ints:
    """Return what each further new family costs, hundredths of a cost point."""
    per_family = 100 * exactly(facts.policy.new_case_share.per_family)
    share = max(Fraction(1, 10), facts.presence.share[worker])
    recent = int(facts.recent_cases[worker])
    return np.array([floor(per_family * (recent + n) / share) for n in range(most)], np.int64)


def reserve_steps(facts: Facts, worker: int, most: int) -> Ints:
    """Return what each further child costs: something in the places that are to be kept."""
    kept = int(facts.places_kept[worker])
    if not kept:
        return np.zeros(most, np.int64)
    limit = max(0, int(facts.presence.cap[worker]) - kept)
    return int(100 * facts.policy.reserve.place) * steps_beyond(limit, most)


LOAD_COSTS: Final[Mapping[GoalName, tuple[Limit, Callable[[Facts, int, int], Ints]]]] = {
    "imbalance": (POINTS, imbalance_steps),
    "new_case_share": (ARRIVING, new_case_steps),
    "reserve": (CHILDREN, reserve_steps),
}
"""What each goal looks at, and what every further unit of it costs."""


def load_steps(
    facts: Facts, worker: int, most: Ints, start: Ints
) -> Iterator[tuple[GoalName, Limit, Ints]]:
    """Yield every goal that depends on what a worker holds: what it looks at, and its steps.

    Parameters
    ----------
    most
        Shape (limits,): for how much of each the steps are wanted.
    start
        Shape (limits,): what the worker holds when everybody who can stays. Who is over a limit
        that gives way has given way already, and no child is moved for that.
    """
    for limit in LIMITS:
        allowed = limit.most(facts, worker)
        if limit.counted_in is not None and allowed is not None:
            if limit.gives_way:
                allowed = max(allowed, int(start[limit.row]))
            beyond = steps_beyond(allowed, int(most[limit.row]))
            yield limit.counted_in, limit, limit.price(facts.policy) * beyond
    for goal, (limit, steps) in LOAD_COSTS.items():
        yield goal, limit, steps(facts, worker, int(most[limit.row]))
