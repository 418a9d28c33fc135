"""Words that more than one answer needs."""

from __future__ import annotations

from caseload_balancer.domain.words import CaseType
from caseload_balancer.plan.words import CASE_WORDS


def case_type_words(case_type: CaseType) -> str:
    """Return what the cases of a type are called together: ``looked-after cases``."""
    if case_type == "other":
        return "other cases"
    if case_type == "care_leaver":
        return "care leavers' cases"
    return f"{CASE_WORDS[case_type]}s"
