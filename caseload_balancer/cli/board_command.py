"""The command ``caseload board``; what it does is loaded when it runs."""

from __future__ import annotations

from typing import Annotated

import typer

from caseload_balancer.cli.option_groups import with_groups
from caseload_balancer.cli.options import Out, PlanOptions, SpeechOptions, WeekOptions


@with_groups
def board(
    asked: WeekOptions,
    out: Out,
    about: PlanOptions,
    say: SpeechOptions,
    *,
    team: Annotated[
        str | None, typer.Option(metavar="TEAM", help="A team_id: the team that is shown first.")
    ] = None,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port on this machine; 0 takes a free one.")
    ] = 0,
    no_open: Annotated[
        bool, typer.Option("--no-open", help="Open no browser; the link is printed either way.")
    ] = False,
    idle: Annotated[
        float, typer.Option(metavar="MINUTES", min=1, help="End when so long nobody did anything.")
    ] = 120.0,
) -> None:
    """Decide on a plan in your browser, with this machine alone behind it."""
    with say.run("board") as terminal:
        from caseload_balancer.cli.board import (  # noqa: PLC0415 - for when it runs
            BoardRequest,
            serve_board,
        )

        wanted = BoardRequest(
            planning=about.planning(asked.policy),
            out=out,
            team=team,
            port=port,
            opens=not no_open,
            idle_minutes=idle,
        )
        raise typer.Exit(serve_board(terminal, asked.week, wanted))
