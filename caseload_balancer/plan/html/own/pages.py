"""A page for each worker: their load, how it is counted, what is proposed, how to object."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from caseload_balancer.domain import Snapshot
from caseload_balancer.domain.display_names import NO_NAMES, DisplayNames
from caseload_balancer.plan.html.meeting.caseloads import list_caseloads
from caseload_balancer.plan.html.meeting.safety import content_policy, own_file
from caseload_balancer.plan.html.rendering import render
from caseload_balancer.plan.meeting.reading import meanings
from caseload_balancer.plan.own.own_weeks import own_weeks
from caseload_balancer.workbooks.decision_sheet import DECISIONS, PACK_NAME

if TYPE_CHECKING:
    from caseload_balancer.plan.plans import Plan

_ROLES: Final = {
    "<table": '<table role="table"',
    "<thead>": '<thead role="rowgroup">',
    "<tbody>": '<tbody role="rowgroup">',
    "<tr>": '<tr role="row">',
    '<th scope="col">': '<th scope="col" role="columnheader">',
    "<td ": '<td role="cell" ',
}
"""A table stays one for a screen reader also where a narrow screen shows its rows as blocks."""

_WORDS: Final = frozenset({"cap", "points of work", "load", "band"})
"""What a worker's page explains of the words of the meeting's."""


def worker_pages(
    snapshot: Snapshot, plan: Plan, names: DisplayNames = NO_NAMES
) -> Iterator[tuple[str, str]]:
    """Yield the id of each worker with their page: the same bytes from the same week and plan.

    A page has no other worker's children, load or absence on it: of colleagues only who hands over
    to whom, and the last day of one who leaves.

    Parameters
    ----------
    names
        Shown beside the ids of workers; needs not have all.

    Raises
    ------
    DataError
        When the plan was made from another week.
    """
    style = own_file("page.css")
    for own in own_weeks(snapshot, plan, list_caseloads(plan)):
        page = _with_roles(
            render(
                "own/page",
                plan=plan,
                own=own,
                one=own.caseload,
                row=own.caseload.row,
                names=names,
                csp=content_policy(style),
                style=style,
                pack=PACK_NAME,
                sheet=DECISIONS,
                meanings=[pair for pair in meanings(plan.policy) if pair[0] in _WORDS],
            )
        )
        yield own.caseload.row.worker_id, page


def _with_roles(page: str) -> str:
    """Name the parts of tables; what comes from the input is escaped and has no tags."""
    for tag, named in _ROLES.items():
        page = page.replace(tag, named)
    return page
