"""A week before anything is allocated, in a few lines on the screen."""

from __future__ import annotations

from rich.text import Text

from caseload_balancer.domain.wording import children, counted, listed
from caseload_balancer.plan.situations import Situation

_NAMED_AT_MOST = 6


def describe(situation: Situation) -> Text:
    """Tell a situation in a few plain lines."""
    over = [f"{one.worker_id} ({one.children} of {one.cap})" for one in situation.over_cap]
    staff = f"{counted(situation.workers, 'worker')} ({situation.agency_workers:,} agency)"
    lines = [
        f"{children(situation.cases)} in {counted(situation.families, 'family', 'families')}",
        f"{staff}, {situation.fte:g} FTE, room for {children(situation.places)}",
        f"Over the cap: {listed(over, most=_NAMED_AT_MOST) if over else 'nobody'}",
    ]
    if situation.without_worker:
        lines[0] += (
            f"; {situation.without_worker:,} without a worker, of whom "
            f"{situation.must_not_wait:,} may not wait"
        )
    if situation.cannot_go_on:
        gone = [f"{one.worker_id} with {children(one.children)}" for one in situation.cannot_go_on]
        lines.append(f"Cannot go on: {listed(gone, most=_NAMED_AT_MOST)}")
    return Text("\n".join(lines))
