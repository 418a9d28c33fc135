"""All of England, planned and verified: on the clock, in processor seconds, and in memory."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import caseload_balancer as cb
from caseload_balancer.authorities.answer import AllAuthorities, told
from caseload_balancer.insight.answers import Answer


def plan_england(
    out: Path | None,
    *,
    executor: str,
    time_limit: float | None,
    every: int,
    pages: bool,
    seed: int,
    say: Callable[[str], None],
) -> AllAuthorities:
    """Write England's weeks where they are not there yet, plan them anew, and say how it went.

    Parameters
    ----------
    out
        Folder for weeks and plans; None takes one that is removed afterwards.
    every
        Plan each so-many-th authority only, the smallest first.
    """
    if out is None:
        with tempfile.TemporaryDirectory(prefix="england-") as folder:
            return plan_england(
                Path(folder),
                executor=executor,
                time_limit=time_limit,
                every=every,
                pages=pages,
                seed=seed,
                say=say,
            )
    weeks = out / "weeks"
    chosen = cb.datasets.england(seed)[::every]
    for one in chosen:
        if not (weeks / one.name).exists():
            cb.write_folder(one.snapshot(), weeks / one.name)
    how = {} if time_limit is None else {"time_limit": time_limit}
    found = cb.allocate_many(
        [weeks / one.name for one in chosen],
        out=out / "plans",
        executor=executor,
        resume=False,
        pages=pages,
        progress=lambda row: say(told(row)),
        **how,
    )
    say(f"\n{Answer.__str__(found)}\n\n{told_in_figures(found)}")
    return found


def told_in_figures(found: AllAuthorities) -> str:
    """Return what a run took: seconds, processor seconds, the most memory a process held."""
    rows = found.planned
    used = sum(row.cpu_seconds or 0 for row in rows)
    taken = sum(row.seconds or 0 for row in rows)
    peak = max((row.peak_mb or 0 for row in rows), default=0)
    longest = max(rows, key=lambda row: row.cpu_seconds or 0, default=None)
    lines = [
        f"{found.seconds:.1f} s on the clock, {os.cpu_count()} cores",
        f"{used:.1f} processor seconds in {len(rows)} tasks, which took {taken:.1f} s in all",
        f"{peak:.0f} MB at most in one process",
        f"{sum(row.status == 'optimal' for row in rows)} plans proven to be the best; "
        f"{sum(bool(row.repeatable) for row in rows)} the same in every run",
    ]
    if longest is not None:
        lines.append(f"longest: {longest.authority}, {longest.cpu_seconds:.1f} processor seconds")
    return "\n".join(lines)
