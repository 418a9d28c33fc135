"""All of England, planned and verified: on the clock, in processor seconds, and in memory."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Annotated

import typer

import caseload_balancer as cb
from caseload_balancer.authorities.answer import AllAuthorities, told
from caseload_balancer.insight.answers import Answer


def england(
    *,
    executor: Annotated[str, typer.Option(help="As of caseload allocate-many.")] = "processes:2",
    time_limit: Annotated[
        float | None, typer.Option(min=0.0, help="Seconds of search an authority.")
    ] = None,
    every: Annotated[int, typer.Option(min=1, help="Only each so-many-th authority.")] = 1,
    pages: Annotated[bool, typer.Option("--pages", help="With pages and packs.")] = False,
    seed: Annotated[int, typer.Option(min=0)] = 2023,
    out: Annotated[Path | None, typer.Option(help="Folder that keeps weeks and plans.")] = None,
) -> None:
    """Plan all 153 authorities of a made-up England, and say what that took."""
    plan_england(out, executor=executor, time_limit=time_limit, every=every, pages=pages, seed=seed)


def plan_england(
    out: Path | None,
    *,
    executor: str | None,
    time_limit: float | None,
    every: int,
    pages: bool,
    seed: int,
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
        progress=lambda row: print(told(row), flush=True),
        **how,
    )
    print(f"\n{Answer.__str__(found)}\n\n{told_in_figures(found)}")
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
        f"{sum(row.status == 'optimal' for row in rows)} plans proven to be the best",
        f"{sum(bool(row.repeatable) for row in rows)} plans the same in every run",
    ]
    if longest is not None:
        lines.append(f"longest: {longest.authority}, {longest.cpu_seconds:.1f} processor seconds")
    return "\n".join(lines)
