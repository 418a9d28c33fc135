"""What a child has been through: changes of worker, and the workers the child knows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import pairwise

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.domain import Snapshot, Spell
from caseload_balancer.policy import Policy
from caseload_balancer.problem.index import NOBODY, Index


@dataclass(frozen=True, eq=False)
class History:
    """The past of each case, as far as the spells tell.

    Parameters
    ----------
    changes
        Shape (cases,): changes of worker in the policy's window.
    recent_workers
        The workers of each case in the window, the holder included.
    known
        Shape (cases, workers): whether the worker occurs in the case's spells.
    without_spells
        Shape (cases,): nothing is known but the current holder.
    """

    changes: Ints
    recent_workers: tuple[frozenset[str], ...]
    known: Bools
    without_spells: Bools

    @cached_property
    def distinct_workers(self) -> Ints:
        """Shape (cases,): workers in the window, each counted once."""
        return np.array([len(workers) for workers in self.recent_workers], np.int64)


def measure_history(index: Index, policy: Policy) -> History:
    """Read the spells of each case."""
    snapshot = index.snapshot
    since = snapshot.as_of - timedelta(days=policy.churn.window_days)
    changes = np.zeros(len(index.cases), np.int64)
    recent_workers: list[frozenset[str]] = []
    known = np.zeros((len(index.cases), len(index.workers)), np.bool_)
    without = np.ones(len(index.cases), np.bool_)
    for number, case in enumerate(index.cases):
        spells = [
            spell
            for spell in snapshot.spells_by_case.get(case.case_id, ())
            if _counts(snapshot, spell)
        ]
        without[number] = not spells
        for spell in spells:
            worker = index.worker_number.get(spell.worker_id)
            if worker is not None:
                known[number, worker] = True
        changes[number] = sum(
            later.worker_id != earlier.worker_id and later.starts_on > since
            for earlier, later in pairwise(spells)
        )
        recent = {
            spell.worker_id for spell in spells if spell.ends_on is None or spell.ends_on > since
        }
        if index.holder[number] != NOBODY:
            recent.add(index.workers[index.holder[number]].worker_id)
        recent_workers.append(frozenset(recent))
    return History(
        changes=np.minimum(changes, policy.churn.changes_counted_at_most),
        recent_workers=tuple(recent_workers),
        known=known,
        without_spells=without,
    )


def _counts(snapshot: Snapshot, spell: Spell) -> bool:
    worker = snapshot.worker_by_id.get(spell.worker_id)
    return worker is None or worker.holds_cases


def count_recent_cases(index: Index, policy: Policy) -> Ints:
    """Count each worker's cases of late, shape (workers,).

    Cases whose spell with the worker began in the window that a fair share of new cases looks at.
    """
    since = index.snapshot.as_of - timedelta(days=policy.new_case_share.window_days)
    cases: dict[str, set[str]] = defaultdict(set)
    for spell in index.snapshot.spells:
        if spell.starts_on > since and _counts(index.snapshot, spell):
            cases[spell.worker_id].add(spell.case_id)
    return np.array([len(cases[worker.worker_id]) for worker in index.workers], np.int64)
