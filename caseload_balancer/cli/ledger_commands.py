"""The commands that ask a ledger, or have it forget."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from caseload_balancer.cli.option_groups import with_groups
from caseload_balancer.cli.options import SpeechOptions, iso_date

Where = Annotated[
    str,
    typer.Argument(
        metavar="LEDGER", help="The file of a ledger, or a URL that begins with postgresql://."
    ),
]


@with_groups
def history(
    ledger: Where,
    say: SpeechOptions,
    *,
    since: Annotated[
        date | None,
        typer.Option(parser=iso_date, metavar="DATE", help="The first week; all without it."),
    ] = None,
    until: Annotated[
        date | None,
        typer.Option(parser=iso_date, metavar="DATE", help="The last week; all without it."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder for a page, tables as CSV and a chart."),
    ] = None,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="An HTML page for the whole answer.")
    ] = None,
    verify: Annotated[
        bool,
        typer.Option("--verify", help="Say whether every row of the ledger is as it was written."),
    ] = False,
) -> None:
    """Show what a ledger remembers: caseloads, changes, waiting and staff by week and team."""
    with say.run("history") as terminal:
        from caseload_balancer.cli.ledger import (
            HistoryRequest,
            show_history,
            show_verified,
        )

        if verify:
            raise typer.Exit(show_verified(terminal, ledger))
        wanted = HistoryRequest(since=since, until=until, out=out, html=html)
        raise typer.Exit(show_history(terminal, ledger, wanted))


@with_groups
def forget(
    ledger: Where,
    before: Annotated[
        date,
        typer.Option(parser=iso_date, metavar="DATE", help="Cases that closed before this day."),
    ],
    say: SpeechOptions,
) -> None:
    """Take the cases that closed before a date out of a ledger, and leave counts."""
    with say.run("forget") as terminal:
        from caseload_balancer.cli.ledger import forget_cases

        raise typer.Exit(forget_cases(terminal, ledger, before))
