"""``caseload board``: a plan on a board in the browser, served to this machine alone."""

from __future__ import annotations

import webbrowser
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import typer
from rich.text import Text

import caseload_balancer as cb
from caseload_balancer.board import overrides_of
from caseload_balancer.board_hosts.decision_files import (
    DECISIONS_FILE,
    DecisionRow,
    read_rows,
)
from caseload_balancer.cli.exits import ExitCode
from caseload_balancer.cli.outputs import check_writable
from caseload_balancer.cli.plans import AskedPlan, Planning
from caseload_balancer.cli.stopping import stops
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.cli.weeks import WeekFolder
from caseload_balancer.domain import Snapshot
from caseload_balancer.domain.wording import counted
from caseload_balancer.errors import OutputError
from caseload_balancer.extras import need

_PLAN: Final = "plan.json"


@dataclass(frozen=True, kw_only=True)
class BoardRequest:
    """What is asked of a board.

    Parameters
    ----------
    planning
        Where the plan comes from, if there is none in `out` yet.
    out
        Folder for the plan on the board and the decisions about it.
    team
        The team shown first.
    port
        0 takes a free one.
    opens
        Whether a browser is opened.
    idle_minutes
        After which it ends, if nobody does anything.
    """

    planning: Planning
    out: Path
    team: str | None
    port: int
    opens: bool
    idle_minutes: float


def serve_board(terminal: Terminal, week: WeekFolder, wanted: BoardRequest) -> ExitCode:
    """Read the week, put its plan on the board, and serve that until somebody asks to end."""
    need(
        "a board on this machine",
        "starlette",
        "uvicorn",
        otherwise="Without them, plan.html and meeting.xlsx in the folder of a plan do for a "
        "meeting.",
    )
    from caseload_balancer.board_hosts.server.serving import BoardServer  # noqa: PLC0415 - an extra
    from caseload_balancer.board_hosts.server.table import BoardTable  # noqa: PLC0415 - as above

    snapshot, _ = week.read(terminal)
    asked, decisions = _put_out(terminal, snapshot, wanted)
    table = BoardTable(
        asked.snapshot,
        asked.plan,
        decisions,
        wanted.out,
        names=terminal.names,
        team=wanted.team,
        time_limit=wanted.planning.time_limit,
        seed=wanted.planning.seed,
    )

    def say(text: str) -> None:
        # A link lets in whoever has it: into a log goes none, unless there is no other way.
        if not (terminal.quiet and wanted.opens):
            terminal.err.print(Text(text), soft_wrap=True)

    try:
        server = BoardServer(
            table,
            port=wanted.port,
            on_link=lambda link: say(f"To open it in another browser: {link}"),
        )
    except OSError as error:
        raise typer.BadParameter(
            f"{wanted.port} cannot be used: {error.strerror or 'denied'}. Leave it out, and a free "
            "one is taken.",
            param_hint="--port",
        ) from None
    stops.hold()  # from here on Ctrl-C is the way to end
    saved = wanted.out / DECISIONS_FILE
    say(f"The board is at {server.link}\nDecisions are saved in {saved}. Ctrl-C ends.")
    if wanted.opens:
        webbrowser.open(server.link)
    idle = server.run(stop=lambda: stops.asked, idle_seconds=60 * wanted.idle_minutes)
    why = "Ended, as nobody did anything" if idle else "Ended"
    terminal.show(Text(f"{why}. The decisions are in {saved}.", style="bold"))
    terminal.finish(ExitCode.PLAN, {"out": str(wanted.out), "decisions": str(saved)})
    return ExitCode.PLAN


def _put_out(
    terminal: Terminal, snapshot: Snapshot, wanted: BoardRequest
) -> tuple[AskedPlan, Sequence[DecisionRow]]:
    """Return the plan that is in the folder, with what was decided about it; or put one there."""
    out, planning = wanted.out, wanted.planning
    if not (out / _PLAN).exists():
        check_writable(out)
        asked = planning.of(snapshot, terminal)  # of this week, or nothing is written
        terminal.written = cb.write_plan(asked.plan, out, names=terminal.names)
        asked.keep_beside(out)
        return asked, ()
    if planning.plan is not None and planning.plan.resolve() != out.resolve():
        raise OutputError(
            f"there is a plan in '{out}' already. Leave out --plan to go on with it, or give "
            "another folder."
        )
    otherwise = "give another --out, and the week in DIR is planned first"
    asked = replace(planning, plan=out, otherwise=otherwise).of(snapshot, terminal)
    rows = read_rows(out / DECISIONS_FILE)
    overrides_of(rows)
    if rows:
        terminal.show(Text(f"Going on with {counted(len(rows), 'decision')} from {out}."))
    return asked, rows
