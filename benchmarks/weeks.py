"""Practices and policies over the weeks: one team, the same events for every one of them.

What `docs/simulate.md` shows. A seed is a made-up team and the events of its half year; sums over
the seeds say what a service of so many teams comes to.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from benchmarks.foreseen import ForeseenEvents
from caseload_balancer import datasets
from caseload_balancer.simulation import (
    MEASURES,
    DrawnEvents,
    EventSource,
    Practice,
    Rates,
    Simulation,
    simulate,
)

Extent = Literal["team", "smoke"]

NOBODY_BRINGS_WORKERS: Final = {
    "referrals": {
        "earlier_workers_percent": {
            "child_in_need": [0, 0],
            "child_protection": [0, 0],
            "looked_after": [0, 0],
        }
    }
}
"""New children come without workers of before: third workers are then what allocation makes."""


@dataclass(frozen=True)
class Service:
    """The team that is simulated, and for how long.

    Parameters
    ----------
    workers, children
        How many.
    mondays, seeds
        Mondays of each seed; teams.
    """

    workers: int
    children: int
    mondays: int
    seeds: int


SERVICES: Final[dict[Extent, Service]] = {
    "team": Service(workers=12, children=215, mondays=26, seeds=5),
    "smoke": Service(workers=5, children=60, mondays=4, seeds=2),
}


def simulate_weeks(
    service: Service,
    policies: Sequence[str],
    practices: Sequence[str],
    *,
    time_limit: float,
    jobs: int,
    say: Callable[[str], None],
    foreseen: bool = False,
) -> Simulation:
    """Simulate every team of the seeds, and put their runs together as courses of one answer.

    Parameters
    ----------
    foreseen
        Tell the ends of all workers on the first Monday.
    """
    with ProcessPoolExecutor(jobs) as pool:
        executor = pool if jobs > 1 else None
        found = []
        for seed in range(service.seeds):
            found.append(
                simulate_seed(
                    service,
                    seed,
                    policies,
                    practices,
                    time_limit=time_limit,
                    executor=executor,
                    foreseen=foreseen,
                )
            )
            say(f"seed {seed}: done")
    runs = [
        replace(run, replication=seed) for seed, answer in enumerate(found) for run in answer.runs
    ]
    return replace(found[0], runs=tuple(runs))


def simulate_seed(
    service: Service,
    seed: int,
    policies: Sequence[str],
    practices: Sequence[str | Practice],
    *,
    time_limit: float = 5.0,
    executor: Executor | None = None,
    foreseen: bool = False,
) -> Simulation:
    """Simulate the team of one seed; parameters as of `simulate_weeks`."""
    team = datasets.service(service.workers, service.children, seed=seed, teams=1, localities=1)
    rates = Rates.read(NOBODY_BRINGS_WORKERS)
    events: EventSource = DrawnEvents(rates, seed)
    if foreseen:
        events = ForeseenEvents(events, team)
        team = events.first_monday(weeks=service.mondays, replication=0)
    return simulate(
        team,
        policies,
        practices=practices,
        weeks=service.mondays,
        replications=1,
        seed=seed,
        rates=rates,
        events=events,
        rules="steady",
        time_limit=time_limit,
        executor=executor,
    )


def sums_table(answer: Simulation) -> str:
    """Return the sums over the seeds as a Markdown table, a row a practice; loads are means."""
    means = {"spread", "heaviest", "agency_share", "arrivals", "arrivals_at_most"}
    shown = [measure for measure in MEASURES if measure.name != "arrivals"]
    head = ["practice", *(measure.words for measure in shown)]
    lines = [_line(head), _line(["---"] * len(head))]
    for name in answer.practices:
        cells = [name]
        for measure in shown:
            values = [measure.value(run) for run in answer.runs_of(name)]
            total = sum(values) / (len(values) if measure.name in means else 1)
            cells.append(f"{total:,.1f}" if measure.name in means else f"{total:,.0f}")
        lines.append(_line(cells))
    return "\n".join(lines)


def write_runs(answer: Simulation, path: Path) -> None:
    """Write a row a practice and seed as CSV."""
    table = answer.tables()["runs"]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(table.columns)
        writer.writerows(
            [f"{cell:.4g}" if isinstance(cell, float) else cell for cell in row]
            for row in table.rows
        )


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
