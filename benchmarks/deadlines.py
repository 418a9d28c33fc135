"""What plan there is at which time limit, idle and beside busy processes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from benchmarks.plan_runs import PlanRun, busy_processes, run_apart

LIMITS: Final = (0.0, 0.2, 1.0, 2.0, 5.0, 10.0)


def measure_deadlines(
    weeks: Sequence[str], limits: Sequence[float], loads: Sequence[int], *, counted: bool = False
) -> Iterator[PlanRun]:
    """Yield a plan for each week, load and limit: see `plan_here`."""
    for busy in loads:
        with busy_processes(busy):
            for week in weeks:
                for limit in limits:
                    yield run_apart(week, limit, busy=busy, counted=counted)


def deadlines_table(runs: Sequence[PlanRun]) -> str:
    """Return the runs as a Markdown table; the last tier beside that of the longest limit."""
    longest = max(run.limit for run in runs)
    last = {(run.week, run.busy): run.values[-1] for run in runs if run.limit == longest}
    head = ["week", "busy beside", "limit s", "seconds", "earlier tiers", "last tier"]
    lines = [_line([*head, f"beside {longest:g} s", "status", "same in every run"])]
    lines.append(_line(["---"] * (len(head) + 3)))
    for run in runs:
        beside = 100 * (run.values[-1] / last[run.week, run.busy] - 1)
        cells = [run.week, str(run.busy), f"{run.limit:g}", f"{run.seconds:.1f}"]
        cells += [", ".join(map(str, run.values[:-1])), f"{run.values[-1]:,}", f"{beside:+.2f} %"]
        lines.append(_line([*cells, run.status, "yes" if run.deterministic else "no"]))
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
