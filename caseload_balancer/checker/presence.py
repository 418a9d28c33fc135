"""Whether a worker is there: gone, absent, able to hold cases, able to take more (section 1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import prod

from caseload_balancer.domain import Adjustment, Worker
from caseload_balancer.policy.sections import PresenceRules

WHOLE = 100
"""A reduction of this many percent is an absence."""


@dataclass(frozen=True)
class WorkerPresence:
    """One worker on the day of the week.

    Parameters
    ----------
    gone
        Has left, leaves within days, or has not started.
    absent, long_absent
        Away today; away for longer than cases are kept.
    can_hold
        May go on with the cases already held.
    takes_cases
        May be given a case.
    share
        Share of their time left after part reductions, more than 0 and at most 1.
    """

    gone: bool
    absent: bool
    long_absent: bool
    can_hold: bool
    takes_cases: bool
    share: Fraction


def presence_of(
    worker: Worker, adjustments: Sequence[Adjustment], as_of: date, rules: PresenceRules
) -> WorkerPresence:
    """Return the presence of `worker` on the day `as_of`."""
    today = [adjustment for adjustment in adjustments if adjustment.covers(as_of)]
    absences = [adjustment for adjustment in today if adjustment.percent == WHOLE]
    long_from = as_of + timedelta(weeks=rules.absence_keeps_cases_weeks)
    long_absent = any(
        absence.ends_on is None or absence.ends_on >= long_from for absence in absences
    )
    gone = _leaves_before(worker, as_of, rules.leaving_hands_over_days) or (
        worker.available_from is not None and worker.available_from > as_of
    )
    can_hold = worker.holds_cases and not gone and not long_absent
    leaving = _leaves_before(worker, as_of, rules.leaving_takes_none_days)
    return WorkerPresence(
        gone=gone,
        absent=bool(absences),
        long_absent=long_absent,
        can_hold=can_hold,
        takes_cases=can_hold and not absences and not leaving,
        share=prod(
            (
                1 - Fraction(adjustment.percent) / WHOLE
                for adjustment in today
                if adjustment.percent < WHOLE
            ),
            start=Fraction(1),
        ),
    )


def _leaves_before(worker: Worker, as_of: date, days: int) -> bool:
    return worker.leaves_on is not None and worker.leaves_on < as_of + timedelta(days=days)
