"""The goals a policy can weigh: what each counts, in which unit, and its place in the tiers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Final, Literal, get_args

from pydantic import Field

from caseload_balancer.domain.words import Exact, Row

GoalName = Literal[
    "must_hold_waiting",
    "standing_breaches",
    "over_cap",
    "concessions",
    "transfers_due",
    "waiting",
    "churn",
    "continuity",
    "next_change",
    "handover",
    "imbalance",
    "new_case_share",
    "reserve",
    "fit",
]
GOALS: Final[tuple[GoalName, ...]] = get_args(GoalName)


@dataclass(frozen=True)
class GoalMeaning:
    """What a goal counts.

    Parameters
    ----------
    words
        What it is called in an answer: ``change of worker``.
    unit
        What its whole numbers count.
    decimals
        Decimal places of its amounts as people read them: 2 for hundredths.
    priced
        Whether it is a cost at the policy's rates of exchange. Such goals add up to one figure;
        any other counts children, families or points, and stands for itself.
    """

    words: str
    unit: str
    decimals: int = 0
    priced: bool = False

    def amount(self, value: int) -> str:
        """Return a value with its sign: ``+1`` child, ``-0.3`` points, ``+10.00``."""
        return f"{value / 10**self.decimals:+,.{self.decimals}f}"


def _cost(words: str) -> GoalMeaning:
    return GoalMeaning(words, "hundredths of a cost point", decimals=2, priced=True)


MEANING: Final[Mapping[GoalName, GoalMeaning]] = MappingProxyType(
    {
        "must_hold_waiting": GoalMeaning(
            "urgency of children who may never wait", "children, weighted by urgency"
        ),
        "standing_breaches": GoalMeaning("rules left broken", "breaches"),
        "over_cap": GoalMeaning("children over cap", "children"),
        "concessions": GoalMeaning(
            "local limits given way", "tenths of a priced concession", decimals=1
        ),
        "transfers_due": GoalMeaning("transfers due and not made", "families"),
        "waiting": _cost("waiting"),
        "churn": _cost("change of worker"),
        "continuity": _cost("a worker the child does not know"),
        "next_change": _cost("a worker who goes before the case ends"),
        "handover": _cost("handover near a due date"),
        "imbalance": _cost("uneven loads"),
        "new_case_share": _cost("share of new families"),
        "reserve": _cost("places kept for next week"),
        "fit": _cost("match of child and worker"),
    }
)
"""What each goal counts; docs/goals has a page a goal."""


class Goal(Row):
    """Where one goal stands among the others.

    Parameters
    ----------
    tier
        Tiers are settled in order: a later tier never costs an earlier one anything but its slack.
    weight
        Goals of one tier are added up with these; 0 leaves the goal out.
    slack_abs
        How much of this goal, in its own unit, later tiers may give back.
    slack_rel
        The same as a share of the tier's value (0.05 is 5 %); one figure for all goals of a tier.
    """

    tier: Annotated[int, Field(ge=1, le=20)]
    weight: Annotated[int, Field(ge=0, le=1000)] = 1
    slack_abs: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    slack_rel: Annotated[Exact, Field(ge=0, le=1, decimal_places=3)] = Decimal(0)
