"""``caseload allocate``: one week's folder in, a checked plan out."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import caseload_balancer as cb
from caseload_balancer.cli.exits import ExitCode
from caseload_balancer.cli.outputs import check_writable
from caseload_balancer.cli.pages import Pages
from caseload_balancer.cli.stopping import stops
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.cli.waits import Wait
from caseload_balancer.cli.weeks import WeekFolder
from caseload_balancer.problem.conflicts import check_allowed
from caseload_balancer.solving import load_plan_making


def allocate_folder(
    terminal: Terminal,
    week: WeekFolder,
    policy: str | None,
    out: Path,
    pages: Pages,
    *,
    time_limit: float,
    seed: int,
    deterministic: bool,
) -> ExitCode:
    """Read, search, check, write; every reason not to is found before the search starts."""
    chosen = cb.Policy.read(policy)
    snapshot, notices = week.read(terminal)
    check_allowed(snapshot, chosen)
    check_writable(out)
    pages.check()
    with Wait(terminal, "Searching", time_limit, meanwhile=_load_the_rest) as wait:
        plan = cb.allocate(
            snapshot,
            chosen,
            time_limit=time_limit,
            seed=seed,
            deterministic=deterministic,
            progress=wait.update,
            stop=stops.of_search,
            handle_signals=False,
        )
    from caseload_balancer.cli.plan_screens import write_and_show  # noqa: PLC0415 - see below

    return write_and_show(terminal, snapshot, notices, plan, out, pages)


def _load_the_rest() -> None:
    """Load what is needed once the plan is there: beside the search."""
    from caseload_balancer.output import load_writers  # noqa: PLC0415 - here

    load_plan_making()
    load_writers()
    import_module("caseload_balancer.cli.plan_screens")
