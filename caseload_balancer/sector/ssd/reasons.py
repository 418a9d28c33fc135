"""Why a worker changed: the ten codes of the SSDA903 return, or the words systems write."""

from __future__ import annotations

import re
from typing import Final, cast, get_args

from caseload_balancer.domain.words import SpellReason

CODES: Final = frozenset(get_args(SpellReason))

REASON_WORDS: Final[dict[SpellReason, str]] = {
    # The code set as the dataset's own guidance for ssd_involvements gives it.
    "MANAGE": "Managing caseloads",
    "FCONTA": "First contact or re-referral",
    "LEFTRL": "Previous social worker left role",
    "ORGRST": "New social worker assigned following organisational restructure",
    "TSPROC": "New social worker assigned following child transfer due to standard process",
    "ABSENC": "Absence cover or return from absence",
    "CHCHAN": "Child requested change from previous social worker",
    "PCCHAN": "Parent/carer requested change from previous social worker",
    "SWDIED": "Previous social worker died",
    "OTHERS": "Other reason",
}
_PATTERNS: Final[tuple[tuple[re.Pattern[str], SpellReason], ...]] = tuple(
    (re.compile(pattern, re.IGNORECASE), cast("SpellReason", code))
    for pattern, code in (
        (r"manag\w* (case|work)", "MANAGE"),
        (r"first contact|re-?referral", "FCONTA"),
        (r"left (role|post|job|authority|employ)|worker (has )?left|resign|retire", "LEFTRL"),
        (r"restructur", "ORGRST"),
        (r"transfer", "TSPROC"),
        (r"absen|sick|maternity", "ABSENC"),
        (r"(parent|carer)\S* request", "PCCHAN"),
        (r"(child|young person)\S* request", "CHCHAN"),
        (r"\bdied\b|death", "SWDIED"),
        (r"^other", "OTHERS"),
    )
)


def reason_code(text: str | None) -> SpellReason | None:
    """Return the code of a reason; None where there is none, or it is none of the ten."""
    if text is None:
        return None
    first = re.split(r"[\s:\u2013-]", text.strip().upper(), maxsplit=1)[0]
    if first in CODES:
        return cast("SpellReason", first)
    return next((code for pattern, code in _PATTERNS if pattern.search(text)), None)
