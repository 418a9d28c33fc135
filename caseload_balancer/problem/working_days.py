"""Working days in England."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

import numpy as np

from caseload_balancer.arrays import Ints


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
    if not len(ends):
        return np.zeros(0, np.int64)
    first, last = (int(str(one)[:4]) for one in (begins.min(), ends.max()))
    return np.busday_count(begins, ends, holidays=_closed(first, last)).astype(np.int64)


@lru_cache(maxsize=32)
def _closed(first: int, last: int) -> tuple[date, ...]:
    """Return the bank holidays of some years, the last one included."""
    from holidays import country_holidays  # noqa: PLC0415 - a fifth of a second to import

    return tuple(sorted(country_holidays("GB", subdiv="ENG", years=range(first, last + 1))))
