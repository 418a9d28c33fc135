"""All of England, planned and verified: on the clock, in processor seconds, and in memory."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
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
    against: Annotated[
        str | None, typer.Option(help="Another executor, measured in turns with the first.")
    ] = None,
    rounds: Annotated[int, typer.Option(min=1, help="Turns of each, with --against.")] = 2,
) -> None:
    """Plan all 153 authorities of a made-up England, and say what that took."""

    def plan(where: str, folder: Path | None) -> AllAuthorities:
        return plan_england(
            folder, executor=where, time_limit=time_limit, every=every, pages=pages, seed=seed
        )

    if against is None:
        plan(executor, out)
        return
    with tempfile.TemporaryDirectory(prefix="england-") as scratch:
        turns = take_turns(
            (executor, against), rounds, lambda where: plan(where, out or Path(scratch))
        )
    print(f"\n{told_side_by_side(turns)}")


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


def take_turns(
    executors: Sequence[str], rounds: int, plan: Callable[[str], AllAuthorities]
) -> dict[str, list[AllAuthorities]]:
    """Plan with each executor in turn, so many times; what else a machine does falls on all.

    Raises
    ------
    SystemExit
        When two runs do not have the same plans.
    """
    turns: dict[str, list[AllAuthorities]] = {one: [] for one in executors}
    plans: set[tuple[tuple[str, str], ...]] = set()
    for _ in range(rounds):
        for executor in executors:
            print(f"\n--- {executor} ---", flush=True)
            found = plan(executor)
            turns[executor].append(found)
            plans.add(tuple(sorted(_plans_of(found))))
    if len(plans) > 1:
        sys.exit("not every run has made the same plans")
    return turns


def _plans_of(found: AllAuthorities) -> Iterator[tuple[str, str]]:
    for row in found.planned:
        content = (found.out / str(row.folder) / "plan.json").read_bytes()
        yield row.authority, sha256(content).hexdigest()


def told_side_by_side(turns: Mapping[str, Sequence[AllAuthorities]]) -> str:
    """Return a line for each executor: its quickest run, and what that is beside the first's."""
    lines = ["the quickest run of each:"]
    first: float | None = None
    for executor, runs in turns.items():
        quickest = min(runs, key=lambda run: run.seconds)
        used = sum(row.cpu_seconds or 0 for row in quickest.planned)
        first = first or quickest.seconds
        lines.append(
            f"{executor}: {quickest.seconds:.1f} s on the clock, {used:.1f} processor seconds, "
            f"{first / quickest.seconds:.2f} times as fast as the first"
        )
    return "\n".join(lines)
