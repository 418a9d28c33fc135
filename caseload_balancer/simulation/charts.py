"""The chart of a simulation, by matplotlib: moves against spread, and the weeks."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from statistics import fmean
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from matplotlib.figure import Figure

from caseload_balancer.simulation.measures import MEASURE_BY_NAME

if TYPE_CHECKING:
    from caseload_balancer.simulation.answer import Simulation

_MARKERS: Final = "os^vD<>Pp*hX"


def draw_simulation(found: Simulation, path: str | PathLike[str] | BinaryIO) -> None:
    """Draw one PNG of three panels.

    Moves by choice against spread, a point a practice with its 95 % intervals; the children who
    wait, and the spread of loads, Monday by Monday, means of the runs.
    """
    figure = Figure(figsize=(13, 4.2), layout="constrained")
    frontier, waiting, spread = figure.subplots(1, 3)
    for number, name in enumerate(found.practices):
        style = {"color": f"C{number % 10}", "label": name}
        marker = _MARKERS[number % len(_MARKERS)]
        moves, even = found.mean(name, "moves_by_choice"), found.mean(name, "spread")
        frontier.errorbar(
            moves.mean,
            even.mean,
            xerr=moves.half,
            yerr=even.half,
            marker=marker,
            capsize=3,
            linestyle="",
            **style,
        )
        weeks = range(1, found.weeks + 1)
        waiting.plot(weeks, _by_week(found, name, "waiting_days", 7), **style)
        spread.plot(weeks, _by_week(found, name, "spread", 1), **style)
    _name(frontier, "Moves against evenness", "children moved by choice", _words("spread"))
    _name(waiting, "Children who wait", "Monday", "children")
    _name(spread, "Spread of loads", "Monday", "points of load %")
    figure.legend(*frontier.get_legend_handles_labels(), loc="outside right upper")
    figure.savefig(path, dpi=120, format="png")


def _by_week(found: Simulation, name: str, column: str, divisor: float) -> Sequence[float]:
    weeks = zip(*(run.weeks for run in found.runs_of(name)), strict=True)
    return [fmean(getattr(week, column) for week in runs) / divisor for runs in weeks]


def _words(measure: str) -> str:
    return MEASURE_BY_NAME[measure].unit


def _name(axes: Any, title: str, across: str, up: str) -> None:
    axes.set(title=title, xlabel=across, ylabel=up)
    axes.set_ylim(bottom=0)
    axes.grid(visible=True, alpha=0.3)
