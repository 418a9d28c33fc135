"""Bars after the plan with a mark for before, each against its limit."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, nan
from typing import TYPE_CHECKING, Any

from caseload_balancer.charts import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw_against_limits(
    ax: Axes,
    names: Sequence[str],
    before: Sequence[float | None],
    after: Sequence[float | None],
    limits: Sequence[float | None],
    notes: Sequence[str],
    *,
    limit: str,
    over: str,
    behind: str = "",
    title: str,
) -> None:
    """Draw a bar a row, a ring where it was, a stroke at its limit and a note at the right.

    What is beyond the limit is drawn apart, so that it is seen how much it is.

    Parameters
    ----------
    before, after, limits
        Of each row; None where there is none.
    limit, over
        What the strokes are, and what is beyond them, for the legend.
    behind
        What the notes are, above them.
    title
        What stands above it all.
    """
    from matplotlib.lines import Line2D  # noqa: PLC0415 - an extra
    from matplotlib.patches import Patch  # noqa: PLC0415 - an extra

    ink = ax.xaxis.label.get_color()
    rows = range(len(names))
    held = [_number(one, 0) for one in after]
    within = [min(one, _number(most, inf)) for one, most in zip(held, limits, strict=True)]
    beyond = [one - part for one, part in zip(held, within, strict=True)]
    too_much: dict[str, Any] = {
        "hatch": style.OVER_HATCH,
        "edgecolor": ax.get_facecolor(),
        "linewidth": 0,
    }
    ax.barh(rows, within, height=0.68, color=style.HELD)
    ax.barh(rows, beyond, left=within, height=0.68, color=style.OVER, **too_much)
    ring: dict[str, Any] = {
        "marker": "o",
        "markersize": 5.5,
        "markerfacecolor": "white",
        "markeredgecolor": "black",
    }
    ax.plot([_number(one, nan) for one in before], rows, linestyle="", **ring)
    strokes = [_number(one, nan) for one in limits]
    ax.vlines(strokes, [row - 0.44 for row in rows], [row + 0.44 for row in rows], ink, linewidth=2)
    style.name_rows(ax, list(names))
    style.note_rows(ax, notes, behind, bold=[part > 0 for part in beyond])
    # A team of nobody has no child and no cap: its row is there, with nothing along it.
    longest = max(_number(one, 1) for one in (*before, *after, *limits)) or 1
    ax.set_xlim(0, 1.04 * longest)
    style.tidy(ax, grid="x")
    handles: list[Any] = [
        Line2D([], [], linestyle="", **ring, label="before"),
        Patch(facecolor=style.HELD, label="after"),
    ]
    if any(beyond):
        handles.append(Patch(facecolor=style.OVER, label=over, **too_much))
    handles.append(
        Line2D(
            [],
            [],
            linestyle="",
            marker="|",
            markersize=11,
            markeredgewidth=2,
            color=ink,
            label=limit,
        )
    )
    style.give_title(ax, title, legend=True, handles=handles)


def _number(one: float | None, otherwise: float) -> float:
    return otherwise if one is None else one
