"""The plan in an analyst's words: what each tier reached and what is proven."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from caseload_balancer.plan.plans import Plan
    from caseload_balancer.plan.search_rows import TierValue


def write_analysis(plan: Plan) -> str:
    """Return tiers, goals, bounds, floors, phases and provenance as plain text."""
    lines = [f"{plan.status}: {plan.why_stopped}"]
    for tier in plan.tiers:
        lines += _tier(tier)
    lines += _provenance(plan)
    return "\n".join(lines)


def gap_in_words(tier: TierValue) -> str:
    """Return how far a tier's value is from its bound: ``proven``, or the gap."""
    if tier.proven:
        return f"proven within its slack of {tier.slack:,}" if tier.value > tier.bound else "proven"
    gap = f"gap {tier.value - tier.bound:,}"
    return gap if tier.bound <= 0 else f"{gap} = {100 * (tier.value / tier.bound - 1):.2f} %"


def _limited_by(plan: Plan) -> str:
    if plan.deterministic:
        return "counted work, the same in every run"
    what = "somebody who stopped it" if plan.status == "interrupted" else "the clock"
    return f"{what}: another run may give another plan"


def _tier(tier: TierValue) -> Iterator[str]:
    yield f"tier {tier.number}: value {tier.value:,}, bound {tier.bound:,} ({gap_in_words(tier)})"
    for goal in tier.goals:
        weight = "" if goal.weight == 1 else f"{goal.weight} x "
        floor = "" if goal.floor is None else f"; floor {goal.floor:,}"
        yield f"  {weight}{goal.goal} {goal.value:,} {goal.unit}{floor}"


def _provenance(plan: Plan) -> Iterator[str]:
    if plan.phases:
        yield f"search: {plan.seconds:.2f} s"
    for phase in plan.phases:
        yield f"  {phase.name}: {phase.seconds:.2f} s, {phase.note}"
    yield f"limited by {_limited_by(plan)}"
    yield f"seed {plan.seed}; inputs {plan.inputs_hash[:12]}; policy {plan.policy_hash[:12]}"
    yield "versions " + ", ".join(f"{name} {number}" for name, number in plan.versions.items())
