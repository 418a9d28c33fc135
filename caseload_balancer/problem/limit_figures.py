"""What cases use of a worker's limits, and where the limits are set: one function a figure."""

from __future__ import annotations

from fractions import Fraction
from math import floor

import numpy as np

from caseload_balancer.arrays import Ints
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.index import NOBODY


def points_limit(facts: Facts, worker: int) -> int | None:
    """Return the hard limit on points in tenths, None where the policy sets none."""
    percent = facts.policy.points.hard_limit_percent
    if percent is None:
        return None
    return int(facts.presence.points_available[worker]) * percent // 100


def weekly_intake(facts: Facts, worker: int) -> int | None:
    """Return how many new families a worker may be given this week, None where no rule says."""
    limits = facts.policy.limits
    if limits.new_families_per_month_per_open is None:
        return None
    a_month = int(facts.children_held[worker]) * Fraction(limits.new_families_per_month_per_open)
    return max(limits.new_families_at_least, floor(a_month * 12 / 52))


def arrives(facts: Facts, cases: Ints, workers: Ints) -> Ints:
    """Return 1 where the worker has none of the case's group at the start."""
    return (~facts.has_of_group(cases, workers)).astype(np.int64)


def arrives_new(facts: Facts, cases: Ints, workers: Ints) -> Ints:
    """Return 1 where the case arrives and had no holder."""
    return np.where(facts.holder[cases] == NOBODY, arrives(facts, cases, workers), 0)
