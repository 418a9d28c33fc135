"""The ``workers`` table: one row a person who can hold cases."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from caseload_balancer.domain.words import CaseType, Employment, Exact, Id, Item, Role, Row, Word


def _holds_by_default(columns: dict[str, Any]) -> bool:
    return columns.get("role") != "manager"


class Worker(Row):
    """One person who can hold cases, or a manager or holding bucket that cannot.

    Parameters
    ----------
    worker_id
        The worker's id: text, never a name.
    employment
        ``permanent`` or ``agency``.
    role
        Decides which case types the worker may hold.
    fte
        Full-time equivalent, 0 to 1.5.
    team_ids
        Teams the worker belongs to; none lets the worker take any team's cases.
    cap
        Children the worker may hold, in place of the policy's figure. 0 takes none.
    points_capacity
        Points the worker has for cases, in place of the policy's figure.
    available_from, leaves_on
        First day at work, and last day (the contract's end for an agency worker).
    area, skills
        Where the worker works; languages and specialisms.
    may_hold
        Case types the worker may hold; none means all that the role may.
    max_new
        New families the worker may be given this week.
    holds_cases
        False for a manager, a duty desk or a holding bucket: a case there counts as waiting.
        Where nothing is said, a manager holds none and everybody else does.
    """

    worker_id: Id
    employment: Employment
    role: Role = "social_worker"
    fte: Annotated[Exact, Field(ge=0, le=1.5, decimal_places=3)] = Decimal(1)
    team_ids: tuple[Id, ...] = ()
    cap: Annotated[int, Field(ge=0, le=200)] | None = None
    points_capacity: Annotated[Exact, Field(ge=0, le=1000, decimal_places=1)] | None = None
    available_from: date | None = None
    leaves_on: date | None = None
    area: Word | None = None
    skills: tuple[Item, ...] = ()
    may_hold: tuple[CaseType, ...] = ()
    max_new: Annotated[int, Field(ge=0, le=200)] | None = None
    holds_cases: bool = Field(default_factory=_holds_by_default)

    @property
    def is_assumed_to_hold_none(self) -> bool:
        """Whether only the role says that this manager holds no cases."""
        return not self.holds_cases and "holds_cases" not in self.model_fields_set
