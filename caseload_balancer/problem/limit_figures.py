"""What cases use of a worker's limits, and where the limits are set: one function a figure."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from caseload_balancer.arrays import Ints
from caseload_balancer.problem.facts import Facts


def points_limit(facts: Facts, worker: int) -> int | None:
    """Return the hard limit on points in tenths, None where the policy sets none."""
    percent = facts.policy.points.hard_limit_percent
    if percent is None:
        return None
    return int(facts.presence.points_available[worker]) * percent // 100


def weekly_arrivals(facts: Facts, worker: int) -> int | None:
    """Return how many families may come to a worker this week, None where no rule says.

    The least of what the policy says of everybody, of the newly qualified and of starters.
    """
    limits, one = facts.policy.limits, facts.index.workers[worker]
    figures = [limits.arrivals_a_week]
    if one.role == "asye":
        figures.append(limits.arrivals_a_week_asye)
    if is_starter(facts, worker):
        figures.append(limits.arrivals_a_week_starter)
    return min((figure for figure in figures if figure is not None), default=None)


def is_starter(facts: Facts, worker: int) -> bool:
    """Say whether the worker started less than ``limits.starter_weeks`` ago."""
    began = facts.index.workers[worker].available_from
    weeks = timedelta(weeks=facts.policy.limits.starter_weeks)
    return began is not None and facts.index.snapshot.as_of < began + weeks


def arrives(facts: Facts, cases: Ints, workers: Ints) -> Ints:
    """Return 1 where the worker has none of the case's group at the start."""
    return (~facts.has_of_group(cases, workers)).astype(np.int64)
