"""What a row's own type refuses, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from pydantic import ValidationError

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


def refusals(error: ValidationError) -> Iterator[tuple[str, str, str]]:
    """Yield the column, the rule, and what to say after the cell's content, of each refusal."""
    for refusal in error.errors(include_input=False, include_url=False):
        rule, says = _SAYS.get(refusal["type"], ("refused", "is not accepted."))
        context: dict[str, Any] = refusal.get("ctx", {})
        column = str(refusal["loc"][0])
        if column == "fte" and refusal["type"] == "less_than_equal":
            says += " Hours are not FTE: write them as part of a full week's, 30/37."
        yield column, rule, says.format(**context)
