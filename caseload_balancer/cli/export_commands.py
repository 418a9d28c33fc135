"""``caseload map`` and ``caseload template``: before there is a week to read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from caseload_balancer.cli.option_groups import with_groups
from caseload_balancer.cli.options import SpeechOptions


@with_groups
def template(
    out: Annotated[Path, typer.Option(metavar="FILE", help="The workbook to write: week.xlsx.")],
    say: SpeechOptions,
) -> None:
    """Write an empty week as a workbook: drop-downs, a note a column, an example row a sheet."""
    with say.run("template") as terminal:
        from caseload_balancer.cli.template import write_template

        raise typer.Exit(write_template(terminal, out))


@with_groups
def map_words(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="The export: a CSV file, a folder of them, or a workbook."
        ),
    ],
    out: Annotated[Path, typer.Option(metavar="FILE", help="The mapping file to write.")],
    say: SpeechOptions,
    *,
    names: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Also a list of who the workers are: names.csv."),
    ] = None,
) -> None:
    """Propose what the titles and words of an export mean, in a file for you to accept."""
    with say.run("map") as terminal:
        from caseload_balancer.cli.map import write_mapping

        raise typer.Exit(write_mapping(terminal, source, out, names))
