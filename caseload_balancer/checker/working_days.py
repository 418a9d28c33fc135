"""Working days: Monday to Friday, without the bank holidays of England."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, timedelta
from functools import cache

SATURDAY = 5


@cache
def _bank_holidays() -> Container[date]:
    # Imported here: it is needed only where a case that moves has a due date.
    import holidays  # noqa: PLC0415  `import caseload_balancer` stays quick without it

    return holidays.country_holidays("GB", subdiv="ENG")


def working_days_before(first: date, end: date, at_most: int) -> int:
    """Count the working days from `first` included to `end` excluded, up to `at_most`."""
    count, day = 0, first
    while day < end and count < at_most:
        count += day.weekday() < SATURDAY and day not in _bank_holidays()
        day += timedelta(days=1)
    return count
