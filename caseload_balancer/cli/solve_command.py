"""The command for researchers, as Typer reads it. What it does is loaded when it runs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from caseload_balancer.cli.option_groups import with_groups
from caseload_balancer.cli.options import Seed, SpeechOptions, TimeLimit, WallClock


class FileFormat(StrEnum):
    """What a file of a problem may look like."""

    JSON = "json"
    GAP = "gap"


@with_groups
def solve(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A problem of your own.")],
    say: SpeechOptions,
    *,
    file_format: Annotated[
        FileFormat,
        typer.Option(
            "--format", help="json: the engine's arrays. gap: generalised assignment as text."
        ),
    ] = FileFormat.JSON,
    strategy: Annotated[
        str,
        typer.Option(metavar="NAME", help="How to search; auto lets the engine choose by size."),
    ] = "auto",
    time_limit: TimeLimit = 30.0,
    seed: Seed = 0,
    wall_clock: WallClock = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="File for the result, as JSON."),
    ] = None,
) -> None:
    """Solve an assignment problem of your own: the engine alone, without a week and its rules."""
    with say.run("solve") as terminal:
        from caseload_balancer.cli.solve import SolveRequest, solve_file  # noqa: PLC0415 - when it runs

        wanted = SolveRequest(
            file_format=file_format.value,
            strategy=strategy,
            time_limit=time_limit,
            seed=seed,
            deterministic=not wall_clock,
            out=out,
        )
        raise typer.Exit(solve_file(terminal, file, wanted))
