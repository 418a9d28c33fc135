"""The ``workers`` table: one row a person who can hold cases."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from caseload_balancer.domain.words import (
    CaseType,
    Day,
    Employment,
    Exact,
    Hours,
    Id,
    Item,
    Many,
    Role,
    Row,
    Whole,
    Word,
    YesNo,
)


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
    fte: Annotated[Hours, Field(ge=0, le=1.5, decimal_places=3)] = Decimal(1)
    team_ids: Annotated[tuple[Id, ...], Many] = ()
    cap: Annotated[Whole, Field(ge=0, le=200)] | None = None
    points_capacity: Annotated[Exact, Field(ge=0, le=1000, decimal_places=1)] | None = None
    available_from: Day | None = None
    leaves_on: Day | None = None
    area: Word | None = None
    skills: Annotated[tuple[Item, ...], Many] = ()
    may_hold: Annotated[tuple[CaseType, ...], Many] = ()
    max_new: Annotated[Whole, Field(ge=0, le=200)] | None = None
    holds_cases: YesNo = True

    @model_validator(mode="after")
    def _a_manager_holds_none(self) -> Self:
        if self.role == "manager" and "holds_cases" not in self.model_fields_set:
            # Frozen to everybody else; nobody has seen this row yet.
            object.__setattr__(self, "holds_cases", False)
        return self

    @property
    def is_assumed_to_hold_none(self) -> bool:
        """Whether only the role says that this manager holds no cases."""
        return not self.holds_cases and "holds_cases" not in self.model_fields_set
