"""A policy in words: what it forbids, what it weighs, in which order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from caseload_balancer.domain.wording import CASE_WORDS, window
from caseload_balancer.governance.documents import Grid
from caseload_balancer.policy import Policy
from caseload_balancer.policy.goals import MEANING


def rules_in_words(policy: Policy) -> Iterator[str]:
    """Yield the rules that bind, each with its figure in this policy."""
    cap, limits, eligibility = policy.cap, policy.limits, policy.eligibility
    yield (
        f"- A full-time worker holds at most {cap.children_per_fte} children, a part-time worker "
        f"fewer, a worker in the first year {cap.asye_factor:g} of that, unless a row of a worker "
        "or team says another figure."
    )
    yield _MAY_EXCEED[cap.may_exceed_for]
    kinds = [CASE_WORDS[one] for one in eligibility.must_hold]
    more = f", and these: {', '.join(kinds)}" if kinds else ""
    yield f"- Who may never wait: a child in court{more}."
    yield f"- Nobody is given more than {limits.court_families} families in court."
    if limits.arrivals_a_week is not None:
        yield _arrivals(policy)
    yield "- Siblings with one worker stay or go together, unless a row says they may be apart."
    yield _SCOPE[eligibility.scope]
    if policy.stays.case_types:
        kept = ", ".join(CASE_WORDS[one] for one in policy.stays.case_types)
        yield f"- Work in progress stays with a worker who can go on with it: {kept}."
    if limits.move_budget is not None:
        yield f"- At most {limits.move_budget} children change worker by choice in a week."
    if policy.points.hard_limit_percent is not None:
        yield (
            f"- Nobody is given work beyond {policy.points.hard_limit_percent} % of their points."
        )
    yield "- A case that somebody locked stays with its worker."
    yield (
        "- For a child who must have a worker and would have none, some more of these give way, at "
        "a price and named; what could not be met at all is named in the plan as a breach."
    )


def _arrivals(policy: Policy) -> str:
    """Return how many families a week, and when it may be more: a limit with a price."""
    limits = policy.limits
    fewer = [
        f"{figure} to {whom}"
        for figure, whom in (
            (limits.arrivals_a_week_asye, "a worker in the first year"),
            (limits.arrivals_a_week_starter, "one who has just started"),
        )
        if figure is not None
    ]
    less = f", at most {' and '.join(fewer)}" if fewer else ""
    return (
        f"- At most {limits.arrivals_a_week} families come to a worker in a week{less}. This limit "
        "gives way to a child who may never wait, to bringing somebody under the cap, and to "
        "anything else that is worth its price; the plan names the worker."
    )


_MAY_EXCEED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "nobody": "- Nobody is given a child over the cap, unless a manager agreed it for the "
        "child.",
        "must_hold": "- A child who may never wait may be one over a cap where nothing else helps.",
    }
)
_SCOPE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "team": "- A case goes to a worker of its own team.",
        "parent": "- A case goes to a worker of its own team or of one in the same locality.",
        "service": "- A case may go to a worker of any team.",
    }
)


def rates_in_words(policy: Policy) -> Iterator[str]:
    """Yield what is weighed, each with its rate in this policy, in cost points."""
    churn, continuity, imbalance = policy.churn, policy.continuity, policy.imbalance
    yield (
        f"- Taking an ordinary case from a worker who can go on costs {churn.move:g}, a heavier "
        f"one more; in court {churn.in_court_factor:g} times that, and {churn.change_factor:g} "
        f"times for each change in the last {window(churn.window_days)}."
    )
    yield (
        "- A child who had a worker before and comes to a stranger costs "
        f"{continuity.new_worker:g}."
    )
    yield (
        f"- A third worker in {window(churn.window_days)} costs {continuity.third_worker:g} more, "
        "moved by choice or not."
    )
    yield (
        f"- Closing a gap of {imbalance.gap_percent} points of load % with one ordinary case is "
        f"worth {imbalance.gap_worth:g}."
    )
    yield (
        f"- {policy.waiting.weeks} weeks' wait of an ordinary child-in-need case is worth "
        f"{policy.waiting.weeks_worth:g}."
    )
    yield "- A change that has to be, or that was asked for, costs nothing as a change."


def order_of_goals(policy: Policy) -> Grid:
    """Return the goals tier by tier, as this policy weighs them."""
    rows = [
        (str(number), MEANING[goal].words, str(policy.goals[goal].weight), MEANING[goal].unit)
        for number, tier in enumerate(policy.tiers, start=1)
        for goal in tier
    ]
    return Grid(
        "What comes first: an earlier tier is never given up for a later one, but for its slack",
        ("tier", "what is counted", "weight", "in"),
        tuple(rows),
    )


def every_setting(policy: Policy) -> Grid:
    """Return each setting of the policy as it was in this run."""
    rows = tuple(_settings(policy.model_dump(mode="json"), ""))
    return Grid("Every setting of this run", ("setting", "value"), rows)


def _settings(value: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from _settings(item, f"{name}.{key}" if name else key)
    else:
        shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        yield name, "none" if value is None else shown
