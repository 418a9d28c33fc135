"""What exports are given: maps by id, looked at before anything is made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from caseload_balancer.arguments import UnfitError, a_mapping, shown
from caseload_balancer.domain.days import as_day

IMPORT_FIELDS: Final = (
    "case_id",
    "worker_id",
    "previous_worker_id",
    "team_id",
    "change",
    "from",
    "reason",
    "reason_code",
)
"""What a case system's import can be given of a child."""


def days_by_id(value: Any) -> dict[str, date]:
    """Accept a day under each id."""
    found = {}
    for name, day in _by_id(value).items():
        try:
            found[name] = as_day(day)
        except UnfitError as unfit:
            raise UnfitError(f"under '{name}' {unfit}") from None
    return found


def texts_by_id(value: Any) -> dict[str, str]:
    """Accept a text under each id."""
    found = _by_id(value)
    for name, text in found.items():
        if not isinstance(text, str) or not text.strip():
            raise UnfitError(f"must have text under '{name}', not {shown(text)}.")
    return dict(found)


def _by_id(value: Any) -> Mapping[str, Any]:
    mapping = a_mapping(value)
    if odd := [name for name in mapping if not isinstance(name, str)]:
        raise UnfitError(f"must have ids as names, and ids are text: not {shown(odd[0])}.")
    return mapping


def import_columns(value: Any) -> dict[str, str]:
    """Accept the titles of an import, each with what stands under it."""
    columns = texts_by_id(value)
    for title, name in columns.items():
        if name not in IMPORT_FIELDS:
            raise UnfitError(f"has '{name}' under '{title}'. There are {', '.join(IMPORT_FIELDS)}.")
    if not columns:
        raise UnfitError("must have a column.")
    return columns
