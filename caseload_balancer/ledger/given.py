"""What a ledger can be given: the kinds of its arguments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from caseload_balancer.arguments import UnfitError, a_mapping, a_text, one_of, refusal, shown
from caseload_balancer.domain.days import DayLike, as_day
from caseload_balancer.ledger.rows import DECIDERS, Limit

a_role: Final = one_of(DECIDERS)
"""The kind of roles of those who decide."""


def hashes_given(value: Any) -> Mapping[str, str | None]:
    """Accept a SHA-256, or None, for each name of a file."""
    for name, digest in a_mapping(value).items():
        a_text(name)
        if digest is not None and not (isinstance(digest, str) and _is_digest(digest)):
            raise UnfitError(f"must hold a SHA-256 of 64 hexadecimal digits, not {shown(digest)}.")
    return dict(value)


def _is_digest(text: str) -> bool:
    return len(text) == 64 and set(text) <= set("0123456789abcdef")


def limits_given(value: Any) -> Mapping[str, Limit]:
    """Accept figures by name."""
    for name, limit in a_mapping(value).items():
        a_text(name)
        if not isinstance(limit, int | float | str | bool | None):
            raise UnfitError(f"must hold figures, not {shown(limit)}.")
    return dict(value)


def comments_given(value: Any) -> Mapping[str, str]:
    """Accept a text for each case."""
    for pair in a_mapping(value).items():
        for one in pair:
            if not isinstance(one, str):
                raise UnfitError(f"must hold text by case_id, not {shown(one)}.")
    return dict(value)


def days_given(since: DayLike | None, until: DayLike | None) -> tuple[date | None, date | None]:
    """Return the first and the last day of a stretch, None where it has no such end.

    Raises
    ------
    ArgumentError
        When the last is before the first.
    """
    first = None if since is None else as_day(since)
    last = None if until is None else as_day(until)
    if first is not None and last is not None and last < first:
        raise refusal("Ledger", "until", f"is {last}, before since, which is {first}.")
    return first, last
