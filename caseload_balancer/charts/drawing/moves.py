"""Who gives to whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from caseload_balancer.arguments import a_text, checked, one_of, whole
from caseload_balancer.charts import style
from caseload_balancer.charts.drawing.cells import draw_cells
from caseload_balancer.charts.rows import moves as rows
from caseload_balancer.charts.subjects import display_names, some_axes
from caseload_balancer.plan import Plan, a_plan

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LEVEL_UP_TO: Final = 8
"""Columns whose names can be read side by side."""


@checked(
    plan=a_plan,
    ax=some_axes,
    by=one_of(("worker", "team")),
    team_id=a_text,
    most=whole(1),
    names=display_names,
)
def moves(
    plan: Plan,
    ax: Axes | None = None,
    *,
    by: rows.Who | None = None,
    team_id: str | None = None,
    most: int = rows.MOST_PEOPLE,
    names: Mapping[str, str] | None = None,
) -> Axes:
    """Draw how many children each worker, or each team, gives to each other.

    A grid: who gives at the left, who takes above, children in the cells.

    Parameters
    ----------
    ax
        Where to draw; None makes a figure of its own.
    by
        ``worker`` or ``team``, the first of a worker's; by default workers where all of them can
        be read, otherwise teams.
    team_id
        Only children who leave a worker of the team, or come to one.
    most
        Givers, and takers, at most; those with fewer children stand together.
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
    table = rows.moves(plan, by=by, team_id=team_id, most=most)
    givers = list(dict.fromkeys(row[0] for row in table.rows))
    takers = sorted({row[1] for row in table.rows}, key=rows.in_order)
    ax = style.axes_or_new(ax, height=style.height_of(len(givers) + 2))
    style.give_title(ax, table.title)
    if not table.rows:
        style.say(ax, "No child changes worker.")
        return ax
    number = {(row[0], row[1]): row[2] for row in table.rows}
    own = _names_of_teams(plan) if "from_team" in table.columns else dict(names or {})
    draw_cells(
        ax,
        [style.named(giver, own) for giver in givers],
        [taker if "from_team" in table.columns else style.named(taker, own) for taker in takers],
        [[number.get((giver, taker), 0) for taker in takers] for giver in givers],
    )
    ax.set_ylabel("gives")
    ax.set_xlabel("takes", labelpad=6)
    ax.xaxis.set_label_position("top")
    if len(takers) > _LEVEL_UP_TO:
        ax.tick_params(axis="x", labelrotation=90)
    return ax


def _names_of_teams(plan: Plan) -> dict[str, str]:
    return {row.team_id: row.name for row in plan.teams if row.team_id and row.name}
