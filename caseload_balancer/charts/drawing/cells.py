"""A grid of whole numbers: the number in each cell, the shade by how large it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from caseload_balancer.charts import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw_cells(
    ax: Axes,
    rows: Sequence[str],
    columns: Sequence[str],
    numbers: Sequence[Sequence[int]],
    *,
    by_column: bool = False,
) -> None:
    """Draw a grid with names above its columns; a cell of nothing stays empty.

    Parameters
    ----------
    by_column
        Shade each column by its own largest number, where they count different things; a row alone
        has nothing to be compared with.
    """
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - an extra

    most = [max(1, *(row[place] for row in numbers)) for place in range(len(columns))]
    for line, row in enumerate(numbers):
        for place, number in enumerate(row):
            if not number:
                continue
            share = number / (most[place] if by_column else max(most))
            step = 1 + (share > 1 / 3) + (share > 2 / 3) if len(numbers) > 1 else 1
            ax.add_patch(Rectangle((place - 0.5, line - 0.5), 1, 1, color=style.SHADES[step]))
            ink = "white" if step == len(style.SHADES) - 1 else "black"
            ax.text(
                place, line, f"{number:,}", ha="center", va="center", color=ink, fontsize="small"
            )
    style.name_rows(ax, list(rows))
    ax.set_xticks(range(len(columns)), [style.shorten(name) for name in columns])
    ax.set_xlim(-0.5, len(columns) - 0.5)
    ax.tick_params(axis="x", length=0, top=False, bottom=False, labeltop=True, labelbottom=False)
    style.as_they_are(ax.get_xticklabels())
    ax.set_xticks([place + 0.5 for place in range(len(columns) - 1)], minor=True)
    ax.set_yticks([line + 0.5 for line in range(len(rows) - 1)], minor=True)
    ax.tick_params(which="minor", length=0)
    ax.grid(visible=True, which="minor", color=style.QUIET, alpha=0.35, linewidth=0.6)
    for spine in ax.spines.values():
        spine.set_color(style.QUIET)
