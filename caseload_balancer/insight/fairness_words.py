"""The fairness view in a manager's words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from caseload_balancer.plan.words import children, counted, listed

if TYPE_CHECKING:
    from caseload_balancer.insight.fairness_rows import GroupShare, SpreadRow
    from caseload_balancer.insight.fairness_views import Fairness

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
    yield from told
    if told:
        yield "At best: the same number shared out as evenly as caps and limits allow."
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
    """Say the most and the gap, beside what they were and what they could be."""
    return (
        f"{before.what.capitalize()} for one full-time worker: {after.mean:.1f} on average; "
        f"{after.most:.1f} at most (before {before.most:.1f}, at best {after.least_most:.1f}); "
        f"{after.gap:.1f} between most and least (before {before.gap:.1f}, at best "
        f"{after.least_gap:.1f})."
    )


def _groups(permanent: GroupShare, agency: GroupShare) -> str:
    return (
        f"Permanent against agency, for one full-time worker after the plan: "
        f"{permanent.children_after:.1f} and {agency.children_after:.1f} children, "
        f"{permanent.hard_after:.1f} and {agency.hard_after:.1f} hard cases; with what came before "
        f"it, {permanent.new:.1f} and {agency.new:.1f} new, "
        f"{permanent.taken_over:.1f} and {agency.taken_over:.1f} taken over."
    )


def _newly_qualified(view: Fairness, group: GroupShare) -> str:
    rows = [row for row in view.workers if row.role == "asye" and row.can_hold]
    held = sum(row.children_after for row in rows)
    text = (
        f"{counted(group.workers, 'newly qualified worker')} with a protected share of "
        f"{group.full_time:.1f} full-time {'holds' if group.workers == 1 else 'hold'} "
        f"{children(held)}"
    )
    kept_from = []
    for number, what in (
        (view.protection_with_newly_qualified, "child protection case"),
        (view.court_with_newly_qualified, "case in court"),
    ):
        kept_from.append(f"no {what}" if not number else counted(number, what))
    return f"{text}, {listed(kept_from)} among them."
