"""The sheet decisions are made on: its columns and words, for who writes it and who reads it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, get_args

from caseload_balancer.domain.display_names import NAME_MARK
from caseload_balancer.domain.words import SpellReason

PACK_NAME: Final = "meeting.xlsx"
"""The pack's name in a folder of a plan."""

DECISIONS: Final = "To decide"
SETTINGS: Final = "Settings"
LISTS: Final = "lists"
"""Titles of the sheets that are read back; the last is hidden."""

RUN_NAME: Final = "caseload_run"
"""The hidden name that says which plan the workbook is about."""

RUN_LABEL: Final = "Run"
"""What stands before the same on the sheet of settings."""

DecisionColumn = Literal[
    "child",
    "case",
    "what happens",
    "today with",
    "plan",
    "why",
    "decision",
    "to",
    "reason",
    "comment",
    "decided by",
    "key",
]
COLUMNS: Final[tuple[DecisionColumn, ...]] = get_args(DecisionColumn)
READ_BACK: Final[tuple[DecisionColumn, ...]] = (
    "child",
    "plan",
    "decision",
    "to",
    "reason",
    "comment",
    "decided by",
    "key",
)
"""Columns without which a sheet cannot be read back."""

FILLED_IN: Final[tuple[DecisionColumn, ...]] = ("decision", "to", "reason", "comment", "decided by")
"""Columns that are blank when the sheet is written."""

DecisionWord = Literal["accept", "reject", "another worker"]
DECISION_WORDS: Final[tuple[DecisionWord, ...]] = get_args(DecisionWord)

NOBODY: Final = "(nobody: waits)"
"""Stands where a worker's id would; no id begins with a bracket."""

REASON_WORDS: Final[Mapping[SpellReason, str]] = MappingProxyType(
    {
        "MANAGE": "to even out caseloads",
        "FCONTA": "first worker of the child",
        "LEFTRL": "worker left the role",
        "ORGRST": "teams were reorganised",
        "TSPROC": "case moves on to another team",
        "ABSENC": "worker is absent",
        "CHCHAN": "child asked for a change",
        "PCCHAN": "parent or carer asked for a change",
        "SWDIED": "worker died",
        "OTHERS": "another reason",
    }
)
"""The ten codes of the SSDA903 return, in short."""


def reason_choice(code: SpellReason) -> str:
    """Return a reason as the drop-down shows it: ``PCCHAN: parent or carer asked for a change``."""
    return f"{code}: {REASON_WORDS[code]}"


def id_of(shown: str) -> str:
    """Return the id of a worker that `DisplayNames.of` showed."""
    return shown.partition(NAME_MARK)[0].rstrip()


def row_key(run: str, case_id: str, worker: str) -> str:
    """Return what ties a row to its run, its child and whom the plan names.

    Parameters
    ----------
    run
        The plan's fingerprint.
    worker
        The id that the row shows under ``plan``.
    """
    return hashlib.sha256(f"{run}\n{case_id}\n{worker}".encode()).hexdigest()[:16]
