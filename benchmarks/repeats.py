"""The same week planned again and again, on purpose under other circumstances.

Every plan that says another run gives the same must be the same as every other one that says so.
Not part of the test suite: it takes minutes, and the machine to itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from benchmarks.plan_runs import PlanRun, busy_processes, run_apart

_CIRCUMSTANCES: Final = (
    {"busy": 0},
    {"busy": 0, "hash_seed": 1},
    {"busy": 0, "order": 1},
    {"busy": 0, "cores": 1},
    {"busy": 2, "hash_seed": 2},
    {"busy": 2, "order": 2, "cores": 1},
    {"busy": 4, "order": 3},
)
"""Beside what, in what order and on how many cores each plan is made."""


def measure_repeats(weeks: Sequence[str], limits: Sequence[float]) -> Iterator[PlanRun]:
    """Yield a plan of each week and limit under each of the circumstances."""
    for week in weeks:
        for limit in limits:
            for one in _CIRCUMSTANCES:
                with busy_processes(one["busy"]):
                    yield run_apart(week, limit, **one)


def differing(runs: Sequence[PlanRun]) -> list[str]:
    """Return a sentence for each week and limit whose plans differ and should not."""
    plans: dict[tuple[str, float], set[str]] = {}
    for run in runs:
        if run.deterministic:
            plans.setdefault((run.week, run.limit), set()).add(run.plan)
    return [
        f"{week} at {limit:g} s: {len(different)} plans that each say they are the only one"
        for (week, limit), different in plans.items()
        if len(different) > 1
    ]
