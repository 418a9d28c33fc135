"""The numbers of simulated weeks: means of the runs, with 95 % intervals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from caseload_balancer.arguments import checked, one_of
from caseload_balancer.charts.chart_tables import ChartTable
from caseload_balancer.charts.subjects import a_simulation
from caseload_balancer.domain.wording import counted

if TYPE_CHECKING:
    from caseload_balancer.simulation.answer import Simulation


@dataclass(frozen=True)
class WeeklyMeasure:
    """What is drawn of each Monday.

    Parameters
    ----------
    column
        Its column of the Mondays.
    words, unit
        What it counts, and in what.
    divisor
        Days of a week, where the column counts days of children and children are drawn.
    """

    column: str
    words: str
    unit: str
    divisor: int = 1


WEEKLY: Final[Mapping[str, WeeklyMeasure]] = {
    "waiting": WeeklyMeasure("waiting_days", "Children who wait", "children", 7),
    "moves": WeeklyMeasure("moves_by_choice", "Children moved by choice", "children"),
    "third_workers": WeeklyMeasure(
        "third_workers", "Children who reach a third worker", "children"
    ),
    "over_cap": WeeklyMeasure("over_cap", "Workers over their cap", "workers"),
    "overdue": WeeklyMeasure("overdue_days", "Children with something overdue", "children", 7),
    "spread": WeeklyMeasure("spread", "Spread of loads", "points of load %"),
    "heaviest": WeeklyMeasure("heaviest", "Heaviest load", "load %"),
}
"""What can be drawn over the weeks; each is lower where it is better."""


@checked(found=a_simulation, measure=one_of(WEEKLY))
def simulation(found: Simulation, *, measure: str = "waiting") -> ChartTable:
    """Return a measure on each Monday under each practice: the mean of the runs, its interval.

    Parameters
    ----------
    measure
        ``waiting``, ``moves``, ``third_workers``, ``over_cap``, ``overdue``, ``spread`` or
        ``heaviest``.
    """
    what = WEEKLY[measure]
    rows: list[tuple[object, ...]] = []
    for name in found.practices:
        for number, monday in enumerate(found.by_week(name, what.column), start=1):
            ends = (monday.mean, monday.low, monday.high)
            figures = [None if end is None else end / what.divisor for end in ends]
            rows.append((name, number, *figures))
    return ChartTable(
        title=f"{what.words}, Monday by Monday",
        words=(
            f"{what.words}, {what.unit}, on each of {counted(found.weeks, 'Monday')} under "
            f"{', '.join(found.practices)}: means of "
            f"{counted(found.replications, 'course')} of events"
            f"{' with 95 % intervals' if found.replications > 1 else ''}."
        ),
        columns={"practice": str, "monday": int, "mean": float, "low": float, "high": float},
        rows=tuple(rows),
    )


@checked(found=a_simulation)
def practices(found: Simulation) -> ChartTable:
    """Return moves by choice and spread of loads of each practice, with 95 % intervals."""
    rows: list[tuple[object, ...]] = []
    for name in found.practices:
        moves, spread = found.mean(name, "moves_by_choice"), found.mean(name, "spread")
        rows.append((name, moves.mean, moves.low, moves.high, spread.mean, spread.low, spread.high))
    return ChartTable(
        title="Moves against evenness",
        words=(
            f"Children moved by choice in {counted(found.weeks, 'week')} against the spread of "
            f"loads, under {', '.join(found.practices)}: fewer and less are better."
        ),
        columns={
            "practice": str,
            **{
                f"{what}{end}": float
                for what in ("moves", "spread")
                for end in ("", "_low", "_high")
            },
        },
        rows=tuple(rows),
    )
