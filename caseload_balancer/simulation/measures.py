"""What a run is measured by: one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from caseload_balancer.simulation.records import Run, WeekRecord


@dataclass(frozen=True)
class RunMeasure:
    """One measure of a run; lower is better, every one.

    Parameters
    ----------
    name
        The name of its column.
    words
        What it counts.
    unit
        Of the figure.
    value
        Works it out.
    """

    name: str
    words: str
    unit: str
    value: Callable[[Run], float]


def _sum_of(name: str) -> Callable[[Run], float]:
    return lambda run: float(sum(getattr(week, name) for week in run.weeks))


def _mean_of(value: Callable[[WeekRecord], float]) -> Callable[[Run], float]:
    return lambda run: sum(map(value, run.weeks)) / len(run.weeks)


def _share(part: float, whole: float) -> float:
    return 100 * part / whole if whole else 0.0


MEASURES: Final[tuple[RunMeasure, ...]] = (
    RunMeasure("moves_by_choice", "moves by choice", "children", _sum_of("moves_by_choice")),
    RunMeasure(
        "moves_after_first_week",
        "moves by choice after the first week",
        "children",
        lambda run: float(sum(week.moves_by_choice for week in run.weeks[1:])),
    ),
    RunMeasure("forced", "changes forced or asked for", "children", _sum_of("forced")),
    RunMeasure("there_and_back", "there and back", "children", _sum_of("there_and_back")),
    RunMeasure(
        "moved_twice",
        "changed worker twice or more",
        "children",
        lambda run: float(run.moved_twice),
    ),
    RunMeasure("third_workers", "reached a third worker", "children", _sum_of("third_workers")),
    RunMeasure(
        "three_at_the_end",
        "three or more workers at the end",
        "children",
        lambda run: float(run.three_at_the_end),
    ),
    RunMeasure("over_cap", "over the cap", "worker-weeks", _sum_of("over_cap")),
    RunMeasure("waiting_days", "waiting", "child-days", _sum_of("waiting_days")),
    RunMeasure(
        "must_hold_waiting_days",
        "waiting, of those who may never wait",
        "child-days",
        _sum_of("must_hold_waiting_days"),
    ),
    RunMeasure("over_stop", "waits past the last step", "waits", _sum_of("over_stop")),
    RunMeasure("overdue_days", "work overdue", "child-days", _sum_of("overdue_days")),
    RunMeasure(
        "spread",
        "spread of load % of those who stay",
        "points of load %",
        _mean_of(lambda week: week.spread),
    ),
    RunMeasure(
        "heaviest",
        "heaviest load % of those who stay",
        "load %",
        _mean_of(lambda week: week.heaviest),
    ),
    RunMeasure(
        "agency_share",
        "children with agency workers",
        "% of held children",
        lambda run: _share(
            sum(week.agency_children for week in run.weeks),
            sum(week.held_children for week in run.weeks),
        ),
    ),
    RunMeasure(
        "arrivals",
        "arrivals a worker and week, mean",
        "children",
        lambda run: (
            sum(week.arrivals for week in run.weeks)
            / max(1, sum(week.workers for week in run.weeks))
        ),
    ),
    RunMeasure(
        "arrivals_at_most",
        "arrivals a worker and week, most",
        "children",
        lambda run: float(max(week.arrivals_at_most for week in run.weeks)),
    ),
)
"""Every measure, in the order of the tables."""

MEASURE_BY_NAME: Final = {measure.name: measure for measure in MEASURES}
