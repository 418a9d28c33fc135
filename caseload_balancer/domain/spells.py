"""The ``spells`` table: who held which case, from when to when."""

from __future__ import annotations

from pydantic import Field

from caseload_balancer.domain.words import Day, Id, Row, SpellReason


class Spell(Row):
    """One stretch of time a worker held a case.

    Parameters
    ----------
    case_id, worker_id
        The child and the worker; either may no longer be in the other tables.
    starts_on, ends_on
        First and last day (columns ``from`` and ``to``); no ``to``: the spell is running.
    reason
        Why the spell ended, as an SSDA903 code.
    """

    case_id: Id
    worker_id: Id
    starts_on: Day = Field(alias="from")
    ends_on: Day | None = Field(default=None, alias="to")
    reason: SpellReason | None = None
