"""What a model refuses, in words: the column, what was given, the rule, the fix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from caseload_balancer.arguments import shown
from caseload_balancer.domain.names import nearest
from caseload_balancer.errors import DataProblem

_SAYS: Final[Mapping[str, str]] = {
    "bool_type": "must be True or False, not {given}.",
    "decimal_max_places": "{given} has too many decimals. At most {decimal_places} are kept.",
    "decimal_parsing": "must be a number, not {given}.",
    "decimal_type": "must be a number, not {given}.",
    "dict_type": "must be a dictionary, not {given}.",
    "finite_number": "must be a finite number, not {given}.",
    "float_type": "must be a number, not {given}.",
    "frozen_instance": "cannot be changed. Make a copy: model_copy(update={{...}}).",
    "greater_than": "must be above {gt}, not {given}.",
    "greater_than_equal": "must be {ge} or more, not {given}.",
    "int_type": "must be a whole number, not {given}.",
    "is_instance_of": "must be a {class}, not {given}.",
    "less_than": "must be below {lt}, not {given}.",
    "less_than_equal": "must be {le} or less, not {given}.",
    "literal_error": "must be one of {expected}, not {given}.",
    "model_type": "must be a {class_name}, not {given}.",
    "string_pattern_mismatch": (
        "{given} is not accepted: an id is plain letters, digits and marks, without blanks around "
        "it or a first character that a spreadsheet runs; other text is one line, and the words of "
        "a list hold no semicolon."
    ),
    "string_too_long": "{given} is longer than {max_length} characters.",
    "string_too_short": "must not be empty.",
    "string_type": "must be text, not {given}. Ids and words are text: '7', not 7.",
    "too_short": "must have {min_length} or more, not {actual_length}.",
    "tuple_type": "must be a list, not {given}.",
}


def problems_of(error: ValidationError, model: type[BaseModel]) -> Iterator[DataProblem]:
    """Yield each thing that was refused when a `model` was made."""
    for refusal in error.errors(include_url=False):
        where = refusal["loc"]
        rows = len(where) > 1 and isinstance(where[1], int)
        row = int(where[1]) + 1 if rows else None
        table = str(where[0]) if rows else model.__name__
        names = [str(part) for part in (where[2:] if rows else where)]
        column = ".".join(names)
        says = _says(refusal, model, column, in_row=rows)
        message = f"{column} {says}" if column else says
        yield DataProblem(table, row, column or None, refusal["type"], message)


def _says(refusal: Any, model: type[BaseModel], column: str, *, in_row: bool) -> str:
    rule = refusal["type"]
    if rule == "missing":
        return f"is missing. Every {'row' if in_row else model.__name__} needs one."
    if rule == "extra_forbidden":
        known = () if in_row else model.model_fields
        return f"is no column of {'it' if in_row else model.__name__}.{nearest(column, known)}"
    return said_of(refusal)


def said_of(refusal: Any) -> str:
    """Return what one of Pydantic's errors says, without the name of the value, in words of ours.

    Parameters
    ----------
    refusal
        With its input.
    """
    rule = refusal["type"]
    bounds = {
        name: f"{value:g}" if isinstance(value, float) else value
        for name, value in refusal.get("ctx", {}).items()
    }
    context = {"given": shown(refusal.get("input")), **bounds}
    if context.get("class") == "Decimal":
        rule = "decimal_type"
    if rule in _SAYS:
        return _SAYS[rule].format(**context)
    return str(refusal["msg"]).removeprefix("Value error, ")
