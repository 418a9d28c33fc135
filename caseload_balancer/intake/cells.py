"""One cell to one value: explicit rules, nothing guessed.

Every function takes a cell that is not blank and a `Note`, which counts what was put right
without loss, and returns the value or raises `CellError`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NoReturn

from caseload_balancer.domain.names import nearest
from caseload_balancer.domain.spreadsheet_text import unguard
from caseload_balancer.intake.findings import quoted
from caseload_balancer.intake.known_words import folded
from caseload_balancer.intake.raw_tables import Cell, is_blank

Note = Callable[..., None]
"""Takes a rule and, where it matters, what it was applied to."""
Read = Callable[[Cell, Note], object]

_NONE: Final[Mapping[str, str]] = MappingProxyType({})
LONGEST_NUMBER: Final = 40
LONGEST_WORD: Final = 100
_BROKEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffd]")
_FAILED_FORMULA: Final = re.compile(
    r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA|FIELD!|BLOCKED!)"
)
_NUMBER: Final = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)")
_THOUSANDS: Final = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_DECIMAL_COMMA: Final = re.compile(r"-?[0-9]+,[0-9]+")
_WITH_UNIT: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?(?:%|[A-Za-z]{1,7})")
_HOURS: Final = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,4})?) ?/ ?([0-9]{1,3}(?:\.[0-9]{1,4})?)")
_PERCENT: Final = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,4})?) ?%")
_YES: Final = frozenset({"yes", "true", "1", "y"})
_NO: Final = frozenset({"no", "false", "0", "n"})


class CellError(Exception):
    """A cell that cannot be understood.

    Parameters
    ----------
    rule
        Stable code.
    says
        What is wrong and the fix, to stand after the column's name.
    """

    def __init__(self, rule: str, says: str) -> None:
        super().__init__(says)
        self.rule = rule
        self.says = says


def text_of(cell: Cell) -> str:
    """Return the text of a cell as it stands, refusing what no table may hold."""
    if not isinstance(cell, str):
        raise CellError("not_text", f"{quoted(cell)} is not text.")
    if broken := _BROKEN.search(cell):
        _refuse_character(cell, broken.group())
    if "#" in cell and _FAILED_FORMULA.fullmatch(cell.strip().upper()):
        raise CellError(
            "failed_formula",
            f"{quoted(cell)} is a formula that failed. Open the workbook, recalculate, and save "
            "it again.",
        )
    return cell


def _refuse_character(cell: str, character: str) -> NoReturn:
    if character in "\n\r\u2028\u2029\x85":
        raise CellError(
            "line_break",
            f"{quoted(cell)} holds a line break. Take it out; or is a quotation mark not closed?",
        )
    if character == "\ufffd":
        raise CellError(
            "lost_letter",
            f"{quoted(cell)} lost a letter in an earlier conversion. Export it again as UTF-8.",
        )
    raise CellError(
        "control_character",
        f"{quoted(cell)} holds the control character U+{ord(character):04X}. Take it out.",
    )


def word(cell: Cell, note: Note) -> str:
    """Return text without the blanks around it."""
    text = text_of(cell)
    trimmed = text.strip()
    if trimmed != text:
        note("trimmed")
    return unguard(trimmed)


def parts(cell: Cell, note: Note) -> Sequence[Cell]:
    """Return the items of a list: a list already, or text separated by semicolons."""
    items: Sequence[Cell] = cell if isinstance(cell, (list, tuple)) else word(cell, note).split(";")
    return [item for item in items if not is_blank(item)]


def words(cell: Cell, note: Note) -> tuple[str, ...]:
    """Return a list of texts."""
    found = tuple(text_of(item).strip() for item in parts(cell, note))
    if any("," in one for one in found):
        note("comma_in_word")
    return found


def choice(cell: Cell, note: Note, allowed: Sequence[str], known: Mapping[str, str] = _NONE) -> str:
    """Return one of `allowed`, whatever its case and with blanks or hyphens for underscores.

    Parameters
    ----------
    known
        What other words mean, by `folded`.
    """
    text = word(cell, note)
    if text in allowed:
        return text
    by_key = {option.casefold(): option for option in allowed}
    spelled = _spelled(text)
    if spelled in by_key:
        note("spelling")
        return by_key[spelled]
    if (meaning := known.get(folded(text[:LONGEST_WORD]))) is not None:
        note("known_word", f"{quoted(text)} was read as {meaning}")
        return meaning
    hint = _word_hint(spelled, tuple(allowed))
    raise CellError("unknown_word", f"{quoted(text)} is not in the list.{hint}")


def _spelled(text: str) -> str:
    return re.sub(r"[\s\-_]+", "_", text[:LONGEST_WORD]).casefold()


@lru_cache(maxsize=1000)  # the same few words stand in every row
def _word_hint(spelled: str, allowed: tuple[str, ...]) -> str:
    hint = nearest(spelled, allowed) or nearest(spelled.upper(), allowed)
    return hint or f" Use {', '.join(allowed)}."


def choices(
    cell: Cell, note: Note, allowed: Sequence[str], known: Mapping[str, str] = _NONE
) -> tuple[str, ...]:
    """Return a list of words out of `allowed`, or what they mean by `known`."""
    return tuple(choice(item, note, allowed, known) for item in parts(cell, note))


def yes_no(cell: Cell, note: Note) -> bool:
    """Return a Boolean: yes/no, true/false, 1/0, y/n, in any case."""
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, (int, float)) and cell in (0, 1):
        return bool(cell)
    text = word(cell, note).casefold() if isinstance(cell, str) else ""
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise CellError("not_yes_or_no", f"{quoted(cell)} is not yes or no. Write yes or no.")


def number(cell: Cell, note: Note) -> Decimal:
    """Return a number exactly as it was written."""
    if isinstance(cell, bool):
        raise CellError("not_a_number", f"{quoted(cell)} is not a number.")
    if isinstance(cell, (int, float, Decimal)):
        # The shortest text of a float is what the person typed; its binary value is not.
        value = Decimal(str(cell)) if isinstance(cell, float) else Decimal(cell)
        if not value.is_finite():
            raise CellError("not_a_number", f"{quoted(cell)} is not a number.")
        return value
    if not isinstance(cell, str):
        raise CellError("not_a_number", f"{quoted(cell)} is not a number.")
    text = word(cell, note)
    if len(text) > LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        raise CellError("not_a_number", f"{quoted(text)} is not a number.{_number_hint(text)}")
    return Decimal(text)


def rounded(cell: Cell, note: Note, places: int) -> Decimal:
    """Return a number, or hours of a week's as ``30/37``, rounded to `places` decimals."""
    hours = _HOURS.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if hours is not None:
        return _divided(cell, Decimal(hours[1]), Decimal(hours[2]), note, places)
    if isinstance(cell, str) and (percent := _PERCENT.fullmatch(cell.strip())):
        share = format((Decimal(percent[1]) / 100).normalize(), "f")
        raise CellError("not_a_number", f"{quoted(cell)} is not a number. Write {share}.")
    if isinstance(cell, date):
        raise CellError("not_a_number", f"{quoted(cell)} is a date. Was it hours, as 5/6?")
    value = number(cell, note)
    exponent = value.as_tuple().exponent
    if value <= 0 or not isinstance(exponent, int) or exponent >= -places:
        return value
    note("rounded")
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _divided(cell: Cell, hours: Decimal, full: Decimal, note: Note, places: int) -> Decimal:
    if not full:
        raise CellError("not_a_number", f"{quoted(cell)} divides by 0. Write hours of a week's.")
    note("divided")
    return (hours / full).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _number_hint(text: str) -> str:
    if len(text) > LONGEST_NUMBER:
        return " It is too long."
    if _THOUSANDS.fullmatch(text):
        return f" Write {text.replace(',', '')}."
    if _DECIMAL_COMMA.fullmatch(text):
        return f" Write {text.replace(',', '.')}, with a point."
    if unit := _WITH_UNIT.fullmatch(text):
        return f" Write {unit.group(1)}, without the unit, if that is what it means."
    return " Write digits, or leave the cell blank."


def whole(cell: Cell, note: Note) -> int:
    """Return a whole number; ``12.0`` is 12."""
    value = number(cell, note)
    if abs(value) >= 10**LONGEST_NUMBER or value != value.to_integral_value():
        raise CellError("not_whole", f"{quoted(cell)} is not a whole number.")
    return int(value)
