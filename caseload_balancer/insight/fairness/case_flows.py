"""What came to each worker and went from them: new cases, and cases that changed worker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.index import NOBODY


@dataclass(frozen=True, eq=False)
class Flows:
    """Cases that came and went; every array has shape (workers,).

    Parameters
    ----------
    new
        Cases that had no worker before.
    taken_over, given_up
        Cases that came from another worker, and that went to another.
    hard
        Hard cases that came, new or taken over: cases of the week that are hard now, whatever
        they were when they came. Nothing is known of cases that have left the week.
    """

    new: Ints
    taken_over: Ints
    given_up: Ints
    hard: Ints

    def __add__(self, other: Flows) -> Flows:
        return Flows(
            new=self.new + other.new,
            taken_over=self.taken_over + other.taken_over,
            given_up=self.given_up + other.given_up,
            hard=self.hard + other.hard,
        )


def recent_flows(facts: Facts, hard: Bools) -> Flows:
    """Count what the spells of the policy's window say (``churn.window_days``).

    A case's first spell is new; one with another worker than the spell before is a case taken
    over. Spells with managers, duty desks and buckets count for nothing.

    Parameters
    ----------
    hard
        Shape (cases,): which cases are hard.
    """
    snapshot = facts.index.snapshot
    since = snapshot.as_of - timedelta(days=facts.policy.churn.window_days)
    number = facts.index.worker_number
    found = _none(len(facts.index.workers))
    for case_id, spells in snapshot.spells_by_case.items():
        case = facts.index.case_number.get(case_id)
        is_hard = case is not None and bool(hard[case])
        before: str | None = None
        for spell in spells:
            worker = snapshot.worker_by_id.get(spell.worker_id)
            if worker is not None and not worker.holds_cases:
                continue
            if spell.starts_on > since and before != spell.worker_id:
                here = number.get(spell.worker_id)
                if here is not None:
                    (found.new if before is None else found.taken_over)[here] += 1
                    found.hard[here] += is_hard
                if before is not None and before in number:
                    found.given_up[number[before]] += 1
            before = spell.worker_id
    return found


def planned_flows(facts: Facts, worker: Ints, hard: Bools) -> Flows:
    """Count what a plan gives to each worker and takes from them.

    Parameters
    ----------
    worker
        Shape (cases,): number of the worker of each case in the plan, or `NOBODY`.
    hard
        Shape (cases,): which cases are hard.
    """
    workers = len(facts.index.workers)
    comes = (worker != NOBODY) & (worker != facts.holder)
    new = comes & (facts.holder == NOBODY)
    moved = comes & (facts.holder != NOBODY)
    return Flows(
        new=np.bincount(worker[new], minlength=workers).astype(np.int64),
        taken_over=np.bincount(worker[moved], minlength=workers).astype(np.int64),
        given_up=np.bincount(facts.holder[moved], minlength=workers).astype(np.int64),
        hard=np.bincount(worker[comes & hard], minlength=workers).astype(np.int64),
    )


def _none(workers: int) -> Flows:
    new, taken_over, given_up, hard = np.zeros((4, workers), np.int64)
    return Flows(new=new, taken_over=taken_over, given_up=given_up, hard=hard)
