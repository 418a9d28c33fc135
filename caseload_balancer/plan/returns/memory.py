"""The week a plan was made from, as long as the plan lives where it was made.

It is no field: what a plan is does not depend on it, and neither a file nor a copy takes it along.
"""

from __future__ import annotations

from typing import Any, Final

from caseload_balancer.domain.snapshots import Snapshot

_KEY: Final = "made from"


def remember_week(plan: Any, week: Snapshot) -> None:
    """Keep the week beside a plan that nobody has seen yet."""
    vars(plan)[_KEY] = week


def remembered_week(plan: Any) -> Snapshot | None:
    """Return the week a plan was made from; None for one that was read or copied."""
    week: Snapshot | None = vars(plan).get(_KEY)
    return week
