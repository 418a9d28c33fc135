"""What follows if somebody left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from caseload_balancer.arguments import checked, whole
from caseload_balancer.charts import style
from caseload_balancer.charts.rows import resilience as rows
from caseload_balancer.charts.subjects import a_resilience, display_names, some_axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from caseload_balancer.insight.resilience.answer import Resilience


@checked(found=a_resilience, ax=some_axes, most=whole(1), names=display_names)
def resilience(
    found: Resilience,
    ax: Axes | None = None,
    *,
    most: int = rows.MOST_WORKERS,
    names: Mapping[str, str] | None = None,
) -> Axes:
    """Draw how many children would wait, or be over a cap, if each worker left.

    The worst on top. The light bar is the children the worker holds; the stroke is how many would
    be left over with everybody here.

    Parameters
    ----------
    ax
        Where to draw; None makes a figure of its own.
    most
        Workers at most.
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
    table = rows.resilience(found, most=most)
    ax = style.axes_or_new(ax, height=style.height_of(len(table.rows)))
    if not table.rows:
        style.give_title(ax, table.title)
        style.say(ax, "Nobody holds a case.")
        return ax
    ink = ax.xaxis.label.get_color()
    lines = range(len(table.rows))
    holds = table.column("holds")
    around: dict[str, Any] = {"color": style.SHADES[0], "edgecolor": style.QUIET, "linewidth": 0.8}
    ax.barh(lines, holds, height=0.8, label="holds", **around)
    left = [0] * len(table.rows)
    for column, label, color, hatch in (
        ("must_not_wait", "wait and may not", style.OVER, style.OVER_HATCH),
        ("may_wait", "wait", style.HELD, ""),
        ("over_cap", "over a cap", style.SHADES[1], "...."),
    ):
        counts = table.column(column)
        ax.barh(
            lines,
            counts,
            left=left,
            height=0.5,
            color=color,
            hatch=hatch,
            edgecolor=style.HELD if column == "over_cap" else ax.get_facecolor(),
            linewidth=0,
            label=label if any(counts) else None,
        )
        left = [start + count for start, count in zip(left, counts, strict=True)]
    base = found.nobody_leaves.waiting + found.nobody_leaves.over_cap
    ax.axvline(base, color=ink, linewidth=2, label="left over as it is")
    called = dict(names or {})
    style.name_rows(ax, [style.named(one, called) for one in table.column("worker_id")])
    style.note_rows(ax, [f"{count:,} left over" if count else "" for count in left])
    ax.set_xlim(0, 1.05 * max(*left, *holds, base, 1))
    style.count_in_whole_numbers(ax.xaxis)
    ax.set_xlabel("children")
    style.tidy(ax, grid="x")
    style.give_title(ax, table.title, legend=True)
    return ax
