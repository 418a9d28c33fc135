"""The trade-off between children moved and loads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from caseload_balancer.arguments import checked, whole
from caseload_balancer.charts import style
from caseload_balancer.charts.rows import frontier as rows
from caseload_balancer.charts.subjects import a_frontier, some_axes
from caseload_balancer.domain.wording import children, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from caseload_balancer.insight.frontier.answer import Frontier
    from caseload_balancer.insight.frontier.points import FrontierPoint

_ROOM_FOR_NUMBERS: Final = 12
"""Points whose numbers do not hide each other."""


@checked(found=a_frontier, ax=some_axes, moves=whole())
def frontier(found: Frontier, ax: Axes | None = None, *, moves: int | None = None) -> Axes:
    """Draw how uneven loads are left by each number of moves, with the chosen point.

    A hollow point still has children over a cap; their number stands beside it. Higher is less
    even, further right is more children moved by choice. The height does not begin at 0.

    Parameters
    ----------
    ax
        Where to draw; None makes a figure of its own.
    moves
        The chosen point: the best with at most so many. By default the one after which more moves
        bring much less, where there is one.

    Returns
    -------
    Axes
        `ax`, or the axes of the new figure.

    Raises
    ------
    MissingExtraError
        When matplotlib is not installed.
    """
    table = rows.frontier(found)
    chosen = found.knee if moves is None else found.within(moves)
    ax = style.axes_or_new(ax)
    across, up = table.column("moves"), table.column("unevenness")
    ax.step(across, up, where="post", color=style.HELD, linewidth=1)
    face = ax.get_facecolor()
    for label, is_over, fill in (
        ("nobody over a cap", False, style.HELD),
        ("so many children over a cap", True, face),
    ):
        own = [
            (right, high)
            for right, high, over in zip(across, up, table.column("over_cap"), strict=True)
            if bool(over) is is_over
        ]
        if own:
            ax.plot(
                *zip(*own, strict=True),
                linestyle="",
                marker="o",
                markersize=5,
                markerfacecolor=fill,
                markeredgecolor=style.HELD,
                label=label,
            )
    _count_over_cap(ax, found)
    if chosen is not None:
        _mark(ax, chosen)
    ax.set_xlabel("children moved by choice")
    ax.set_ylabel("unevenness, cost points")
    style.count_in_whole_numbers(ax.xaxis)
    ax.margins(x=0.06, y=0.2)
    style.tidy(ax, grid="both")
    style.give_title(ax, table.title, legend=True)
    return ax


def _count_over_cap(ax: Axes, found: Frontier) -> None:
    """Write beside the points how many children are over a cap; of many, the first and last."""
    over = [point for point in found if point.over_cap]
    for point in over if len(over) <= _ROOM_FOR_NUMBERS else (over[0], over[-1]):
        ax.annotate(
            f"{point.over_cap:,}",
            (point.moves, point.imbalance / 100),
            xytext=(4, 5),
            textcoords="offset points",
            fontsize="small",
        )


def _mark(ax: Axes, chosen: FrontierPoint) -> None:
    """Ring the chosen point, and say in the empty corner what it is: the curve falls."""
    ax.plot(
        [chosen.moves],
        [chosen.imbalance / 100],
        linestyle="",
        marker="D",
        markersize=11,
        markerfacecolor="none",
        markeredgecolor=style.OVER,
        markeredgewidth=2,
        label="chosen",
    )
    ax.text(
        0.98,
        0.96,
        f"chosen: {children(chosen.moves)} moved,\n"
        f"heaviest load {percent(chosen.heaviest_load)}, "
        f"lightest {percent(chosen.lightest_load)}",
        transform=ax.transAxes,
        ha="right",
        va="top",
    )
