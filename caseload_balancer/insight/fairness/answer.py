"""The answer to how cases are shared out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_type_hints

from caseload_balancer.insight.answers import Answer, Kind, Table
from caseload_balancer.insight.fairness.rows import GroupShare, SpreadRow, WorkerShare
from caseload_balancer.insight.fairness.words import write_fairness, write_title


@dataclass(frozen=True, kw_only=True)
class Fairness(Answer):
    """How new, hard and moved cases are spread over workers, before and after a plan.

    A case is hard when the policy says it may never wait and gives it more points than an ordinary
    child-in-need case: child protection, section 47, looked after in the first year, in court,
    under ``steady``.

    Parameters
    ----------
    workers
        Each worker, by id; idle ones are there too.
    groups
        Permanent, agency and newly qualified workers, and all.
    teams
        Each locality and team by id, a worker of several with the first; empty without teams.
    spreads
        Each thing that is spread, before and after the plan.
    court_with_newly_qualified, protection_with_newly_qualified
        Cases in court, and child protection cases, that newly qualified workers hold after the
        plan.
    as_of
        The date of the week.
    """

    workers: tuple[WorkerShare, ...]
    groups: tuple[GroupShare, ...]
    teams: tuple[GroupShare, ...]
    spreads: tuple[SpreadRow, ...]
    court_with_newly_qualified: int
    protection_with_newly_qualified: int
    as_of: str

    @property
    def title(self) -> str:
        """One line: which week, how many workers."""
        return write_title(self)

    @property
    def text(self) -> str:
        """Who has most, how even it could be at best, and how newly qualified workers fare."""
        return write_fairness(self)

    def tables(self) -> Mapping[str, Table]:
        """Return ``spreads``, ``groups``, ``teams`` and ``workers``."""
        return {
            "spreads": Table.of("How evenly", _columns(SpreadRow), self.spreads),
            "groups": Table.of("For each full-time worker", _columns(GroupShare), self.groups),
            "teams": Table.of("Localities and teams", _columns(GroupShare), self.teams),
            "workers": Table.of("Workers", _columns(WorkerShare), self.workers),
        }


def _columns(row: type) -> dict[str, Kind]:
    """Return the fields of a row as columns of a table."""
    simple = {int: int, float: float, bool: bool, float | None: float}
    return {name: simple.get(kind, str) for name, kind in get_type_hints(row).items()}
