"""Charts of raw rows, by matplotlib: gap over time, performance profile, scaling with size."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from benchmarks.registry import SHAPES
from benchmarks.reports import best_known, gaps
from benchmarks.rows import Row

_LEAST: Final = 1e-4
"""Gaps are drawn on a log scale; what is proven is drawn here, at 0.01 %."""
_WORST_RATIO: Final = 1_000.0
"""Where the performance profile ends."""
_OURS: Final = "caseload_balancer"
_MARKERS: Final = "os^vD<>Pp*hX"


def draw_charts(rows: Sequence[Row], folder: Path) -> list[tuple[str, str]]:
    """Draw every chart the rows have data for, as PNG, and return title and file name of each."""
    charts = [
        ("Gap over time", "gap-over-time.png", _gap_over_time(rows)),
        ("Performance profile", "performance-profile.png", _performance_profile(rows)),
        ("Scaling with size", "scaling.png", _scaling(rows)),
    ]
    drawn: list[tuple[str, str]] = []
    for title, name, figure in charts:
        if figure is not None:
            figure.savefig(folder / name, dpi=120, bbox_inches="tight")
            drawn.append((title, name))
    return drawn


def _gap_over_time(rows: Sequence[Row]) -> Figure | None:
    """Draw the median gap of each contestant over the time limits, a panel a group."""
    measured = gaps(rows)
    found: dict[str, dict[str, dict[float, list[float]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for place, row in enumerate(rows):
        share = measured[place]
        if share is not None:
            found[row.group][row.contestant][row.limit].append(max(_LEAST, share))
    if len({row.limit for row in rows}) < 2 or not found:
        return None
    styles = _styles(rows)
    ticks = sorted({row.limit for row in rows})
    columns = min(3, len(found))
    lines = -(-len(found) // columns)
    figure = Figure(figsize=(4.0 * columns, 3.2 * lines), layout="constrained")
    for number, (group, contestants) in enumerate(found.items(), start=1):
        axes = figure.add_subplot(lines, columns, number)
        for name, by_limit in contestants.items():
            limits = sorted(by_limit)
            medians = [statistics.median(by_limit[limit]) for limit in limits]
            axes.plot(limits, medians, **styles[name])
        axes.set(xscale="log", yscale="log", title=group, xlabel="seconds", ylabel="gap")
        axes.set_xlim(ticks[0] / 1.3, ticks[-1] * 1.3)
        axes.set_xticks(ticks, [f"{limit:g}" for limit in ticks])
        axes.set_xticks([], minor=True)
        axes.grid(visible=True, alpha=0.3)
    handles = [Line2D([], [], label=name, **style) for name, style in styles.items()]
    figure.legend(handles=handles, loc="outside right upper", fontsize="small")
    return figure


def _styles(rows: Sequence[Row]) -> dict[str, dict[str, Any]]:
    """Return how the line of each contestant looks, the same in every chart: ours black."""
    names = list(dict.fromkeys(row.contestant for row in rows))
    others = [name for name in names if name != _OURS]
    found: dict[str, dict[str, Any]] = {}
    if _OURS in names:
        found[_OURS] = {"color": "black", "linewidth": 2.5, "marker": "o", "zorder": 3}
    for number, name in enumerate(others):
        marker = _MARKERS[1 + number % (len(_MARKERS) - 1)]
        dashes = "-" if number < 10 else "--"
        found[name] = {"color": f"C{number % 10}", "linestyle": dashes, "marker": marker}
    return found


def _performance_profile(rows: Sequence[Row]) -> Figure | None:
    """Draw the share of runs within a factor of the best value, constants out, at the last limit.

    As Dolan and More, Mathematical Programming 91 (2002) 201-213, with values for times.
    """
    last = max(row.limit for row in rows)
    single = [row for row in rows if row.limit == last and not row.earlier]
    if len({row.contestant for row in single}) < 2:
        return None
    best = best_known(rows)
    ratios: dict[str, list[float]] = defaultdict(list)
    for row in single:
        value, constants = best[row.instance][0], row.floor or 0
        if row.value is None or value is None or value <= constants:
            ratios[row.contestant].append(float("inf"))
        else:
            ratios[row.contestant].append((row.value - constants) / (value - constants))
    styles = _styles(rows)
    figure = Figure(figsize=(9, 4.5), layout="constrained")
    axes = figure.add_subplot()
    for name, found in ratios.items():
        ordered = sorted(ratio for ratio in found if ratio <= _WORST_RATIO)
        shares = [(place + 1) / len(found) for place in range(len(ordered))]
        at_most = shares[-1:] or [0.0]
        style = styles[name] | {"marker": "", "label": name}
        axes.step([1.0, *ordered, _WORST_RATIO], [0.0, *shares, *at_most], where="post", **style)
    axes.set(xscale="log", xlim=(0.99, _WORST_RATIO), ylim=(0, 1.02), ylabel="share of runs")
    axes.set_xlabel(f"value above the constants, as a multiple of the best known, at {last:g} s")
    axes.grid(visible=True, alpha=0.3)
    figure.legend(loc="outside right upper", fontsize="small")
    return figure


def _scaling(rows: Sequence[Row]) -> Figure | None:
    """Draw the median gap over the size of otherwise equal services, a panel a limit."""
    measured = gaps(rows)
    found: dict[float, dict[str, dict[int, list[float]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for place, row in enumerate(rows):
        shape = row.group.rsplit("/", 1)[-1]
        share = measured[place]
        if shape.startswith("scale-") and share is not None:
            size = SHAPES[shape].units
            found[row.limit][row.contestant][size].append(max(_LEAST, share))
    if not any(len(sizes) > 1 for lines in found.values() for sizes in lines.values()):
        return None
    names = {name for lines in found.values() for name in lines}
    styles = {name: style for name, style in _styles(rows).items() if name in names}
    figure = Figure(figsize=(4.0 * len(found), 3.6), layout="constrained")
    panels = figure.subplots(1, len(found), sharey=True, squeeze=False)[0]
    for axes, limit in zip(panels, sorted(found), strict=True):
        for name, sizes in found[limit].items():
            units = sorted(sizes)
            medians = [statistics.median(sizes[size]) for size in units]
            axes.plot(units, medians, **styles[name])
        ticks = sorted({size for sizes in found[limit].values() for size in sizes})
        axes.set(xscale="log", yscale="log", title=f"{limit:g} s", xlabel="units")
        axes.set_xticks(ticks, [f"{size:,}" for size in ticks])
        axes.set_xticks([], minor=True)
        axes.grid(visible=True, alpha=0.3)
    panels[0].set_ylabel("gap")
    handles = [Line2D([], [], label=name, **style) for name, style in styles.items()]
    figure.legend(handles=handles, loc="outside right upper", fontsize="small")
    return figure
