"""The command ``caseload simulate``; what it does is loaded when it runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from caseload_balancer.cli.option_groups import with_groups
from caseload_balancer.cli.options import Seed, SpeechOptions, TimeLimit, WeekOptions, names_in


@with_groups
def simulate(
    asked: WeekOptions,
    say: SpeechOptions,
    *,
    policies: Annotated[
        str, typer.Option(metavar="LIST", help="Profiles or policy files, with commas between.")
    ] = "steady,least-moves",
    practices: Annotated[
        str,
        typer.Option(
            metavar="LIST",
            help="Practices by hand: list, allocate-only, ranking, do-nothing. The first is what "
            "all else is compared with.",
        ),
    ] = "list",
    weeks: Annotated[int, typer.Option(min=1, max=520, help="Mondays in all.")] = 52,
    replications: Annotated[int, typer.Option(min=1, max=10_000, help="Courses of events.")] = 20,
    rates: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A TOML file of rates of your own.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Runs side by side.")] = 1,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder for text, tables and chart.")
    ] = None,
    time_limit: TimeLimit = 5.0,
    seed: Seed = 0,
) -> None:
    """Carry policies and practices by hand through the same weeks, and compare what comes of it."""
    with say.run("simulate") as terminal:
        from caseload_balancer.cli.simulate import (  # noqa: PLC0415 - for when it runs
            SimulationRequest,
            show_simulation,
        )

        wanted = SimulationRequest(
            policies=names_in(policies),
            practices=names_in(practices),
            weeks=weeks,
            replications=replications,
            seed=seed,
            rates=rates,
            rules=asked.policy,
            time_limit=time_limit,
            jobs=jobs,
            out=out,
        )
        raise typer.Exit(show_simulation(terminal, asked.week, wanted))
