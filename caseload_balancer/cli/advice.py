"""Advice in messages, as somebody at a command line can follow it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from caseload_balancer.domain.cross_checks import TABLES
from caseload_balancer.errors import DataProblem

_OPTIONS: Final = (
    (re.compile(r"date_format='([^']*)'"), r"--date-format '\1'"),
    (re.compile(r"encoding='([^']*)'"), r"--encoding \1"),
    (re.compile(r"header_row=\{'(\w+)': (\d+)\}"), r"--header-row \1=\2"),
    (re.compile(r"\b([Pp]ass) allow_empty\b"), r"\1 --allow-empty"),
    (re.compile(r"\b([Pp]ass) as_of\b"), r"\1 --as-of DATE"),
    (re.compile(r"\b([Pp]ass) unregistered='XX'"), r"\1 --unregistered XX"),
    (re.compile(r"\(see \.problems\)"), "(--all lists them)"),
    (re.compile(r"\bopen: where (?=must|is)"), "LEDGER "),
)
"""What readers say to a programmer, and the option that does the same."""


def in_options(text: str) -> str:
    """Return a message that names options of the command line in place of arguments."""
    for said, option in _OPTIONS:
        text = said.sub(option, text)
    return text


_MAPPED: Final = frozenset(
    {"not_decodable", "header_below", "unknown_word", "missing_column", "no_header", "not_a_row"}
)
"""What a mapping file may mend."""


def where_to_map(problems: Iterable[DataProblem]) -> str:
    """Return a sentence on ``caseload map`` where it may help, or nothing."""
    rules = {problem.rule for problem in problems if problem.table in TABLES}
    if _MAPPED.isdisjoint(rules):
        return ""
    return (
        "\nIf the files come from another system, 'caseload map DIR --out DIR/mapping.toml' "
        "proposes what its titles, words and dates mean."
    )
