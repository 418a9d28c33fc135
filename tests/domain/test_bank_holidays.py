"""The table of bank holidays, held against a library that is kept up to date."""

from datetime import date

import holidays
import pytest

from caseload_balancer.domain.bank_holidays import bank_holidays
from caseload_balancer.domain.date_checks import FIRST_YEAR, LAST_YEAR

YEARS = range(FIRST_YEAR, LAST_YEAR + 2)
"""A count of working days may begin or end a little after the last date that a week may hold."""


def test_the_table_says_what_the_library_knows():
    """Where the country gets a new one: put the days of either list in the table, or out of it."""
    known = set(holidays.country_holidays("GB", subdiv="ENG", years=YEARS))
    known = {day for day in known if day.year in YEARS}
    missing, unknown = sorted(known - bank_holidays()), sorted(bank_holidays() - known)
    assert (missing, unknown) == ([], [])


@pytest.mark.parametrize(
    ("year", "days"),
    [
        # gov.uk/bank-holidays, of 2022 and 2026, and the Saturday and Sunday they stand for
        (2022, "01-01 01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-25 12-26 12-27"),
        (2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-26 12-28"),
    ],
)
def test_years_as_published(year, days):
    expected = {date.fromisoformat(f"{year}-{day}") for day in days.split()}
    assert {day for day in bank_holidays() if day.year == year} == expected
