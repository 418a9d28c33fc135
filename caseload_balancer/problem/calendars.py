"""Each worker's days ahead: absences that touch are one, and reductions multiply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from caseload_balancer.domain import Adjustment

WHOLE = 100
"""A reduction of this many percent is an absence."""
WEEK = 7
"""Days to the next allocation meeting that a plan looks ahead for who is there."""


@dataclass(frozen=True)
class TimeAway:
    """Days in a row on which a worker is away.

    Parameters
    ----------
    first, last
        Both included; `first` is ``date.min`` and `last` ``date.max`` where the end is open.
    """

    first: date
    last: date

    @property
    def days(self) -> int:
        """How long it is; very many where it has no end."""
        return (self.last - self.first).days + 1


def absences_ahead(rows: Sequence[Adjustment], day: date) -> tuple[TimeAway, ...]:
    """Return the absences that have not ended by `day`, in order; rows that touch are one."""
    spans = sorted(
        (row.starts_on or date.min, row.ends_on or date.max)
        for row in rows
        if row.percent == WHOLE and (row.ends_on is None or row.ends_on >= day)
    )
    found: list[TimeAway] = []
    for first, last in spans:
        before = found[-1] if found else None
        if before is None or (before.last < first and (first - before.last).days > 1):
            found.append(TimeAway(first, last))
        else:
            found[-1] = TimeAway(before.first, max(before.last, last))
    return tuple(found)


def time_left(rows: Sequence[Adjustment], day: date) -> Fraction:
    """Return the least share of their time a worker has for work on a day of the coming week.

    Absences aside: who is away for a few days still has the caseload of a worker.
    """
    return _share(reductions(rows, day))


def reductions(rows: Sequence[Adjustment], day: date) -> tuple[Adjustment, ...]:
    """Return the reductions that hold together when a worker has least time in the coming week."""
    parts = [row for row in rows if row.percent < WHOLE]
    last = day + timedelta(days=WEEK - 1)
    days = {day, *(row.starts_on for row in parts if row.starts_on and day < row.starts_on <= last)}
    covering = [tuple(row for row in parts if row.covers(one)) for one in sorted(days)]
    return min(covering, key=_share)


def _share(parts: Sequence[Adjustment]) -> Fraction:
    left = Fraction(1)
    for row in parts:
        left *= 1 - Fraction(row.percent) / WHOLE
    return left
