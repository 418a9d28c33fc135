"""The command ``caseload allocate-many``; what it does is loaded when it runs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from caseload_balancer.cli.option_groups import with_groups
from caseload_balancer.cli.options import Seed, SpeechOptions, TimeLimit, WeekOptions


@with_groups
def allocate_many(
    asked: WeekOptions,
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="Folder for the plans and the national table.")
    ],
    say: SpeechOptions,
    *,
    executor: Annotated[
        str | None,
        typer.Option(
            metavar="WHERE",
            help="Where authorities are planned: processes:N, dask-local:N or dask://HOST:PORT; "
            "without it a process for each core.",
        ),
    ] = None,
    pages: Annotated[
        bool, typer.Option("--pages", help="Write plan.html and meeting.xlsx too.")
    ] = False,
    anew: Annotated[
        bool, typer.Option("--anew", help="Plan all anew, also those whose result is there.")
    ] = False,
    time_limit: TimeLimit = 2.0,
    seed: Seed = 0,
) -> None:
    """Plan every authority in DIR, a folder or workbook each, and go on where a run ended."""
    with say.run("allocate-many") as terminal:
        from caseload_balancer.cli.allocate_many import (  # noqa: PLC0415 - for when it runs
            ManyRequest,
            allocate_folders,
        )

        wanted = ManyRequest(
            policy=asked.policy,
            out=out,
            executor=executor or f"processes:{os.cpu_count() or 1}",
            pages=pages,
            resume=not anew,
            time_limit=time_limit,
            seed=seed,
        )
        raise typer.Exit(allocate_folders(terminal, asked.week, wanted))
