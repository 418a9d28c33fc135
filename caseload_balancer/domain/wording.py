"""How cases, numbers and lists are put into sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from caseload_balancer.domain.cases import Case
from caseload_balancer.domain.words import CaseType

CASE_WORDS: Final[dict[CaseType, str]] = {
    "assessment": "assessment",
    "section_47": "section 47 case",
    "child_in_need": "child-in-need case",
    "child_protection": "child protection case",
    "looked_after": "looked-after case",
    "care_leaver": "care leaver's case",
    "private_fostering": "private fostering case",
    "disability_review": "disability review",
    "other": "case",
}


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return ``1 child``, ``1,204 children``: the number with the word that goes with it."""
    word = one if number == 1 else (many or f"{one}s")
    return f"{number:,} {word}"


def children(number: int) -> str:
    """Return ``1 child`` or ``3 children``."""
    return counted(number, "child", "children")


def listed(items: Sequence[str], *, most: int | None = None) -> str:
    """Return ``a, b and c``; beyond `most` items the rest is counted."""
    shown = list(items) if most is None else list(items[:most])
    if len(shown) < len(items):
        shown.append(f"{len(items) - len(shown)} more")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def ordinal(number: int) -> str:
    """Return ``1st``, ``2nd``, ``3rd``, ``11th``."""
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in {11, 12, 13} else suffix}"


def window(days: int) -> str:
    """Return the length of a window of history as people say it."""
    return "12 months" if days == 365 else counted(days, "day")


def percent(load: float | None) -> str:
    """Return a load % as people read it, or that there is none."""
    return "no points available" if load is None else f"{load:.0f} %"


def case_words(case: Case) -> str:
    """Return what kind of case it is: ``section 47 case in court``."""
    return CASE_WORDS[case.case_type] + (" in court" if case.in_court else "")


def with_article(noun: str) -> str:
    """Return ``an assessment``, ``a section 47 case``."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
