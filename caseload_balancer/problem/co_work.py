"""Co-workers: who works on a case beside its holder, and what of its points they carry."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.policy import Policy
from caseload_balancer.problem.index import Index


@dataclass(frozen=True, eq=False)
class CoWork:
    """What co-workers carry of the week's cases, in tenths of a point.

    Parameters
    ----------
    of_case
        Shape (cases,): what all co-workers of the case carry together.
    of_worker
        Shape (workers,): what the worker carries of cases of others.
    cases
        Shape (workers,): how many cases those are.
    """

    of_case: Ints
    of_worker: Ints
    cases: Ints

    def left_of(self, available: Ints) -> Ints:
        """Return the points the workers have for cases of their own, shape (workers,).

        A tenth of a point at least where there were any: nobody's load ceases to count.
        """
        left: Ints = np.where(available > 0, np.maximum(1, available - self.of_worker), available)
        return left


def co_workers(index: Index, case: int) -> list[int]:
    """Return the numbers of a case's co-workers, the holder and desks left out."""
    row = index.cases[case]
    if not row.co_worker_ids:
        return []
    named = {index.worker_number[one] for one in row.co_worker_ids if one in index.worker_number}
    found = named - {int(index.holder[case])}
    return sorted(number for number in found if index.workers[number].holds_cases)


def measure_co_work(index: Index, points: Ints, can_hold: Bools, policy: Policy) -> CoWork:
    """Share out the points of the cases that have co-workers.

    What somebody who cannot go on would carry stays with the holder.

    Parameters
    ----------
    points
        Shape (cases,): tenths of a point of the whole case.
    """
    of_case = np.zeros(len(index.cases), np.int64)
    of_worker, cases = np.zeros((2, len(index.workers)), np.int64)
    for number, row in enumerate(index.cases):
        if not row.co_worker_ids:
            continue
        named = co_workers(index, number)
        if not named:
            continue
        share = (
            policy.points.co_worker_share if row.co_worker_share is None else row.co_worker_share
        )
        each = floor(int(points[number]) * Fraction(share) / len(named))
        here = [worker for worker in named if can_hold[worker]]
        of_case[number] = each * len(here)
        of_worker[here] += each
        cases[here] += 1
    return CoWork(of_case=of_case, of_worker=of_worker, cases=cases)


def is_supported(index: Index, can_hold: Bools, policy: Policy, case: int) -> bool:
    """Say whether a registered co-worker who is here, and not newly qualified, is on the case."""
    roles = set(policy.eligibility.registered_roles) - {"asye"}
    return policy.eligibility.asye_may_hold_with_co_worker and any(
        can_hold[worker] and index.workers[worker].role in roles
        for worker in co_workers(index, case)
    )
