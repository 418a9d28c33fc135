"""Codes of the rules, shared by the pages, the refusals and the checker."""

from __future__ import annotations

from typing import Final, Literal, get_args

Rule = Literal[
    "one-worker",
    "locked",
    "keeps-a-worker",
    "work-in-progress",
    "absence-and-leaving",
    "eligibility",
    "scope",
    "transfers",
    "families",
    "cap",
    "court",
    "points-limit",
    "weekly-intake",
    "max-new",
    "move-budget",
    "rejected-worker",
    "past-stop",
    "must-hold",
]
RULES: Final[tuple[Rule, ...]] = get_args(Rule)
"""Stable codes of every rule, in the order in which findings are listed."""
