"""``caseload demo``: the whole job on a made-up team, on one screen."""

from __future__ import annotations

import caseload_balancer as cb
from caseload_balancer.cli.exits import ExitCode, exit_code_of
from caseload_balancer.cli.stopping import stops
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.cli.waits import Wait
from caseload_balancer.solving import allocate_granted

_TIME_LIMIT_SECONDS = 30.0


def show_demo(terminal: Terminal) -> ExitCode:
    """Make up a team, allocate its week, and show what was, what changes and why."""
    with Wait(terminal, "Planning a made-up team's week", _TIME_LIMIT_SECONDS) as wait:
        snapshot = cb.datasets.team()
        policy = cb.Policy.profile()
        plan = allocate_granted(
            snapshot,
            policy,
            time_limit=_TIME_LIMIT_SECONDS,
            first=_TIME_LIMIT_SECONDS,
            granted=_TIME_LIMIT_SECONDS,
            seed=0,
            progress=wait.update,
            stop=stops.of_search,
            load=_load_screen,
        )
    from caseload_balancer.cli.demo_screen import demo_document, show_screen  # noqa: PLC0415

    show_screen(terminal, snapshot, policy, plan)
    # A demo that shows its plan has done its job, also where the made-up week leaves a breach.
    exit_code = exit_code_of(plan)
    if exit_code == ExitCode.BREACHES:
        exit_code = ExitCode.PLAN
    if terminal.as_json:
        terminal.finish(exit_code, demo_document(snapshot, policy, plan))
    return exit_code


def _load_screen() -> None:
    import caseload_balancer.cli.demo_screen  # noqa: F401, PLC0415 - beside the search
