"""The facts of the weeks asked about last, kept for the next question about them."""

from __future__ import annotations

from typing import Final, NamedTuple

from caseload_balancer.domain import Snapshot
from caseload_balancer.policy import Policy
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.index import Index
from caseload_balancer.problem.presence import Presence, measure_presence

_KEPT_AT_MOST: Final = 2


class _Known(NamedTuple):
    facts: Facts
    presence: Presence
    """As it was measured: that of the facts leaves out what co-workers carry."""


_latest: list[_Known] = []


def facts_of(snapshot: Snapshot, policy: Policy) -> Facts:
    """Return the facts of a week under a policy; the last few are remembered.

    A desk asks about one case after the other of the same week, and its facts take longer than the
    answer. A week is the same only where it is the very same object: snapshots never change. With
    one more case it is another week of the same people.
    """
    same_policy = [known for known in _latest if known.facts.policy == policy]
    for known in same_policy:
        if known.facts.index.snapshot is snapshot:
            return known.facts
    presence = next(
        (known.presence for known in same_policy if _same_people(known, snapshot)), None
    ) or measure_presence(Index.of(snapshot), policy)
    found = Facts.of(snapshot, policy, presence=presence)
    _latest[:] = [_Known(found, presence), *_latest][:_KEPT_AT_MOST]
    return found


def _same_people(known: _Known, snapshot: Snapshot) -> bool:
    """Return whether all that a worker's presence follows from is the same."""
    other = known.facts.index.snapshot
    return (
        other.workers is snapshot.workers
        and other.adjustments is snapshot.adjustments
        and other.teams is snapshot.teams
        and other.as_of == snapshot.as_of
    )
