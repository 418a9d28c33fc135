"""The commands that plan another week than the one that is: edited, staffed otherwise, without one.

As Typer reads them. What they do is loaded when they run.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from caseload_balancer.cli.option_groups import with_groups
from caseload_balancer.cli.options import (
    Seed,
    SpeechOptions,
    TimeLimit,
    WeekOptions,
    children_per_fte,
)


@with_groups
def what_if(
    asked: WeekOptions,
    scenarios: Annotated[
        Path, typer.Option(metavar="FILE", help="A TOML file of scenarios, each a list of edits.")
    ],
    say: SpeechOptions,
    *,
    time_limit: TimeLimit = 30.0,
    seed: Seed = 0,
) -> None:
    """Plan the week as it is and under every scenario, and lay the outcomes side by side."""
    with say.run("what-if") as terminal:
        from caseload_balancer.cli.what_if import show_what_if

        code = show_what_if(
            terminal, asked.week, asked.policy, scenarios, time_limit=time_limit, seed=seed
        )
        raise typer.Exit(code)


@with_groups
def staffing(
    asked: WeekOptions,
    say: SpeechOptions,
    *,
    per_fte: Annotated[
        str,
        typer.Option(
            metavar="LIMIT", help="Children a full-time worker may hold: cap, target, or a number."
        ),
    ] = "cap",
    time_limit: TimeLimit = 30.0,
    seed: Seed = 0,
) -> None:
    """Count the fewest posts with which everybody is under a cap or target."""
    limit = children_per_fte(per_fte)
    with say.run("staffing") as terminal:
        from caseload_balancer.cli.staffing import show_staffing

        code = show_staffing(
            terminal, asked.week, asked.policy, limit, time_limit=time_limit, seed=seed
        )
        raise typer.Exit(code)


@with_groups
def resilience(
    asked: WeekOptions,
    say: SpeechOptions,
    *,
    worker: Annotated[
        list[str] | None,
        typer.Option(metavar="WORKER", help="Who might leave, once each; without it everybody."),
    ] = None,
    time_limit: TimeLimit = 10.0,
    seed: Seed = 0,
) -> None:
    """Plan the week without each worker in turn, and say what it would come to."""
    with say.run("resilience") as terminal:
        from caseload_balancer.cli.resilience import show_resilience

        code = show_resilience(
            terminal, asked.week, asked.policy, worker or (), time_limit=time_limit, seed=seed
        )
        raise typer.Exit(code)
