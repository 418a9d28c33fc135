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
        typer.Option(
            metavar="FILE",
            help="Decisions about the plan, or that it was made around, for the inspection pack.",
        ),
    ] = None,
    before: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="The record.json of the plan that the decisions were about, where --plan was made "
            "around them.",
        ),
    ] = None,
) -> None:
    """Write what a run has to answer for: record, transparency, impact, workers, inspection."""
    with say.run("govern") as terminal:
        from caseload_balancer.cli.governance import govern_folder

        planning = about.planning(asked.policy)
        raise typer.Exit(govern_folder(terminal, asked.week, planning, out, overrides, before))


@with_groups
def reproduce(
    asked: WeekOptions,
    record: Annotated[
        Path, typer.Option(metavar="FILE", help="The record.json of a run, or its folder.")
    ],
    say: SpeechOptions,
    *,
    overrides: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="What was decided, where the plan was made around decisions; once for each "
            "meeting, in order.",
        ),
    ] = None,
) -> None:
    """Make a plan again from its record, and say whether it is the same, byte for byte."""
    with say.run("reproduce") as terminal:
        from caseload_balancer.cli.governance import reproduce_folder

        raise typer.Exit(reproduce_folder(terminal, asked.week, record, overrides or ()))
