"""What the checker reports: rules broken by a plan, and what could not be met."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from caseload_balancer.policy import RULES, Rule


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing found in an allocation.

    Parameters
    ----------
    rule
        Code of the rule; the pages under ``docs/rules`` carry the same codes.
    sentence
        What was found, in a manager's words, with ids.
    case_ids
        The cases it is about, in order of id; empty where it is about all a worker holds.
    worker_id, family_id
        The worker and the family it is about, where it is about one.
    amount
        How far the rule is missed, in the rule's own unit: children, families, workers beyond
        the first, or tenths of a point.
    """

    rule: Rule
    sentence: str
    case_ids: tuple[str, ...] = ()
    worker_id: str | None = None
    family_id: str | None = None
    amount: int = 1


@dataclass(frozen=True, kw_only=True)
class Violation(Finding):
    """A hard rule that the allocation breaks: such a plan is never returned."""


@dataclass(frozen=True, kw_only=True)
class Breach(Finding):
    """Something that could not be met, or was broken at the start and stands.

    Parameters
    ----------
    price
        What a local limit that gave way adds to the goal ``concessions``; 0 for any other breach.
    """

    price: int = 0

    @property
    def gave_way(self) -> bool:
        """Whether a local limit gave way, at a price.

        That of the week's intake is in the goal ``new_case_share``, not in ``concessions``.
        """
        return self.price > 0 or self.rule == "weekly-intake"


Found = TypeVar("Found", bound=Finding)


def in_order(findings: Iterable[Found]) -> tuple[Found, ...]:
    """Sort by rule, worker and cases, so that the order of input rows never shows."""
    return tuple(
        sorted(
            findings,
            key=lambda f: (RULES.index(f.rule), f.worker_id or "", f.case_ids, f.sentence),
        )
    )
