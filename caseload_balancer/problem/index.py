"""Canonical order: rows by id, so that the order of the input never matters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.domain import Case, Snapshot, Team, Worker
from caseload_balancer.domain.names import spelling

NOBODY = -1
"""Index of the worker of a case that nobody holds."""


@dataclass(frozen=True, eq=False)
class Index:
    """Cases and workers in canonical order, and the number of each.

    Parameters
    ----------
    snapshot
        The week.
    cases, workers
        Its rows sorted by id.
    """

    snapshot: Snapshot
    cases: tuple[Case, ...]
    workers: tuple[Worker, ...]

    @classmethod
    def of(cls, snapshot: Snapshot) -> Index:
        """Put the rows of `snapshot` in canonical order."""
        return cls(
            snapshot=snapshot,
            cases=tuple(sorted(snapshot.cases, key=lambda case: case.case_id)),
            workers=tuple(sorted(snapshot.workers, key=lambda worker: worker.worker_id)),
        )

    @cached_property
    def case_number(self) -> Mapping[str, int]:
        """The number of each case id."""
        return {case.case_id: number for number, case in enumerate(self.cases)}

    @cached_property
    def spelled(self) -> Mapping[str, Mapping[str, str]]:
        """Ids of cases and workers by what is left when zeros in front and case say nothing."""
        return {
            "case": {spelling(one): one for one in self.case_number},
            "worker": {spelling(one): one for one in self.worker_number},
        }

    def missing(self, what: Literal["case", "worker"], wanted: str) -> str:
        """Return that there is no such id in the week, and which is only spelled otherwise."""
        alike = self.spelled[what].get(spelling(wanted))
        meant = "" if alike is None else f" Did you mean '{alike}'?"
        return f"there is no {what} '{wanted}' in this week.{meant}"

    @cached_property
    def worker_number(self) -> Mapping[str, int]:
        """The number of each worker id."""
        return {worker.worker_id: number for number, worker in enumerate(self.workers)}

    @cached_property
    def team_by_id(self) -> Mapping[str, Team]:
        """Each team under its id: asked for by every pair, and here without looking twice."""
        return self.snapshot.team_by_id

    @cached_property
    def holder(self) -> Ints:
        """Shape (cases,): the worker who holds each case at the start, or `NOBODY`.

        A manager, a duty desk or a holding bucket is nobody.
        """
        found = np.full(len(self.cases), NOBODY, np.int64)
        for number, case in enumerate(self.cases):
            if case.worker_id is not None:
                worker = self.worker_number[case.worker_id]
                if self.workers[worker].holds_cases:
                    found[number] = worker
        return found

    @cached_property
    def children_held(self) -> Ints:
        """Shape (workers,): children whose holder the worker is at the start."""
        held = self.holder[self.holder != NOBODY]
        return np.bincount(held, minlength=len(self.workers)).astype(np.int64)

    @cached_property
    def in_court(self) -> Bools:
        """Shape (cases,): whether the case is in live proceedings."""
        return np.array([case.in_court for case in self.cases], np.bool_)
