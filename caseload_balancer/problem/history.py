"""What a child has been through: changes of worker, the workers the child knows, and requests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.domain import Case, Snapshot, Spell
from caseload_balancer.domain.words import CaseType, SpellReason
from caseload_balancer.policy import Policy
from caseload_balancer.problem.index import NOBODY, Index

ASKED_TO_LEAVE: frozenset[SpellReason] = frozenset({"CHCHAN", "PCCHAN"})
"""SSDA903: the child, or a parent or carer, asked for a change of worker."""


@dataclass(frozen=True, eq=False)
class History:
    """The past of each case, as far as the spells tell.

    Parameters
    ----------
    changes
        Shape (cases,): changes of worker in the policy's window.
    recent_workers
        The workers of each case in the window, the holder included.
    familiar
        For each case the workers of this week whom the child knows, each with how well: more than
        0 and at most 1.
    rejected
        For each case the workers of this week whom the child or a parent asked to leave.
    since
        Since when each case has been with its holder, None where that is not known.
    lost_on
        Shape (cases,): the last day of the last spell that has ended, None where there is none.
    asked
        Shape (cases,): whether another worker was asked for and has not come yet.
    had_a_worker
        Shape (cases,): whether the case has or had a worker.
    without_spells
        Shape (cases,): nothing is known but the current holder.
    """

    changes: Ints
    recent_workers: tuple[frozenset[str], ...]
    familiar: tuple[dict[int, Fraction], ...]
    rejected: tuple[frozenset[int], ...]
    since: tuple[date | None, ...]
    lost_on: tuple[date | None, ...]
    asked: Bools
    had_a_worker: Bools
    without_spells: Bools

    @cached_property
    def distinct_workers(self) -> Ints:
        """Shape (cases,): workers in the window, each counted once."""
        return np.array([len(workers) for workers in self.recent_workers], np.int64)

    def knows(self, case: int, worker: int) -> bool:
        """Say whether the child knows the worker well enough to be told so."""
        share = self.familiar[case].get(worker)
        return share is not None and 2 * share >= 1


def measure_history(index: Index, policy: Policy) -> History:
    """Read the spells of each case."""
    snapshot = index.snapshot
    since = snapshot.as_of - timedelta(days=policy.churn.window_days)
    spells_of = [tuple(_counted(snapshot, case)) for case in index.cases]
    holders = [
        None if number == NOBODY else index.workers[number].worker_id
        for number in index.holder.tolist()
    ]
    rows = list(zip(index.cases, spells_of, holders, strict=True))
    number = index.worker_number
    changes = [_changes(spells, since) for spells in spells_of]
    rejected = [frozenset(_rejected(spells)) for spells in spells_of]
    began = [_with_holder_since(spells, holder) for _, spells, holder in rows]
    return History(
        changes=np.minimum(np.array(changes, np.int64), policy.churn.changes_counted_at_most),
        recent_workers=tuple(_recent(spells, holder, since) for _, spells, holder in rows),
        familiar=tuple(
            {
                number[worker]: share
                for worker, share in _familiar(spells, snapshot.as_of, policy).items()
                if worker in number and worker not in refused
            }
            for spells, refused in zip(spells_of, rejected, strict=True)
        ),
        rejected=tuple(
            frozenset(number[worker] for worker in workers if worker in number)
            for workers in rejected
        ),
        since=tuple(began),
        lost_on=tuple(_last_end(spells, snapshot.as_of) for spells in spells_of),
        asked=np.array(
            [
                holder is not None and _is_asked(case, spells, start, snapshot.as_of, policy)
                for (case, spells, holder), start in zip(rows, began, strict=True)
            ],
            np.bool_,
        ),
        had_a_worker=np.array(
            [bool(spells) or holder is not None for _, spells, holder in rows], np.bool_
        ),
        without_spells=np.array([not spells for spells in spells_of], np.bool_),
    )


def _counted(snapshot: Snapshot, case: Case) -> Iterator[Spell]:
    """Yield the spells of a case with workers, oldest first; a duty desk is none."""
    for spell in snapshot.spells_by_case.get(case.case_id, ()):
        worker = snapshot.worker_by_id.get(spell.worker_id)
        if worker is None or worker.holds_cases:
            yield spell


def _changes(spells: Sequence[Spell], since: date) -> int:
    return sum(
        later.worker_id != earlier.worker_id and later.starts_on > since
        for earlier, later in pairwise(spells)
    )


def _recent(spells: Sequence[Spell], holder: str | None, since: date) -> frozenset[str]:
    found = {spell.worker_id for spell in spells if spell.ends_on is None or spell.ends_on > since}
    return frozenset(found if holder is None else found | {holder})


def _rejected(spells: Sequence[Spell]) -> Iterator[str]:
    """Yield the workers who were asked to leave.

    Systems write the reason of a change with the spell that ended or with the one that began, so
    the worker of an ended spell counts, and the worker before it.
    """
    for place, spell in enumerate(spells):
        if spell.reason in ASKED_TO_LEAVE:
            if spell.ends_on is not None:
                yield spell.worker_id
            if place and spells[place - 1].worker_id != spell.worker_id:
                yield spells[place - 1].worker_id


def _familiar(spells: Sequence[Spell], day: date, policy: Policy) -> dict[str, Fraction]:
    """Return how well the child knows each former worker: the longer and the later, the better."""
    rules = policy.continuity
    days: dict[str, int] = defaultdict(int)
    ago: dict[str, int] = {}
    for spell in spells:
        end = day if spell.ends_on is None else min(day, spell.ends_on)
        days[spell.worker_id] += (end - spell.starts_on).days
        ago[spell.worker_id] = min(ago.get(spell.worker_id, rules.known_for_days), (day - end).days)
    shares = {
        worker: _known(length, rules.known_after_days, ago[worker], rules.known_for_days)
        for worker, length in days.items()
    }
    return {worker: share for worker, share in shares.items() if share > 0}


@lru_cache(maxsize=4096)
def _known(length: int, after: int, ago: int, until: int) -> Fraction:
    """Return how well a child knows a worker after so many days with them, so many days ago."""
    return min(Fraction(1), Fraction(length, after)) * (1 - Fraction(ago, until))


def _with_holder_since(spells: Sequence[Spell], holder: str | None) -> date | None:
    running = [s.starts_on for s in spells if s.worker_id == holder and s.ends_on is None]
    return max(running, default=None)


def _last_end(spells: Sequence[Spell], day: date) -> date | None:
    return max((s.ends_on for s in spells if s.ends_on and s.ends_on <= day), default=None)


def _is_asked(
    case: Case, spells: Sequence[Spell], began: date | None, day: date, policy: Policy
) -> bool:
    """Say whether a wish for another worker is still to be met.

    A wish older than the present spell was met by it. One without a date is read as the reason of
    a change that is only weeks old.
    """
    if not (case.change_requested or case.change_requested_on):
        return False
    if began is None:
        return True
    if case.change_requested_on is not None:
        return case.change_requested_on >= began
    changed = any(spell.worker_id != case.worker_id for spell in spells)
    return not changed or (day - began).days >= 7 * policy.requests.undated_met_weeks


def change_factors(index: Index, history: History, policy: Policy) -> tuple[Fraction, ...]:
    """Return how much dearer a change is for each child than for an ordinary one."""
    rates = policy.churn
    of_kind: dict[tuple[CaseType, bool, int], Fraction] = {}
    found = []
    for case, changes in zip(index.cases, history.changes.tolist(), strict=True):
        kind = (case.case_type, case.in_court, changes)
        if kind not in of_kind:
            court = Fraction(rates.in_court_factor) if case.in_court else Fraction(1)
            so_far = Fraction(rates.change_factor) ** changes
            of_kind[kind] = Fraction(rates.type_factor[case.case_type]) * court * so_far
        found.append(of_kind[kind])
    return tuple(found)


def count_recent_cases(index: Index, policy: Policy) -> Ints:
    """Count each worker's cases of late, shape (workers,).

    Cases whose spell with the worker began in the window that a fair share of new cases looks at.
    """
    since = index.snapshot.as_of - timedelta(days=policy.new_case_share.window_days)
    cases: dict[str, set[str]] = defaultdict(set)
    for spell in index.snapshot.spells:
        if spell.starts_on > since:
            cases[spell.worker_id].add(spell.case_id)
    return np.array(
        [len(cases[worker.worker_id]) if worker.holds_cases else 0 for worker in index.workers],
        np.int64,
    )
