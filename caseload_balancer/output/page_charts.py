"""The charts of the page for the meeting: drawn where matplotlib is installed, and asked for."""

from __future__ import annotations

from collections.abc import Mapping

from caseload_balancer.arguments import checked
from caseload_balancer.domain.display_names import some_names
from caseload_balancer.extras import installed, need
from caseload_balancer.plan import Plan, a_plan
from caseload_balancer.plan.html.pictures import Picture


def can_draw() -> bool:
    """Say whether the library of the extra ``charts`` is installed."""
    return installed("matplotlib")


@checked(plan=a_plan, names=some_names)
def chart_pictures(plan: Plan, *, names: Mapping[str, str] | None = None) -> tuple[Picture, ...]:
    """Return what the page shows as charts: loads, who gives to whom, who waits.

    A chart that would be empty is left out. The same plan and names give the same bytes with the
    same version of matplotlib.

    Parameters
    ----------
    names
        A display name by ``worker_id``: shown in the drawings, beside the ids.

    Raises
    ------
    MissingExtraError
        When the extra ``charts`` is not installed.
    """
    need("a page with charts", "matplotlib")
    from caseload_balancer import charts  # noqa: PLC0415 - for pages with charts only

    called = dict(some_names(names or {}).for_ids(row.worker_id for row in plan.workers))
    found = []
    if plan.workers:
        found.append((charts.loads(plan, names=called), charts.tables.loads(plan)))
    if any(row.change not in {"kept", "waiting"} for row in plan.cases):
        found.append((charts.moves(plan, names=called), charts.tables.moves(plan)))
    if plan.waiting:
        found.append((charts.waiting(plan), charts.tables.waiting(plan)))
    return tuple(
        Picture(
            title=table.title,
            words=table.words,
            svg=charts.svg(axes),
            headings=table.headings,
            cells=tuple(tuple(cell.removesuffix(".0") for cell in row) for row in table.cells),
        )
        for axes, table in found
    )
