"""The goals a policy can weigh, and their place in its tiers."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Final, Literal, get_args

from pydantic import Field

from caseload_balancer.domain.words import Exact, Row

GoalName = Literal[
    "must_hold_waiting",
    "standing_breaches",
    "over_cap",
    "over_points",
    "waiting",
    "churn",
    "handover",
    "imbalance",
    "agency_exposure",
    "new_case_share",
    "fit",
]
GOALS: Final[tuple[GoalName, ...]] = get_args(GoalName)

COUNTED: Final = frozenset({"must_hold_waiting", "standing_breaches", "over_cap"})
"""Goals counted in children (or families); ``over_points`` counts tenths of a point, and every
other goal hundredths of a cost point."""


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
