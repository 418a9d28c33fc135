"""Phrases that several answers use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from caseload_balancer.domain.wording import CASE_WORDS, children
from caseload_balancer.domain.words import CaseType

TOLD: Final = 8
"""Rows that a text names one by one; the tables of an answer hold all of them."""


def case_type_words(case_type: CaseType) -> str:
    """Return what the cases of a type are called together: ``looked-after cases``."""
    if case_type == "other":
        return "other cases"
    if case_type == "care_leaver":
        return "care leavers' cases"
    return f"{CASE_WORDS[case_type]}s"


def some_of(rows: Sequence[object]) -> str:
    """Return what the first of the rows say; the rest is counted: ``a; b; and 3 more``."""
    said = [str(row) for row in rows[:TOLD]]
    if len(rows) > TOLD:
        said.append(f"and {len(rows) - TOLD} more")
    return "; ".join(said)


def left_behind_in_words(number: int) -> str:
    """Return how many stay with somebody who goes or is away, with nobody for the days after."""
    stay = "stays" if number == 1 else "stay"
    return f"{children(number)} {stay} with a worker who cannot go on"


def waits_in_words(waiting: int, must_not: int) -> str:
    """Return how many wait, and how many of them may not: ``3 wait, 1 though it may not``."""
    text = f"{waiting:,} {'waits' if waiting == 1 else 'wait'}"
    if not must_not:
        return text
    who = "" if must_not == waiting else f", {must_not:,}"
    return f"{text}{who} though {'it' if must_not == 1 else 'they'} may not"
