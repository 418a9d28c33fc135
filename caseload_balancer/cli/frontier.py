"""``caseload frontier``: how much better loads can be for how many children moved."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import caseload_balancer as cb
from caseload_balancer.cli.answers import show_answer
from caseload_balancer.cli.exits import ExitCode, exit_code_of
from caseload_balancer.cli.stopping import stops
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.cli.waits import Wait
from caseload_balancer.cli.weeks import WeekFolder
from caseload_balancer.engine import make_ready
from caseload_balancer.problem.conflicts import check_allowed

_SEARCHES_AT_ONCE: Final = 2
"""The second process is loaded while the week is read, the first one was while this was."""


@dataclass(frozen=True, kw_only=True)
class FrontierRequest:
    """What is asked of the frontier.

    Parameters
    ----------
    policy, step, time_limit, seed
        As for `caseload_balancer.frontier`.
    moves, out
        Most moves of the point whose plan is written, and the folder for it; None writes none.
    """

    policy: str | None
    step: float
    time_limit: float
    seed: int
    moves: int | None
    out: Path | None


def show_frontier(terminal: Terminal, week: WeekFolder, wanted: FrontierRequest) -> ExitCode:
    """Read the week, search its frontier, and write the plan of one point where one was chosen."""
    make_ready(_SEARCHES_AT_ONCE)
    policy = cb.Policy.read(wanted.policy)
    snapshot, notices = week.read(terminal)
    check_allowed(snapshot, policy)
    if wanted.out is not None:
        from caseload_balancer.cli.outputs import check_writable  # noqa: PLC0415 - only for files

        check_writable(wanted.out)
    with Wait(terminal, "Searching", wanted.time_limit) as wait:
        found = cb.frontier(
            snapshot,
            policy,
            step=wanted.step,
            time_limit=wanted.time_limit,
            seed=wanted.seed,
            progress=wait.update,
            stop=stops.of_search,
            handle_signals=False,
        )
    exit_code = ExitCode.INTERRUPTED if found.interrupted else ExitCode.PLAN
    if wanted.out is not None and wanted.moves is not None:
        plan = found.within(wanted.moves).plan
        stops.hold()
        terminal.written = cb.write_plan(plan, wanted.out, names=terminal.names)
        exit_code = exit_code or exit_code_of(plan)
    show_answer(terminal, found, notices, exit_code=exit_code)
    if wanted.out is not None:
        from caseload_balancer.cli.outputs import written_to  # noqa: PLC0415 - only for files

        terminal.show(written_to(wanted.out))
    if found.interrupted:
        terminal.warn("Interrupted: these are the points found so far.")
    return exit_code
