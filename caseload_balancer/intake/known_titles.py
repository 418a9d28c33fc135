"""What other systems and people call the columns: known without a mapping file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_CHILD: Final = (
    "child id", "child unique id", "childs id", "child ref", "child reference", "child number",
    "case ref", "case reference", "case number", "case no", "case", "person id", "person ref",
    "person number", "client id", "client number", "system id", "mosaic id", "liquidlogic id",
    "lcs id", "lcs number", "eclipse id", "unique id", "id", "reference",
)  # fmt: skip
_HOLDER: Final = (
    "allocated worker", "allocated worker id", "allocated social worker", "allocated sw",
    "allocated to", "allocated case worker", "assigned worker", "assigned to", "social worker",
    "social worker id", "social worker name", "sw", "sw name", "sw id", "case worker",
    "case holder", "case holding worker", "key worker", "lead worker", "lead professional",
    "current worker", "responsible worker", "worker", "worker name", "holder", "lead social worker",
)  # fmt: skip
_TEAM: Final = (
    "team", "team name", "team code", "allocated team", "current team", "responsible team",
    "worker team",
)  # fmt: skip
_BEGINNING: Final = ("start", "start date", "date from", "from date", "started", "date started")
_END: Final = ("end", "end date", "date to", "to date", "ended", "date ended", "until")

TITLES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "cases": {
        "case_id": _CHILD,
        "case_type": (
            "type of case", "type", "category", "case category", "plan type", "type of plan",
            "child status", "current plan", "work type",
        ),
        "worker_id": _HOLDER,
        "team_id": _TEAM,
        "family_id": (
            "family", "family ref", "family reference", "family number", "family group",
            "sibling group", "sibling group id", "household", "household id",
        ),
        "opened_on": (
            "opened", "date opened", "open date", "date of opening", "case opened",
            "referral date", "date of referral", "case start date", "cin start date", *_BEGINNING,
        ),
        "waiting_since": ("waiting from", "unallocated since", "date waiting from"),
        "in_court": (
            "court", "court proceedings", "in court proceedings", "proceedings", "in proceedings",
            "care proceedings", "live proceedings",
        ),
        "points": ("weight", "weighting", "case weight", "case weighting", "caseload points"),
        "area": ("locality", "district", "area of residence", "home area"),
        "needs": ("language", "languages", "languages needed", "needs and languages"),
        "next_due_on": (
            "next due date", "due date", "date next due", "next statutory date",
            "next visit due", "next review date", "next review due",
        ),
        "next_due": ("next statutory event", "what is due"),
        "closed_on": (
            "closed", "date closed", "closed date", "closure date", "date of closure",
            "case closed date", "case end date", "cin closure date", *_END,
        ),
        "status": ("open or closed", "case state", "open closed"),
    },
    "workers": {
        "worker_id": (
            "staff id", "staff number", "staff no", "staff code", "staff ref", "employee id",
            "employee number", "employee no", "payroll number", "payroll no", "worker number",
            "worker no", "worker code", "worker", "worker name",
            "worker ref", "staff name", "social worker", "social worker id", "social worker name",
            "allocated worker", "name", "full name", "id",
        ),
        "employment": (
            "employment type", "employment status", "contract", "contract type", "type of contract",
            "permanent or agency", "agency or permanent", "perm agency",
        ),
        "role": ("job title", "post", "post title", "job role", "grade", "position"),
        "fte": (
            "wte", "full time equivalent", "contracted fte", "contract fte", "hours fte", "fte wte",
        ),
        "team_ids": ("team id", "teams", *_TEAM),
        "cap": ("max cases", "maximum cases", "max caseload", "maximum caseload", "caseload cap"),
        "available_from": ("available", *_BEGINNING),
        "leaves_on": (
            "leaves", "leaving date", "date of leaving", "last day", "last working day",
            "contract end", "contract end date", *_END,
        ),
        "area": ("locality", "district"),
        "skills": ("languages", "specialisms"),
        "holds_cases": ("case holding", "caseholding", "case holder", "holds a caseload"),
    },
    "adjustments": {
        "worker_id": _HOLDER,
        "kind": ("reason", "type", "absence type"),
        "percent": ("reduction", "percent reduction", "reduction percent", "percentage"),
        "from": _BEGINNING,
        "to": _END,
    },
    "teams": {
        "team_id": ("team", "team code", "id"),
        "name": ("team name", "description"),
        "parent_id": ("parent", "locality", "service", "parent team"),
        "target": ("target caseload",),
    },
    "names": {
        "id": (
            "worker id", "staff id", "staff number", "staff no", "staff code", "staff ref",
            "employee id", "employee number", "employee no", "worker ref", "worker code",
            "worker number", "worker no", "payroll number", "payroll no", "sw id",
            "social worker id", "allocated worker id", "display id",
        ),
        "name": (
            "display name", "full name", "worker name", "staff name", "employee name",
            "social worker name", "social worker", "allocated worker", "known as", "worker",
        ),
    },
    "spells": {
        "case_id": _CHILD,
        "worker_id": _HOLDER,
        "from": ("allocated from", "allocation start", "allocation date", *_BEGINNING),
        "to": ("allocated to date", "allocation end", "deallocated", *_END),
        "reason": ("change reason", "reason for change", "worker change reason"),
    },
}  # fmt: skip
"""For each table and column, titles that mean it in exports and in lists kept by hand."""


def key(title: str) -> str:
    """Return a title without case, blanks and marks."""
    return re.sub(r"[\W_]+", "", title).casefold()


def _by_key(columns: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {key(title): column for column, titles in columns.items() for title in titles}


KNOWN_TITLES: Final = {table: _by_key(columns) for table, columns in TITLES.items()}
"""For each table, the column that a title without case, blanks and marks means."""
