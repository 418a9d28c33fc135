"""Roles by job title, as people write them."""

from __future__ import annotations

import re
from typing import Final, cast

from caseload_balancer.domain.words import ROLES, Role

_TITLES: Final[tuple[tuple[re.Pattern[str], Role], ...]] = tuple(
    (re.compile(pattern, re.IGNORECASE), cast("Role", role))
    for pattern, role in (
        # The first that fits: a senior personal adviser is one, an assistant manager a manager.
        (r"\b(asye|nqsw)\b|newly qualified", "asye"),
        (r"personal advis|\bpa\b", "personal_adviser"),
        (r"lead practitioner|advanced|consultant|principal|practice lead", "lead_practitioner"),
        (r"manager|head of|team leader|director", "manager"),
        (r"\bsenior\b|\bssw\b|experienced", "senior"),
        (r"social work|\bsw\b|practitioner|case holder", "social_worker"),
    )
)


def role_of(title: str | None) -> Role | None:
    """Return the role of a job title, or a role as our tables write it; None for other words."""
    if title is None:
        return None
    word = re.sub(r"[\s\-_]+", "_", title.strip()).casefold()
    if word in ROLES:
        return word
    return next((role for pattern, role in _TITLES if pattern.search(title)), None)
