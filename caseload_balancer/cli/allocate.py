"""``caseload allocate``: one week's folder in, a checked plan out."""

from __future__ import annotations

import math
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
from caseload_balancer.solving import allocate_granted


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
    with Wait(terminal, "Searching", time_limit) as wait:
        plan = allocate_granted(
            snapshot,
            chosen,
            time_limit=time_limit,
            first=time_limit,
            granted=time_limit if deterministic else math.inf,
            seed=seed,
            progress=wait.update,
            stop=stops.of_search,
            load=_load_what_follows,
        )
    from caseload_balancer.cli.plan_screens import write_and_show  # noqa: PLC0415 - see below

    return write_and_show(terminal, snapshot, notices, plan, out, pages)


def _load_what_follows() -> None:
    # Beside the search.
    import caseload_balancer.cli.plan_screens  # noqa: F401, PLC0415
    from caseload_balancer.output import load_writers  # noqa: PLC0415

    load_writers()
