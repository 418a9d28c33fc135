"""What gives way one child at a time so that a child has a worker: the goal `concessions`."""

from __future__ import annotations

import numpy as np

from caseload_balancer.arrays import Ints
from caseload_balancer.problem.continuity import is_arrival
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.waits import days_waited

TENTHS = 10
"""Prices are counted in tenths, as points are."""


def back_with_a_rejected_worker(facts: Facts, cases: Ints, workers: Ints) -> Ints:
    """Return what it costs that a child comes back to who was asked to leave, in tenths."""
    price = TENTHS * facts.policy.concessions.rejected_worker
    rejected = np.zeros((len(facts.index.cases), len(facts.index.workers)), np.bool_)
    for case, asked_to_leave in enumerate(facts.history.rejected):
        rejected[case, list(asked_to_leave)] = True
    back = rejected[cases, workers] & is_arrival(facts, cases, workers)
    return price * back.astype(np.int64)


def past_stop(facts: Facts) -> Ints:
    """Return what it costs that a child goes on waiting past the policy's stop, in tenths."""
    rules = facts.policy
    late = days_waited(facts) >= 7 * rules.waiting.stop_weeks
    return TENTHS * rules.concessions.past_stop * (late & ~facts.must_hold).astype(np.int64)
