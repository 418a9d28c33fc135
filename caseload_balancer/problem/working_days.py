"""Working days in England."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

import numpy as np

from caseload_balancer.arrays import Ints
from caseload_balancer.domain.bank_holidays import bank_holidays


def working_days_until(day: date, due: Iterable[date]) -> Ints:
    """Count working days from `day` included to each of `due` excluded; 0 where due is earlier.

    Monday to Friday without England's bank holidays.
    """
    ends = np.array([max(end, day) for end in due], "datetime64[D]")
    return _counted(np.full(len(ends), day, "datetime64[D]"), ends)


def working_days_since(begun: Iterable[date], day: date) -> Ints:
    """Count working days from each of `begun` included to `day` excluded; 0 where begun is later.

    Monday to Friday without England's bank holidays.
    """
    begins = np.array([min(begin, day) for begin in begun], "datetime64[D]")
    return _counted(begins, np.full(len(begins), day, "datetime64[D]"))


def _counted(begins: np.ndarray, ends: np.ndarray) -> Ints:
    return np.busday_count(begins, ends, busdaycal=_working_week()).astype(np.int64)


@cache
def _working_week() -> np.busdaycalendar:
    return np.busdaycalendar(holidays=sorted(bank_holidays()))
