"""What each worker has before a plan and after it, as figures."""

from __future__ import annotations

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.insight.fairness.case_flows import Flows, planned_flows, recent_flows
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.index import NOBODY
from caseload_balancer.problem.points import table_points


def hard_cases(facts: Facts) -> Bools:
    """Say for each case whether it is hard, shape (cases,); see `Fairness`."""
    day, policy = facts.index.snapshot.as_of, facts.policy
    ordinary = int(10 * policy.points.by_type["child_in_need"])
    heavy = [table_points(case, day, policy) > ordinary for case in facts.index.cases]
    return facts.must_hold & np.array(heavy, np.bool_)


class Figures:
    """The figures of one week and its plan, each an array of shape (workers,).

    Parameters
    ----------
    facts
        The week.
    worker
        Shape (cases,): number of the worker of each case in the plan, or `NOBODY`.
    """

    def __init__(self, facts: Facts, worker: Ints) -> None:
        self.facts = facts
        self.worker = worker
        self.hard = hard_cases(facts)
        self.children = _held(facts, facts.holder), _held(facts, worker)
        self.hard_held = (
            _held(facts, facts.holder, self.hard),
            _held(facts, worker, self.hard),
        )
        self.recent = recent_flows(facts, self.hard)
        self.plan = planned_flows(facts, worker, self.hard)
        shares = facts.presence.share
        able = facts.presence.can_hold.tolist()
        self.counted = [one for one, can in enumerate(able) if can and shares[one] > 0]
        self.all_flows: Flows = self.recent + self.plan


def _held(facts: Facts, worker: Ints, which: Bools | None = None) -> Ints:
    held = worker != NOBODY
    if which is not None:
        held &= which
    return np.bincount(worker[held], minlength=len(facts.index.workers)).astype(np.int64)
