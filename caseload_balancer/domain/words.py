"""The closed vocabularies of the tables, and the few types every table shares."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

from caseload_balancer.arguments import UnfitError
from caseload_balancer.domain.days import as_day
from caseload_balancer.domain.frozen import CheckedCopies
from caseload_balancer.domain.plain_values import is_numpy, listed_items, plain

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

ID_PATTERN: Final = r"^\w(?:[\w.:/#&'\u2019()+@, -]*[\w.:/#&'\u2019()+@-])?$"
"""Letters of any script, no blank at either end, and no first character that runs as a formula."""

SCIENTIFIC_ID: Final = re.compile(r"[0-9](?:\.[0-9]+)?[Ee][+-][0-9]+")
"""What a spreadsheet makes of a long number: the digits it hides are lost."""

LONG_NUMBER: Final = re.compile(r"[0-9]{16,}")
"""Spreadsheets keep 15 digits of a number and write 0 for the others."""


def _survives_a_spreadsheet(text: str) -> str:
    if SCIENTIFIC_ID.fullmatch(text) or LONG_NUMBER.fullmatch(text):
        raise PydanticCustomError(
            "id_damaged", "id must not be a number in scientific form or of 16 or more digits"
        )
    if not text.isprintable():
        raise PydanticCustomError("id_invisible", "id must not hold characters that nobody sees")
    return text


Id = Annotated[
    str,
    StringConstraints(min_length=1, max_length=64, pattern=ID_PATTERN),
    AfterValidator(_survives_a_spreadsheet),
]
Word = Annotated[
    str,
    StringConstraints(
        min_length=1,
        max_length=100,
        pattern=r"^[^\s\p{Cc}\x{FFFD}](?:[^\p{Cc}\p{Zl}\p{Zp}\x{FFFD}]*[^\s\p{Cc}\x{FFFD}])?$",
    ),
]
"""Text of one line, no blank at either end, every letter intact."""

Item = Annotated[Word, StringConstraints(pattern=r"^[^;]*$")]
"""A word in a list: lists in one cell are separated by semicolons."""


def exact_decimal(value: Any) -> Any:
    """Read a number exactly as it was written: ``0.1`` is one tenth, not a binary neighbour."""
    if is_numpy(value):
        value = str(value)  # the shortest text of a float32 is what the person typed
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float | str | Decimal):
        try:
            return _plain(Decimal(str(value)))
        except InvalidOperation:
            return value
    return value


def _plain(number: Decimal) -> Decimal:
    """Write equal numbers alike (``1.0`` as ``1``), so that equal snapshots share a fingerprint."""
    if not number.is_finite():
        return number
    short = number.normalize() + 0
    if short != number:  # more digits than the context keeps: too long to be right, left to fail
        return number
    exponent = short.as_tuple().exponent
    if isinstance(exponent, int) and 0 < exponent <= _LARGEST_EXPONENT:
        return short.quantize(Decimal(1))
    return short


_LARGEST_EXPONENT: Final = 6

Exact = Annotated[Decimal, BeforeValidator(exact_decimal)]
"""A number of Python or numpy, or its text."""


def to_three_places(value: Any) -> Any:
    """Round a number as exports have it, 30 of 37 hours as 0.8108..., to three places."""
    number = exact_decimal(value)
    if isinstance(number, Decimal) and number.is_finite() and 0 <= number < _ROUNDED_BELOW:
        return _plain(round(number, 3))
    return value


_ROUNDED_BELOW: Final = 1000

Hours = Annotated[Exact, BeforeValidator(to_three_places)]
"""Full-time equivalents, to three places."""


def _day(value: Any) -> date:
    try:
        return as_day(value)
    except UnfitError as unfit:
        raise PydanticCustomError("date_type", "{says}", {"says": str(unfit)}) from None


Day = Annotated[date, BeforeValidator(_day)]
"""A day, however it is written in Python; see `as_day`."""

Whole = Annotated[int, BeforeValidator(plain)]
YesNo = Annotated[bool, BeforeValidator(plain)]

Many = BeforeValidator(listed_items)
"""Lists, where a frozen row keeps tuples."""


class Row(CheckedCopies):
    """One row of an input table: frozen, strict, and without unknown columns."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        validate_by_name=True,
        allow_inf_nan=False,
        hide_input_in_errors=True,
    )
