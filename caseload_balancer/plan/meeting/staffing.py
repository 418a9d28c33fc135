"""What a plan says of staffing, a line a subject."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from caseload_balancer.plan.drift.sentences import agency_in_words, staff_in_words
from caseload_balancer.plan.summary import shortage_in_words

if TYPE_CHECKING:
    from caseload_balancer.plan.plans import Plan


def write_staffing(plan: Plan) -> Iterator[str]:
    """Yield what is missing, who comes and goes, and what agency workers cost."""
    service = plan.teams[0]
    lines = (
        shortage_in_words(plan),
        staff_in_words(plan.staff_changes, service, plan.policy),
        agency_in_words(service),
    )
    yield from filter(None, lines)
    if plan.shortage_fte == 0 and not plan.waiting:
        yield "Every child has a worker."
