"""Working days in England."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np

from caseload_balancer.arrays import Ints


def working_days_until(day: date, due: Iterable[date]) -> Ints:
    """Count working days from `day` included to each of `due` excluded; 0 where due is earlier.

    Monday to Friday without England's bank holidays.
    """
    from holidays import country_holidays  # noqa: PLC0415 - a fifth of a second to import

    ends = np.array([max(end, day) for end in due], "datetime64[D]")
    if not len(ends):
        return np.zeros(0, np.int64)
    last = int(str(ends.max())[:4])
    closed = country_holidays("GB", subdiv="ENG", years=range(day.year, last + 1))
    begin = np.datetime64(day, "D")
    return np.busday_count(begin, ends, holidays=sorted(closed)).astype(np.int64)
