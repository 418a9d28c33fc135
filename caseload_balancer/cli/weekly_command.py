"""The command ``caseload weekly``; what it does is loaded when it runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from caseload_balancer.cli.option_groups import with_groups
from caseload_balancer.cli.options import SpeechOptions


@with_groups
def weekly(
    settings: Annotated[Path, typer.Argument(metavar="FILE", help="The settings, weekly.toml.")],
    say: SpeechOptions,
    *,
    accept: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODE",
            help="A finding against last week that does not stop the run, as rows-gone or "
            "rows-gone:spells; may be given several times.",
        ),
    ] = None,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Put this in place of what is recorded for the week."),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Do everything but write anything.")
    ] = False,
) -> None:
    """Do the week that nobody watches: read, hold against last week, plan, write, record."""
    with say.run("weekly") as terminal:
        from caseload_balancer.cli.weekly import (  # noqa: PLC0415 - for when it runs
            run_weekly,
        )

        code = run_weekly(
            terminal, settings, accept=tuple(accept or ()), replace=replace, dry_run=dry_run
        )
        raise typer.Exit(code)
