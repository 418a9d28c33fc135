"""A plan written, and on the terminal: summary, loads, changes, what is otherwise than before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.text import Text

import caseload_balancer as cb
from caseload_balancer.cli.change_lists import ChangeLists
from caseload_balancer.cli.due_lists import teams_table
from caseload_balancer.cli.exits import ExitCode, exit_code_of
from caseload_balancer.cli.outputs import written_to
from caseload_balancer.cli.pages import Pages
from caseload_balancer.cli.paragraphs import paragraphs
from caseload_balancer.cli.reruns import differences_document, plan_before, tell_differences
from caseload_balancer.cli.screens import loads_table
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.cli.who_is_who import who_is_who
from caseload_balancer.intake import Notice
from caseload_balancer.output import plan_document

_LOADS_SHOWN_AT_MOST = 40
_LINES_A_LIST = 30


def write_and_show(
    terminal: Terminal,
    snapshot: cb.Snapshot,
    notices: Sequence[Notice],
    plan: cb.Plan,
    out: Path,
    pages: Pages,
) -> ExitCode:
    """Write a plan to its folder, and show it."""
    before = plan_before(out, plan)
    terminal.written = cb.write_plan(plan, out, names=terminal.names, charts=pages.charts)
    beside = pages.write(snapshot, plan, out, terminal)
    show_plan(terminal, plan, before, out, beside)
    pages.tell(terminal)
    exit_code = exit_code_of(plan)
    if exit_code == ExitCode.INTERRUPTED:
        terminal.warn("Interrupted: the best plan so far was written.")
    if terminal.as_json:
        terminal.finish(
            exit_code,
            {
                "out": str(out),
                "notices": [asdict(notice) for notice in notices],
                "against_before": differences_document(before, plan),
                "plan": plan_document(plan),
            },
        )
    return exit_code


def show_plan(
    terminal: Terminal,
    plan: cb.Plan,
    before: cb.Plan | None,
    out: Path,
    beside: Sequence[str] = (),
) -> None:
    """Show the summary, the loads, the changes, and what is otherwise than in the folder before."""
    console, names = terminal.out, terminal.names
    shows_loads = len(plan.workers) <= _LOADS_SHOWN_AT_MOST
    terminal.show(paragraphs(plan.summary, console, mark="- "))
    if shows_loads:
        terminal.show(Text(), loads_table(plan.workers, console, names))
    teams = teams_table(plan.teams, console)
    if teams is not None:
        terminal.show(Text(), teams)
    lists = ChangeLists(
        console,
        names,
        most_lines=None if terminal.lists_all else _LINES_A_LIST,
        see_all=f"--all lists them, and {out / 'allocations.csv'} has every child",
    )
    told = [lists.moves(plan), lists.placed(plan), lists.waiting(plan)]
    if before is not None:
        told.append(tell_differences(before, plan, lists, out))
    for one in told:
        if one is not None:
            terminal.show(Text(), one)
    known = [] if shows_loads else who_is_who(plan.summary, names)
    terminal.show(*((Text(), *known) if known else ()), written_to(out, *beside))
