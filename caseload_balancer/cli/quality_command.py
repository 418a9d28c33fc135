"""The command ``caseload quality`` and its options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from caseload_balancer.cli.option_groups import with_groups
from caseload_balancer.cli.options import SpeechOptions, WeekOptions


@with_groups
def quality(
    asked: WeekOptions,
    say: SpeechOptions,
    *,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="An HTML page for the whole answer.")
    ] = None,
) -> None:
    """Say what of a week's data was used, left out, missing and assumed, row by row."""
    with say.run("quality") as terminal:
        from caseload_balancer.cli.quality import (  # noqa: PLC0415 - for when it runs
            show_quality,
        )

        raise typer.Exit(show_quality(terminal, asked.week, out))
