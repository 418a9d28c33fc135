"""Loads of workers before and after, against the cap and 100 %."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from caseload_balancer.arguments import a_text, checked, one_of, whole
from caseload_balancer.charts import style
from caseload_balancer.charts.drawing.bars import draw_against_limits
from caseload_balancer.charts.rows import loads as rows
from caseload_balancer.charts.subjects import display_names, some_axes
from caseload_balancer.domain.wording import percent
from caseload_balancer.plan import Plan, a_plan

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@checked(
    plan=a_plan,
    ax=some_axes,
    by=one_of(("points", "children")),
    team_id=a_text,
    most=whole(1),
    names=display_names,
)
def loads(
    plan: Plan,
    ax: Axes | None = None,
    *,
    by: rows.By = "points",
    team_id: str | None = None,
    most: int = rows.MOST_WORKERS,
    names: Mapping[str, str] | None = None,
) -> Axes:
    """Draw the load of each worker before and after the plan, against its limit.

    Parameters
    ----------
    ax
        Where to draw; None makes a figure of its own.
    by
        ``points``: in % of the points available, against 100 %, with the children and the cap
        at the right. ``children``: against each worker's cap, with the % at the right.
    team_id, most
        Only workers whose first team it is; at most so many, the most loaded.
    names
        A display name by ``worker_id``.

    Returns
    -------
    Axes
        `ax`, or the axes of the new figure.

    Raises
    ------
    MissingExtraError
        When matplotlib is not installed.
    """
    table = rows.loads(plan, by=by, team_id=team_id, most=most)
    ax = style.axes_or_new(ax, height=style.height_of(len(table.rows)))
    if not table.rows:
        style.give_title(ax, table.title)
        style.say(ax, table.words)
        return ax
    called = [style.named(worker_id, dict(names or {})) for worker_id in table.column("worker_id")]
    caps = table.column("cap")
    children = table.column("children_after")
    loads_after = table.column("percent_after")
    if by == "points":
        draw_against_limits(
            ax,
            called,
            table.column("percent_before"),
            loads_after,
            [100] * len(caps),
            [_of_cap(held, cap) for held, cap in zip(children, caps, strict=True)],
            limit="100 %",
            over="above 100 %",
            title=table.title,
            behind="children, cap",
        )
        ax.set_xlabel("load, % of the points available")
    else:
        draw_against_limits(
            ax,
            called,
            table.column("children_before"),
            children,
            caps,
            ["no points" if load is None else percent(load) for load in loads_after],
            limit="cap",
            over="over the cap",
            title=table.title,
            behind="load",
        )
        ax.set_xlabel("children")
    return ax


def _of_cap(held: int, cap: int | None) -> str:
    if cap is None:
        return f"{held}, cannot go on"
    over = f", {held - cap} over" if held > cap else ""
    return f"{held} of {cap}{over}"
