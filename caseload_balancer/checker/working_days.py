"""Working days: Monday to Friday, without the bank holidays of England."""

from __future__ import annotations

from datetime import date, timedelta

from caseload_balancer.domain.bank_holidays import bank_holidays

SATURDAY = 5


def working_days_before(first: date, end: date, at_most: int) -> int:
    """Count the working days from `first` included to `end` excluded, up to `at_most`."""
    count, day = 0, first
    while day < end and count < at_most:
        count += day.weekday() < SATURDAY and day not in bank_holidays()
        day += timedelta(days=1)
    return count
