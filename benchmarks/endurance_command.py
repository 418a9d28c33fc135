"""The command ``python -m benchmarks endurance``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from benchmarks.endurance import endure


def endurance(
    *,
    runs: Annotated[int, typer.Option(min=1, help="Mondays.")] = 1000,
    workers: Annotated[int, typer.Option(min=2)] = 6,
    children: Annotated[int, typer.Option(min=1)] = 70,
    seed: Annotated[int, typer.Option(min=0)] = 0,
    ledger: Annotated[str, typer.Option(help="A file, or a URL of PostgreSQL.")] = "ledger.db",
    time_limit: Annotated[float, typer.Option(min=0.0, help="Seconds a Monday.")] = 5.0,
) -> None:
    """Run so many weeks through the real weekly run; 1 if anything did not hold."""
    found = endure(
        runs,
        workers=workers,
        children=children,
        seed=seed,
        ledger=ledger,
        time_limit=time_limit,
        say=lambda line: print(line, file=sys.stderr),
    )
    print(f"{found.weeks} weeks\n{found.table}\nfindings: {dict(found.odd)}")
    print("\n".join(found.broken[:50]) or "everything held, every week")
    if found.broken:
        raise typer.Exit(1)
