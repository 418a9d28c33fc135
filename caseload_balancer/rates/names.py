"""The rates of exchange of a policy: what one thing is worth against another, in cost points."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from caseload_balancer.policy import Policy

RATES: Final = {
    "churn.move": "a move by choice",
    "churn.within_minimum_stay": "a move so soon after the last",
    "continuity.new_worker": "somebody new to the child",
    "continuity.third_worker": "a third worker in a year",
    "next_change.soon": "somebody who goes soon",
    "handover.per_day": "a day of handover that is lost",
    "handover.on_the_last_day": "no handover at all",
    "imbalance.gap_worth": "a gap between loads that closes",
    "imbalance.far_over_point": "a point far over 100 %",
    "waiting.weeks_worth": "weeks of waiting",
    "waiting.past_stop": "a wait past the stop",
    "new_case_share.per_family": "a new family more than colleagues",
    "new_case_share.beyond_limit": "a family beyond the week's limit",
    "reserve.place": "a place kept for next week",
    "fit.area": "another area",
    "fit.need": "a language or specialism missing",
    "fit.scope_step": "somebody from another team",
    "fit.family_apart": "siblings apart",
    "fit.change_not_made": "a request not met",
}
"""Each by section and field of the policy, with what it is the price of."""
MOST: Final = Decimal(1000)
"""The largest value a rate may have in a policy."""


def rate_of(policy: Policy, name: str) -> Decimal:
    """Return the value of a rate."""
    section, field = name.split(".")
    return Decimal(getattr(getattr(policy, section), field))


def with_rate(policy: Policy, name: str, value: Decimal) -> Policy:
    """Return a policy with another value of a rate."""
    section, field = name.split(".")
    changed = getattr(policy, section).model_copy(update={field: value})
    return policy.model_copy(update={section: changed})
