"""How charts look: one figure size, colours that nobody has to tell apart by hue alone.

Hues are those of Okabe and Ito (2008), made for people who see red and green alike. Whatever
matters differs in lightness, hatch, marker or words as well, so that a print in grey tells it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, Literal

from caseload_balancer.extras import need

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.text import Text

WIDTH: Final = 6.4
"""Inches: on a slide ten points of type become twenty, and a phone still shows eight pixels."""

HEIGHT: Final = 3.6
"""Inches of a chart that is no list."""

ROW: Final = 0.27
AROUND: Final = 1.35
FEWEST_ROWS: Final = 3
"""Inches of each row of a list, and around the rows; one row is not blown up to a page."""

HELD: Final = "#0072B2"
OVER: Final = "#D55E00"
QUIET: Final = "#8C8C8C"
SHADES: Final = ("#F0F0F0", "#A6CEE3", "#4A98C9", "#08306B")
"""From little to much; each is told from the next in grey, too."""

LINES: Final = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
MARKERS: Final = "os^vDPX"
DASHES: Final = ("-", "--", "-.", ":")
OVER_HATCH: Final = "////"

_MOST_IN_A_LINE: Final = 5
_LEGEND_LINE: Final = 18
"""Points that a line of the legend takes."""

_LONG: Final = 18
_LONGEST: Final = 32
"""Letters of a name: beyond the first it is set smaller, beyond the second cut."""


def axes_or_new(ax: Axes | None, *, height: float = HEIGHT) -> Axes:
    """Return the axes given, or those of a new figure that pyplot knows nothing of.

    Raises
    ------
    MissingExtraError
        When matplotlib is not installed.
    """
    if ax is not None:
        return ax
    new: Axes = new_figure(WIDTH, height).subplots()
    return new


def new_figure(width: float, height: float) -> Any:
    """Return an empty figure of so many inches.

    Raises
    ------
    MissingExtraError
        When matplotlib is not installed.
    """
    need("a chart", "matplotlib")
    from matplotlib.figure import Figure  # noqa: PLC0415 - an extra

    return Figure(figsize=(width, height), layout="constrained")


def height_of(rows: int) -> float:
    """Return the inches of a chart with so many rows below each other."""
    return AROUND + ROW * max(FEWEST_ROWS, rows)


def give_title(ax: Axes, title: str, *, legend: bool = False, handles: Any = None) -> None:
    """Write the title at the left; the legend goes below it, where it can hide nothing.

    Parameters
    ----------
    handles
        What is in the legend; by default whatever has a label.
    """
    lines = 0
    if legend:
        shown = ax.get_legend_handles_labels()[0] if handles is None else handles
        columns = len(shown) if len(shown) < _MOST_IN_A_LINE else _MOST_IN_A_LINE - 2
        lines = -(-len(shown) // columns)
        ax.legend(
            handles=shown,
            loc="lower left",
            bbox_to_anchor=(-0.01, 1.0),
            ncols=columns,
            frameon=False,
            borderaxespad=0.2,
            borderpad=0.1,
            columnspacing=1.2,
            handlelength=1.4,
            handletextpad=0.5,
            fontsize="small",
        )
    ax.set_title(title, loc="left", fontweight="bold", pad=8 + _LEGEND_LINE * lines)


def tidy(ax: Axes, *, grid: Literal["x", "y", "both"]) -> None:
    """Take away what says nothing, and draw a quiet grid along one axis or both."""
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    ax.set_axisbelow(True)
    ax.grid(visible=True, axis=grid, color=QUIET, alpha=0.35, linewidth=0.6)


def count_in_whole_numbers(axis: Axis) -> None:
    """Mark whole numbers alone: nobody is half a child."""
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415 - an extra

    axis.set_major_locator(MaxNLocator(integer=True))


def name_rows(ax: Axes, names: list[str]) -> None:
    """Name the rows of a list, the first on top. What people are called is no formula."""
    size = "small" if max(map(len, names), default=0) > _LONG else "medium"
    ax.set_yticks(range(len(names)), [shorten(name) for name in names], fontsize=size)
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0)
    as_they_are(ax.get_yticklabels())


def note_rows(
    ax: Axes, notes: Sequence[str], heading: str = "", bold: Sequence[bool] | None = None
) -> None:
    """Write a note at the right of each row, some in bold, and above them what they are."""
    at = ax.get_yaxis_transform()
    for row, note in enumerate(notes):
        weight = "bold" if bold is not None and bold[row] else "normal"
        ax.text(1.01, row, note, transform=at, va="center", fontsize="small", fontweight=weight)
    ax.text(1.01, -0.62, heading, transform=at, va="bottom", fontsize="small")


def shorten(name: str) -> str:
    """Return a name no longer than leaves room for the chart beside it."""
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}\N{HORIZONTAL ELLIPSIS}"


def as_they_are(texts: list[Text]) -> None:
    """Have texts shown letter by letter: ``$`` begins no formula in them."""
    for text in texts:
        text.set_parse_math(False)


def say(ax: Axes, words: str) -> None:
    """Say something in the middle of a chart that has nothing to draw."""
    ax.text(0.5, 0.5, words, transform=ax.transAxes, ha="center", va="center", wrap=True)
    ax.set_xticks([])
    ax.set_yticks([])
    for spine in ax.spines.values():
        spine.set_visible(False)


def named(worker_id: str, names: dict[str, str]) -> str:
    """Return what a worker is called in a chart: the name beside the id, if there is one."""
    return f"{names[worker_id]} ({worker_id})" if worker_id in names else worker_id
