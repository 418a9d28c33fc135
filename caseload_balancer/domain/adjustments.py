"""The ``adjustments`` table: dated reductions of what a worker can hold."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from caseload_balancer.arguments import checked
from caseload_balancer.domain.days import as_day
from caseload_balancer.domain.words import Day, Exact, Id, Row, Word


class Adjustment(Row):
    """A reduction of one worker's capacity between two dates; 100 % is an absence.

    Parameters
    ----------
    worker_id
        Whose capacity is reduced.
    kind
        Why: ``absence``, ``phased_return``, ``practice_education``, ...
    percent
        The reduction, above 0 and at most 100. Several at once multiply.
    starts_on, ends_on
        First and last day, both included (columns ``from`` and ``to``); None is open-ended.
    """

    worker_id: Id
    kind: Word | None = None
    percent: Annotated[Exact, Field(gt=0, le=100, decimal_places=1)]
    starts_on: Day | None = Field(default=None, alias="from")
    ends_on: Day | None = Field(default=None, alias="to")

    @checked(day=as_day)
    def covers(self, day: date) -> bool:
        """Say whether the reduction holds on `day`."""
        started = self.starts_on is None or self.starts_on <= day
        return started and (self.ends_on is None or day <= self.ends_on)
