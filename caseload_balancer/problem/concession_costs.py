"""Children who come back to a worker who was asked to leave: part of the goal `concessions`."""

from __future__ import annotations

import numpy as np

from caseload_balancer.arrays import Ints
from caseload_balancer.problem.continuity import is_arrival
from caseload_balancer.problem.facts import Facts

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
