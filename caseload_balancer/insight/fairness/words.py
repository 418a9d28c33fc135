"""The fairness view in a manager's words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from caseload_balancer.domain.wording import children, counted, listed

if TYPE_CHECKING:
    from caseload_balancer.insight.fairness.answer import Fairness
    from caseload_balancer.insight.fairness.rows import GroupShare, SpreadRow

_MOST_NAMED = 5


def write_title(view: Fairness) -> str:
    """Return which week it is, and how many workers can hold cases."""
    able = sum(row.can_hold for row in view.workers)
    return f"How cases are shared out, week of {view.as_of}: {counted(able, 'worker')}"


def write_fairness(view: Fairness) -> str:
    """Return a line for each thing that is shared out, and for each group."""
    return "\n".join(_lines(view))


def _lines(view: Fairness) -> Iterator[str]:
    after = {row.what: row for row in view.spreads if row.when == "after"}
    told = [
        _spread(before, after[before.what])
        for before in view.spreads
        if before.when == "before" and after[before.what].total
    ]
    if told:
        yield (
            "For each full-time worker after the plan (in brackets: before it; at best, with the "
            "same number shared out as evenly as caps and limits allow):"
        )
        yield from told
    groups = {row.group: row for row in view.groups}
    if "permanent" in groups and "agency" in groups:
        yield _groups(groups["permanent"], groups["agency"])
    if "newly qualified" in groups:
        yield _newly_qualified(view, groups["newly qualified"])
    idle = [row.worker_id for row in view.workers if row.idle]
    if idle:
        yield (
            f"{counted(len(idle), 'worker')} who can hold cases "
            f"{'has' if len(idle) == 1 else 'have'} none: {listed(idle, most=_MOST_NAMED)}."
        )


def _spread(before: SpreadRow, after: SpreadRow) -> str:
    """Give each measure after the plan, before it, and at best."""
    return (
        f"- {after.what}: {after.mean:.1f} on average; "
        f"most {after.most:.1f} ({before.most:.1f}; {after.least_most:.1f}), "
        f"most minus least {after.gap:.1f} ({before.gap:.1f}; {after.least_gap:.1f}), "
        f"standard deviation {after.deviation:.1f} ({before.deviation:.1f}; "
        f"{after.least_deviation:.1f}), "
        f"Gini {after.gini:.2f} ({before.gini:.2f}; {after.least_gini:.2f})."
    )


def _groups(permanent: GroupShare, agency: GroupShare) -> str:
    def both(what: str) -> str:
        return f"{getattr(permanent, what):.1f} and {getattr(agency, what):.1f}"

    return (
        "Permanent and agency workers compared, for each full-time worker after the plan: "
        f"children {both('children_after')}, hard cases {both('hard_after')}; cases that came, "
        f"with those of the plan: new {both('new')}, hard {both('hard_came')}, taken over "
        f"{both('taken_over')}."
    )


def _newly_qualified(view: Fairness, group: GroupShare) -> str:
    rows = [row for row in view.workers if row.role == "asye" and row.can_hold]
    held, places = (sum(getattr(row, what) for row in rows) for what in ("children_after", "cap"))
    over = [row.worker_id for row in rows if row.children_after > row.cap]
    text = (
        f"{counted(group.workers, 'newly qualified worker')} with a protected share of "
        f"{group.full_time:.1f} full-time {'holds' if group.workers == 1 else 'hold'} "
        f"{held:,} of at most {children(places)}, "
        f"{listed(over, most=_MOST_NAMED) if over else 'nobody'} over the protected cap"
    )
    kept_from = []
    for number, what in (
        (view.protection_with_newly_qualified, "child protection case"),
        (view.court_with_newly_qualified, "case in court"),
    ):
        kept_from.append(f"no {what}" if not number else counted(number, what))
    return f"{text}; {listed(kept_from)} among them."
