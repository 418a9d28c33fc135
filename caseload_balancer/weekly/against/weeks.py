"""A week as it came in: its tables, and what their files looked like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from caseload_balancer.domain import Snapshot
from caseload_balancer.intake.found_tables import FoundTable


@dataclass(frozen=True, kw_only=True)
class WeekInput:
    """One week's input.

    Parameters
    ----------
    snapshot
        The tables.
    found
        What the files looked like, by table; empty where nobody knows.
    """

    snapshot: Snapshot
    found: Mapping[str, FoundTable] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Intended:
    """What was meant to happen to last week's children.

    Parameters
    ----------
    planned
        The worker of each child after last week's plan, and after what was decided; None waits.
    published
        The same after the plan that was published, where what was decided has changed the plan.
    """

    planned: Mapping[str, str | None] = field(default_factory=dict)
    published: Mapping[str, str | None] = field(default_factory=dict)

    def workers(self, case_id: str, before: str | None) -> set[str | None]:
        """Return the workers a child may have now; without a plan the one `before`."""
        return {
            before,
            self.planned.get(case_id, before),
            self.published.get(case_id, before),
        }
