"""What a row's own type refuses, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import ValidationError

from caseload_balancer.intake.findings import quoted
from caseload_balancer.intake.raw_tables import Cell

_SAYS: Final = {
    "greater_than": ("out_of_range", "must be above {gt}."),
    "greater_than_equal": ("out_of_range", "must be {ge} or more."),
    "less_than": ("out_of_range", "must be below {lt}."),
    "less_than_equal": ("out_of_range", "must be {le} or less."),
    "decimal_max_places": (
        "too_many_decimals",
        "has too many decimals. At most {decimal_places} after the point.",
    ),
    "string_too_long": ("too_long", "is longer than {max_length} characters."),
}


def refusals(error: ValidationError, cells: Mapping[str, Cell]) -> Iterator[tuple[str, str, str]]:
    """Yield column, rule and message of each refusal.

    Parameters
    ----------
    cells
        The row's cells as they were found, under their columns' names.
    """
    for refusal in error.errors(include_input=False, include_url=False):
        column = str(refusal["loc"][0])
        rule, says = _SAYS.get(refusal["type"], ("refused", "is not accepted."))
        context: dict[str, Any] = refusal.get("ctx", {})
        yield column, rule, f"{column} {quoted(cells[column])} {says.format(**context)}"
