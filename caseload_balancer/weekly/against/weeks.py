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
    """

    planned: Mapping[str, str | None] = field(default_factory=dict)
