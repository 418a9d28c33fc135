"""The command ``caseload doctor``; what it does is loaded when it runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from caseload_balancer.cli.option_groups import with_groups
from caseload_balancer.cli.options import SpeechOptions


@with_groups
def doctor(
    say: SpeechOptions,
    *,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder for results, to try; without it this one."),
    ] = None,
    ledger: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Also connect to this database; nothing is written."),
    ] = None,
) -> None:
    """Say whether this machine is fit: versions, solvers, folders, memory, extras."""
    with say.run("doctor") as terminal:
        from caseload_balancer.cli.doctor import (  # noqa: PLC0415 - for when it runs
            show_health,
        )

        raise typer.Exit(show_health(terminal, out, ledger))
