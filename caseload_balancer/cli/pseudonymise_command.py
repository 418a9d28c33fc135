"""The command ``caseload pseudonymise``; what it does is loaded when it runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from caseload_balancer.cli.option_groups import with_groups
from caseload_balancer.cli.options import SpeechOptions, WeekOptions


@with_groups
def pseudonymise(
    asked: WeekOptions,
    key: Annotated[
        Path, typer.Option(metavar="FILE", help="The key; not beside the data or the result.")
    ],
    say: SpeechOptions,
    *,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="New folder for the week under pseudonyms.")
    ] = None,
    new_key: Annotated[
        bool, typer.Option("--new-key", help="Make the key first, for its owner only.")
    ] = False,
    lookup: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PSEUDONYM",
            help="Say which id of DIR this is; may be given several times. Writes nothing.",
        ),
    ] = None,
) -> None:
    """Write the week with every id replaced under a key, and without text that people wrote."""
    if (out is None) == (not lookup):
        raise typer.BadParameter("give --out DIR, or --lookup PSEUDONYM.")
    if lookup and new_key:
        raise typer.BadParameter("--lookup needs the key that the week was written under.")
    with say.run("pseudonymise") as terminal:
        from caseload_balancer.cli.pseudonymise import (  # noqa: PLC0415 - for when it runs
            look_up,
            write_pseudonymised,
        )

        if out is None:
            raise typer.Exit(look_up(terminal, asked.week, key, lookup or ()))
        code = write_pseudonymised(
            terminal, asked.week, asked.policy, key=key, out=out, makes_key=new_key
        )
        raise typer.Exit(code)
