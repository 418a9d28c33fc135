"""The closed vocabularies of the tables, and the few types every table shares."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

CaseType = Literal[
    "assessment",
    "section_47",
    "child_in_need",
    "child_protection",
    "looked_after",
    "care_leaver",
    "private_fostering",
    "disability_review",
    "other",
]
Employment = Literal["permanent", "agency"]
Role = Literal[
    "social_worker", "asye", "senior", "lead_practitioner", "personal_adviser", "manager"
]
SpellReason = Literal[
    "MANAGE",
    "FCONTA",
    "LEFTRL",
    "ORGRST",
    "TSPROC",
    "ABSENC",
    "CHCHAN",
    "PCCHAN",
    "SWDIED",
    "OTHERS",
]

CASE_TYPES: Final[tuple[CaseType, ...]] = get_args(CaseType)
ROLES: Final[tuple[Role, ...]] = get_args(Role)

ID_PATTERN: Final = r"^[A-Za-z0-9_](?:[A-Za-z0-9_.:/#&'()+@ -]*[A-Za-z0-9_.:/#&'()+@-])?$"
"""Plain ASCII, no blank at either end, and no first character a spreadsheet runs as a formula."""

Id = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=ID_PATTERN)]
Word = Annotated[str, StringConstraints(min_length=1, max_length=100)]


def exact_decimal(value: Any) -> Any:
    """Read a number exactly as it was written: ``0.1`` is one tenth, not a binary neighbour."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return Decimal(str(value))
    if isinstance(value, str):
        try:
            return Decimal(value)
        except InvalidOperation:
            return value
    return value


Exact = Annotated[Decimal, BeforeValidator(exact_decimal)]


class Row(BaseModel):
    """One row of an input table: frozen, strict, and without unknown columns."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        validate_by_name=True,
        allow_inf_nan=False,
        hide_input_in_errors=True,
    )
