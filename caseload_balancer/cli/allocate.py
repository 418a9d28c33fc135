"""``caseload allocate``: one week's folder in, a checked plan out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path

from rich.text import Text

import caseload_balancer as cb
from caseload_balancer.cli.change_lists import ChangeLists
from caseload_balancer.cli.due_lists import teams_table
from caseload_balancer.cli.exits import ExitCode, exit_code_of
from caseload_balancer.cli.outputs import check_writable, written_to
from caseload_balancer.cli.pages import Pages
from caseload_balancer.cli.paragraphs import paragraphs
from caseload_balancer.cli.reruns import differences_document, plan_before, tell_differences
from caseload_balancer.cli.screens import loads_table
from caseload_balancer.cli.stopping import stops
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.cli.waits import Wait
from caseload_balancer.cli.weeks import WeekFolder
from caseload_balancer.cli.who_is_who import who_is_who
from caseload_balancer.output import plan_document, rehearse_writing
from caseload_balancer.problem.conflicts import check_allowed
from caseload_balancer.solving import allocate_granted

_LOADS_SHOWN_AT_MOST = 40
_LINES_A_LIST = 30


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
            rehearse=partial(_rehearse, terminal, out),
        )
    before = plan_before(out, plan)
    terminal.written = cb.write_plan(plan, out, names=terminal.names, charts=pages.charts)
    beside = pages.write(snapshot, plan, out, terminal)
    show_plan(terminal, plan, before, out, beside)
    pages.tell(terminal)
    exit_code = exit_code_of(plan)
    if exit_code == ExitCode.INTERRUPTED:
        terminal.warn("Interrupted: the best plan so far was written.")
    if terminal.as_json:
        content = {
            "out": str(out),
            "notices": [asdict(notice) for notice in notices],
            "against_before": differences_document(before, plan),
            "plan": plan_document(plan),
        }
        terminal.finish(exit_code, content)
    return exit_code


def _rehearse(terminal: Terminal, out: Path, plan: cb.Plan) -> Iterator[None]:
    yield from rehearse_writing(plan, terminal.names)
    show_plan(terminal.unheard(), plan, None, out)
    yield


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
