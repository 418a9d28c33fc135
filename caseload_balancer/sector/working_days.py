"""Dates by working days and by months, forwards."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from caseload_balancer.domain.bank_holidays import bank_holidays

_SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Say whether a day is Monday to Friday and no bank holiday of England."""
    return day.weekday() < _SATURDAY and day not in bank_holidays()


def after_working_days(start: date, days: int) -> date:
    """Return the day that is so many working days after a start, which itself does not count."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day


def before_working_days(end: date, days: int) -> date:
    """Return the latest day that `after_working_days` leads from to `end`, where there is one."""
    day = end
    while days > 0:
        days -= is_working_day(day)
        day -= timedelta(days=1)
    return day


def after_months(start: date, months: int) -> date:
    """Return the same day of the month so many months on, or the month's last day before it."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))
