"""The sector's abbreviations and job titles: known without a mapping file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "case_type": {
        "assessment": (
            "c&f", "c&fa", "caf", "cfa", "c&f assessment", "c and f assessment",
            "single assessment",
            "child and family assessment", "children and families assessment",
            "open assessment", "assessments",
        ),
        "section_47": ("s47", "s.47", "sec 47", "s47 enquiry", "section 47 enquiry"),
        "child_in_need": (
            "cin", "cin plan", "chin", "child in need plan", "children in need", "s17",
            "section 17",
        ),
        "child_protection": (
            "cp", "cpp", "cp plan", "child protection plan",
        ),
        "looked_after": (
            "lac", "cla", "looked after child", "child looked after", "looked after children",
            "children looked after", "in care", "child in care", "children in care", "cic",
            "cared for", "cared for child",
        ),
        "care_leaver": (
            "cl", "leaving care", "care leavers", "care experienced", "former relevant",
        ),
        "private_fostering": ("pf", "privately fostered"),
        "disability_review": ("cwd review", "short breaks review"),
    },
    "role": {
        "social_worker": (
            "sw", "qualified social worker", "qsw", "childrens social worker",
            "experienced social worker", "agency social worker",
        ),
        "asye": (
            "nqsw", "newly qualified social worker", "social worker asye", "asye social worker",
        ),
        "senior": ("senior social worker", "ssw", "sr social worker", "senior sw"),
        "lead_practitioner": (
            "advanced practitioner", "ap", "advanced social worker", "lead social worker",
            "consultant social worker", "principal social worker", "practice lead",
        ),
        "personal_adviser": ("pa", "personal advisor", "leaving care personal adviser"),
        "manager": (
            "team manager", "tm", "practice manager", "assistant team manager", "atm",
            "deputy team manager", "service manager", "group manager", "team leader",
        ),
    },
    "employment": {
        "permanent": (
            "perm", "fixed term", "fixed term contract", "ftc", "permanent contract", "employee",
            "employed", "substantive",
        ),
        "agency": ("locum", "agency worker", "agency staff"),
    },
    "reason": {
        "LEFTRL": ("left role", "worker left", "left"),
        "ABSENC": ("absence", "sickness", "sick leave", "maternity leave"),
        "ORGRST": ("restructure", "organisational restructure", "reorganisation"),
        "TSPROC": ("transfer", "transferred", "transfer process"),
        "MANAGE": ("manager", "change of manager", "manager decision"),
        "CHCHAN": ("child request", "child requested change"),
        "OTHERS": ("other",),
    },
}  # fmt: skip
"""For each column of listed words, what people write for each of them."""


def folded(text: str) -> str:
    """Return a word as it is compared: without case and with one blank for what is no letter."""
    return re.sub(r"[^\w&]+|_+", " ", text).strip().casefold()


KNOWN_WORDS: Final = {
    column: {folded(word): meaning for meaning, words in meanings.items() for word in words}
    for column, meanings in WORDS.items()
}
"""For each column, what each such word means."""
