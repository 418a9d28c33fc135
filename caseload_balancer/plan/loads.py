"""What each worker holds before and after the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

import numpy as np

from caseload_balancer.arrays import Ints
from caseload_balancer.domain import Worker
from caseload_balancer.plan.rows import Load, WorkerWeek
from caseload_balancer.plan.words import Band
from caseload_balancer.policy import GoalName, Policy
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.index import NOBODY

if TYPE_CHECKING:
    from caseload_balancer.plan.drift.rows import DueCase


@dataclass(frozen=True, eq=False)
class Loads:
    """Children, families and points of each worker at one time; every array has shape (workers,).

    Parameters
    ----------
    children, families, points
        Counts, and tenths of a point.
    """

    children: Ints
    families: Ints
    points: Ints

    @classmethod
    def of(cls, facts: Facts, worker: Ints) -> Loads:
        """Add up what each worker holds.

        Parameters
        ----------
        worker
            Shape (cases,): number of the worker of each case, or `NOBODY`.
        """
        workers = len(facts.index.workers)
        held = np.flatnonzero(worker != NOBODY)
        points = np.zeros(workers, np.int64)
        np.add.at(points, worker[held], facts.points[held])
        families = {
            (one, facts.index.cases[case].family_id or case)
            for case, one in zip(held.tolist(), worker[held].tolist(), strict=True)
        }
        return cls(
            children=np.bincount(worker[held], minlength=workers).astype(np.int64),
            families=np.bincount([one for one, _ in families], minlength=workers).astype(np.int64)
            if families
            else np.zeros(workers, np.int64),
            points=points,
        )


def load_percent(facts: Facts, worker: int, points: int) -> float | None:
    """Return `points` tenths in % of the worker's points available; None where there are none."""
    available = int(facts.presence.points_available[worker])
    return round(100 * points / available, 1) if available else None


def heaviest(loads: Iterable[Load]) -> float | None:
    """Return the heaviest load %; None where nobody has points available."""
    return max((load.percent for load in loads if load.percent is not None), default=None)


def measure_workers(
    facts: Facts,
    worker: Ints,
    terms: Mapping[str, Mapping[GoalName, int]],
    due: Sequence[DueCase],
) -> tuple[WorkerWeek, ...]:
    """Return the row of every worker who can be given or holds cases.

    Parameters
    ----------
    worker
        Shape (cases,): number of the worker of each case in the plan, or `NOBODY`.
    terms
        What each worker id adds to each goal.
    due
        What is overdue or due soon.
    """
    overdue = Counter(row.worker_id for row in due if row.overdue)
    soon = Counter(row.worker_id for row in due if not row.overdue)
    before, after = Loads.of(facts, facts.holder), Loads.of(facts, worker)
    changed = facts.holder != worker
    workers = len(facts.index.workers)
    arriving = np.bincount(worker[changed & (worker != NOBODY)], minlength=workers)
    leaving = np.bincount(facts.holder[changed & (facts.holder != NOBODY)], minlength=workers)
    return tuple(
        WorkerWeek(
            worker_id=one.worker_id,
            role=one.role,
            employment=one.employment,
            team_ids=one.team_ids,
            fte=float(one.fte),
            can_hold=bool(facts.presence.can_hold[number]),
            takes_cases=bool(facts.presence.takes_cases[number]),
            cap=int(facts.presence.cap[number]),
            target=_target(facts, number, one),
            points_available=int(facts.presence.points_available[number]) / 10,
            co_worked=int(facts.co_work.cases[number]),
            overdue=overdue[one.worker_id],
            due_soon=soon[one.worker_id],
            before=_load(facts, number, before),
            after=_load(facts, number, after),
            arriving=int(arriving[number]),
            leaving=int(leaving[number]),
            terms=dict(terms.get(one.worker_id, {})),
            leaves_on=one.leaves_on,
            hindrance=_hindrance(facts, number),
        )
        for number, one in enumerate(facts.index.workers)
        if one.holds_cases
    )


def _hindrance(facts: Facts, worker: int) -> str:
    presence = facts.presence
    against = presence.against_going_on[worker] or presence.against_arrivals[worker]
    return "" if against is None else against.sentence


def _load(facts: Facts, worker: int, loads: Loads) -> Load:
    points = int(loads.points[worker])
    available = int(facts.presence.points_available[worker])
    return Load(
        children=int(loads.children[worker]),
        families=int(loads.families[worker]),
        points=points / 10,
        percent=load_percent(facts, worker, points),
        band=load_band(points, available, facts.policy),
    )


def load_band(points: int, available: int, policy: Policy) -> Band:
    """Return the policy's band of `points` of those `available`, both in tenths."""
    if available == 0:
        return "no points"
    share = 100 * points
    if share >= policy.bands.deep_red_from * available:
        return "deep red"
    if share > policy.bands.red_above * available:
        return "red"
    return "amber" if share >= policy.bands.amber_from * available else "green"


def _target(facts: Facts, number: int, worker: Worker) -> int:
    """Return the children to aim for: the figure for a full-time worker, shared as a cap is."""
    if not facts.presence.can_hold[number]:
        return 0
    teams = facts.index.snapshot.team_by_id
    own = [
        target
        for team_id in worker.team_ids
        if team_id in teams and (target := teams[team_id].target) is not None
    ]
    full_time = min(own, default=facts.policy.cap.target_per_fte)
    return min(floor(full_time * facts.presence.share[number]), int(facts.presence.cap[number]))
