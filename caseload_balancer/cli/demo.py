"""``caseload demo``: the whole job on a made-up team, on one screen."""

from __future__ import annotations

from importlib import import_module

import caseload_balancer as cb
from caseload_balancer.cli.exits import ExitCode, exit_code_of
from caseload_balancer.cli.stopping import stops
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.cli.waits import Wait
from caseload_balancer.solving import load_plan_making

_TIME_LIMIT_SECONDS = 30.0


def show_demo(terminal: Terminal) -> ExitCode:
    """Make up a team, allocate its week, and show what was, what changes and why."""
    with Wait(
        terminal, "Planning a made-up team's week", _TIME_LIMIT_SECONDS, meanwhile=_load_the_rest
    ) as wait:
        snapshot = cb.datasets.team()
        policy = cb.Policy.profile()
        plan = cb.allocate(
            snapshot,
            policy,
            time_limit=_TIME_LIMIT_SECONDS,
            progress=wait.update,
            stop=stops.of_search,
            handle_signals=False,
        )
    # A demo that shows its plan has done its job, also where the made-up week leaves a breach.
    exit_code = exit_code_of(plan)
    if exit_code == ExitCode.BREACHES:
        exit_code = ExitCode.PLAN
    from caseload_balancer.cli.demo_screen import show_screen  # noqa: PLC0415 - see below

    show_screen(terminal, snapshot, policy, plan, exit_code)
    return exit_code


def _load_the_rest() -> None:
    """Load what is needed once the plan is there: beside the search."""
    load_plan_making()
    import_module("caseload_balancer.cli.demo_screen")
