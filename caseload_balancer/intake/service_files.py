"""``service.toml``: the date of the week."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from caseload_balancer.arguments import UnfitError
from caseload_balancer.domain.date_checks import FIRST_YEAR, LAST_YEAR
from caseload_balancer.domain.days import as_day
from caseload_balancer.domain.toml_text import NotTomlError, parse_toml
from caseload_balancer.intake.findings import Findings, quoted

SERVICE_FILE: Final = "service.toml"
_EXAMPLE: Final = "as_of = 2026-11-23"


def read_service(content: bytes, findings: Findings) -> date | None:
    """Return the date in a service file, or None after reporting why there is none."""
    try:
        settings = parse_toml(content)
    except NotTomlError as error:
        findings.problem(
            "service",
            error.rule,
            f"{SERVICE_FILE} cannot be read: {error}. It needs one line: {_EXAMPLE}",
        )
        return None
    for name in settings.keys() - {"as_of"}:
        findings.warn(
            "service",
            "unknown_setting",
            f"{quoted(name)} is no setting; it was left out.",
            column=name,
        )
    if "as_of" not in settings:
        report_no_date(findings)
        return None
    found = settings["as_of"]
    # A time in a file that has one line is a slip of the pen; Python's dates often carry one.
    return week_date(repr(found) if isinstance(found, datetime) else found, findings)


def report_no_date(findings: Findings) -> None:
    """Report that nobody said which week it is."""
    findings.problem(
        "service",
        "missing_date",
        f"the date of the week is missing. Write {_EXAMPLE} in {SERVICE_FILE}, or pass as_of.",
        column="as_of",
    )


def week_date(value: Any, findings: Findings) -> date | None:
    """Return the week's date from a date or ISO text, or None after reporting what it is."""
    day = _day(value)
    if day is None:
        findings.problem(
            "service",
            "not_a_date",
            f"as_of {quoted(value)} is not a date. Write {_EXAMPLE}",
            column="as_of",
        )
    elif not FIRST_YEAR <= day.year <= LAST_YEAR:
        findings.problem(
            "service",
            "date_out_of_range",
            f"as_of {day.isoformat()} is not between {FIRST_YEAR} and {LAST_YEAR}.",
            column="as_of",
        )
        return None
    return day


def _day(value: Any) -> date | None:
    try:
        return as_day(value)
    except UnfitError:
        return None
