"""What simulated weeks come to: rows, intervals, differences, a frontier and a text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from os import PathLike
from typing import Any, BinaryIO, Final

from caseload_balancer.insight.answers import Answer, Kind, Table
from caseload_balancer.simulation.intervals import Interval
from caseload_balancer.simulation.measures import MEASURE_BY_NAME, MEASURES
from caseload_balancer.simulation.records import Run, WeekRecord
from caseload_balancer.simulation.words import write_simulation, write_simulation_title


@dataclass(frozen=True)
class ParetoPoint:
    """Where one practice stands between moves and evenness.

    Parameters
    ----------
    practice
        Its name.
    moves_by_choice, spread
        Means of the runs.
    better
        Practices with no more moves and no more spread, less of one; empty on the frontier.
    """

    practice: str
    moves_by_choice: float
    spread: float
    better: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, repr=False)
class Simulation(Answer):
    """Practices and policies through the same weeks.

    Parameters
    ----------
    as_of, weeks
        The first Monday; Mondays in all.
    workers, children
        How many there are on the first Monday.
    practices
        Their names; the first is the one that others are compared with.
    runs
        One a practice and a course of events.
    rules
        Name of the policy by whose rules changes, waits and loads are judged.
    """

    as_of: date
    weeks: int
    workers: int
    children: int
    practices: tuple[str, ...]
    runs: tuple[Run, ...]
    rules: str

    @property
    def replications(self) -> int:
        """Courses of events."""
        return len(self.runs) // len(self.practices)

    def runs_of(self, practice: str) -> tuple[Run, ...]:
        """Return the runs of one practice, by course of events.

        Raises
        ------
        KeyError
            When there is no such practice.
        """
        return self._runs_by_practice[practice]

    @cached_property
    def _runs_by_practice(self) -> Mapping[str, tuple[Run, ...]]:
        return {
            name: tuple(
                sorted(
                    (run for run in self.runs if run.practice == name),
                    key=lambda run: run.replication,
                )
            )
            for name in self.practices
        }

    def mean(self, practice: str, measure: str) -> Interval:
        """Return a measure of a practice: the mean of its runs, with its interval."""
        value = MEASURE_BY_NAME[measure].value
        return Interval.of([value(run) for run in self.runs_of(practice)])

    def by_week(self, practice: str, column: str) -> tuple[Interval, ...]:
        """Return a column of the Mondays under a practice: the mean of its runs on each."""
        mondays = zip(*(run.weeks for run in self.runs_of(practice)), strict=True)
        return tuple(
            Interval.of([float(getattr(week, column)) for week in runs]) for runs in mondays
        )

    def difference(self, practice: str, measure: str, against: str | None = None) -> Interval:
        """Return by how much a practice is above another on the same events.

        Parameters
        ----------
        against
            The other; the first practice where none is named.
        """
        value = MEASURE_BY_NAME[measure].value
        others = self.runs_of(against or self.practices[0])
        return Interval.of(
            [
                value(run) - value(other)
                for run, other in zip(self.runs_of(practice), others, strict=True)
            ]
        )

    @cached_property
    def frontier(self) -> tuple[ParetoPoint, ...]:
        """Moves by choice against spread, by rising moves: who is better in both is named."""
        points = {
            name: (self.mean(name, "moves_by_choice").mean, self.mean(name, "spread").mean)
            for name in self.practices
        }
        return tuple(
            ParetoPoint(name, *points[name], _better_than(name, points))
            for name in sorted(points, key=lambda name: points[name])
        )

    def looked_after_three(self, practice: str) -> float | None:
        """Return the % of looked-after children with three or more workers in 12 months."""
        runs = self.runs_of(practice)
        children = sum(run.looked_after_at_the_end for run in runs)
        if not children:
            return None
        return 100 * sum(run.looked_after_three_at_the_end for run in runs) / children

    @property
    def title(self) -> str:
        """One line: which service, for how long, and how often."""
        return write_simulation_title(self)

    @property
    def text(self) -> str:
        """What came of it, what differs by more than chance, and what is not to be relied on."""
        return write_simulation(self)

    def tables(self) -> Mapping[str, Table]:
        """Return ``measures``, ``differences``, ``frontier``, ``runs`` and ``weeks``."""
        return {
            "measures": Table("Measures", _MEASURE_COLUMNS, tuple(self._measure_rows())),
            "differences": Table(
                f"Differences from {self.practices[0]} on the same events",
                _DIFFERENCE_COLUMNS,
                tuple(self._difference_rows()),
            ),
            "frontier": Table.of("Moves against evenness", _FRONTIER_COLUMNS, self.frontier),
            "runs": Table("Runs", _RUN_COLUMNS, tuple(map(_run_row, self.runs))),
            "weeks": Table("Mondays", _WEEK_COLUMNS, tuple(self._week_rows())),
        }

    def to_frame(self, backend: str | None = None) -> Any:
        """Return the runs as one data frame: a row a practice and course of events."""
        return self.to_frames(backend)["runs"]

    def draw(self, path: str | PathLike[str] | BinaryIO) -> None:
        """Draw moves against spread, and the weeks, as one PNG; needs the extra ``charts``.

        Parameters
        ----------
        path
            A file, or something open for writing bytes.

        Raises
        ------
        MissingExtraError
            When matplotlib is not installed.
        """
        from caseload_balancer.charts.drawing.simulation import (  # noqa: PLC0415 - an extra
            draw_simulation,
        )

        draw_simulation(self, path)

    def _measure_rows(self) -> Iterator[tuple[object, ...]]:
        for name in self.practices:
            for measure in MEASURES:
                found = self.mean(name, measure.name)
                yield name, measure.name, found.mean, found.low, found.high, measure.unit

    def _difference_rows(self) -> Iterator[tuple[object, ...]]:
        for name in self.practices[1:]:
            for measure in MEASURES:
                found = self.difference(name, measure.name)
                yield (
                    name,
                    measure.name,
                    found.mean,
                    found.low,
                    found.high,
                    found.shows_difference,
                    measure.unit,
                )

    def _week_rows(self) -> Iterator[tuple[object, ...]]:
        for run in self.runs:
            for number, week in enumerate(run.weeks, start=1):
                cells = [getattr(week, column) for column in _RECORD_COLUMNS]
                yield run.practice, run.replication, number, week.as_of.isoformat(), *cells


def _better_than(name: str, points: Mapping[str, tuple[float, float]]) -> tuple[str, ...]:
    own = points[name]
    return tuple(
        other
        for other, point in points.items()
        if point != own and point[0] <= own[0] and point[1] <= own[1]
    )


def _run_row(run: Run) -> tuple[object, ...]:
    return (
        run.practice,
        run.replication,
        *(measure.value(run) for measure in MEASURES),
        run.open_at_the_end,
        run.looked_after_at_the_end,
        run.looked_after_three_at_the_end,
        sum(not week.proven for week in run.weeks),
        sum(week.seconds for week in run.weeks),
    )


_KINDS: Final[Mapping[str, Kind]] = {"int": int, "float": float, "bool": bool}
_RECORD_COLUMNS: Final[Mapping[str, Kind]] = {
    field.name: _KINDS[str(field.type)]
    for field in fields(WeekRecord)
    if field.name not in {"as_of", "seconds"}
}
_WEEK_COLUMNS: Final[Mapping[str, Kind]] = {
    "practice": str,
    "replication": int,
    "week": int,
    "as_of": str,
    **_RECORD_COLUMNS,
}
_RUN_COLUMNS: Final[Mapping[str, Kind]] = {
    "practice": str,
    "replication": int,
    **{measure.name: float for measure in MEASURES},
    "open_at_the_end": int,
    "looked_after_at_the_end": int,
    "looked_after_three_at_the_end": int,
    "mondays_not_proven": int,
    "seconds": float,
}
_MEASURE_COLUMNS: Final[Mapping[str, Kind]] = {
    "practice": str,
    "measure": str,
    "mean": float,
    "low": float,
    "high": float,
    "unit": str,
}
_DIFFERENCE_COLUMNS: Final[Mapping[str, Kind]] = {
    "practice": str,
    "measure": str,
    "mean": float,
    "low": float,
    "high": float,
    "more_than_chance": bool,
    "unit": str,
}
_FRONTIER_COLUMNS: Final[Mapping[str, Kind]] = {
    "practice": str,
    "moves_by_choice": float,
    "spread": float,
    "better": str,
}
