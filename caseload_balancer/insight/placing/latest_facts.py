"""The facts of the weeks asked about last, kept for the next question about them."""

from __future__ import annotations

from typing import Final

from caseload_balancer.domain import Snapshot
from caseload_balancer.policy import Policy
from caseload_balancer.problem.facts import Facts

_KEPT_AT_MOST: Final = 2
_latest: list[Facts] = []


def facts_of(snapshot: Snapshot, policy: Policy) -> Facts:
    """Return the facts of a week under a policy; the last few are remembered.

    A desk asks about one case after the other of the same week, and its facts take longer than the
    answer. A week is the same only where it is the very same object: snapshots never change.
    """
    for known in tuple(_latest):
        if known.index.snapshot is snapshot and known.policy == policy:
            return known
    found = Facts.of(snapshot, policy)
    _latest[:] = [found, *_latest][:_KEPT_AT_MOST]
    return found
