"""The commands ``govern`` and ``reproduce``; what they do is loaded when they run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from caseload_balancer.cli.option_groups import with_groups
from caseload_balancer.cli.options import PlanOptions, SpeechOptions, WeekOptions


@with_groups
def govern(
    asked: WeekOptions,
    about: PlanOptions,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the papers.")],
    say: SpeechOptions,
    *,
    overrides: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Decisions about the plan, for the inspection pack."),
    ] = None,
) -> None:
    """Write what a run has to answer for: record, transparency, impact, workers, inspection."""
    with say.run("govern") as terminal:
        from caseload_balancer.cli.governance import govern_folder

        planning = about.planning(asked.policy)
        raise typer.Exit(govern_folder(terminal, asked.week, planning, out, overrides))


@with_groups
def reproduce(
    asked: WeekOptions,
    record: Annotated[Path, typer.Option(metavar="FILE", help="The record.json of a run.")],
    say: SpeechOptions,
) -> None:
    """Make a plan again from its record, and say whether it is the same, byte for byte."""
    with say.run("reproduce") as terminal:
        from caseload_balancer.cli.governance import reproduce_folder

        raise typer.Exit(reproduce_folder(terminal, asked.week, record))
