"""The words of a meeting for what a plan calls by codes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from caseload_balancer.domain.words import Role
from caseload_balancer.plan.words import Band, Change

WHAT_HAPPENS: Final[Mapping[Change, str]] = MappingProxyType(
    {
        "kept": "stays with the worker",
        "new": "gets a worker",
        "moved": "changes worker",
        "forced": "has to change worker",
        "transferred": "goes to another team",
        "waiting": "goes on waiting",
        "returned": "waits from now",
    }
)

ROLE_WORDS: Final[Mapping[Role, str]] = MappingProxyType(
    {
        "social_worker": "social worker",
        "asye": "newly qualified",
        "senior": "senior",
        "lead_practitioner": "lead practitioner",
        "personal_adviser": "personal adviser",
        "manager": "manager",
    }
)

BAND_WORDS: Final[Mapping[Band, str]] = MappingProxyType(
    {
        "green": "green",
        "amber": "amber",
        "red": "red",
        "deep red": "deep red",
        "no points": "no time for cases",
    }
)


def yes(value: bool) -> str:  # noqa: FBT001 - reads as what it says
    """Return ``yes``, or nothing."""
    return "yes" if value else ""


def sentence(clause: str) -> str:
    """Return a clause with a capital and a full stop."""
    return f"{clause[:1].upper()}{clause[1:].removesuffix('.')}."
