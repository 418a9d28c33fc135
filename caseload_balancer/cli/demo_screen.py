"""The one screen of ``caseload demo``: what was, what changes and why."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

import caseload_balancer as cb
from caseload_balancer.cli.change_lists import ChangeLists
from caseload_balancer.cli.paragraphs import paragraphs
from caseload_balancer.cli.screens import loads_table
from caseload_balancer.cli.situations import describe
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.output import plan_document
from caseload_balancer.plan.situations import Situation, survey

_NEXT = "Next: caseload check DIR, with your own cases.csv and workers.csv"
_LINES_ELSEWHERE = 40
"""Height to fill where nobody watches: a log, a picture."""
_ROOMY = 30
"""Height from which there is room for blank lines."""
_LINES_BESIDE = 2  # the changes' title, and the prompt that comes back
_LINES_OF_CHANGES_AT_LEAST = 4


def show_screen(
    terminal: Terminal, snapshot: cb.Snapshot, policy: cb.Policy, plan: cb.Plan
) -> None:
    """Show the week and its plan on the terminal."""
    terminal.show(*_screen(terminal, survey(snapshot, policy), plan))


def demo_document(snapshot: cb.Snapshot, policy: cb.Policy, plan: cb.Plan) -> dict[str, Any]:
    """Return the week and its plan as the one document."""
    return {"situation": asdict(survey(snapshot, policy)), "plan": plan_document(plan)}


def _screen(terminal: Terminal, situation: Situation, plan: cb.Plan) -> Sequence[RenderableType]:
    """Fill the height there is: with fewer moves, and no blank lines, on a small one."""
    out = terminal.out
    columns = os.environ.get("COLUMNS", "")
    if not out.is_terminal and columns.isdecimal():  # a picture of a screen, of a size asked for
        out.width = int(columns)
    height = out.height if out.is_terminal else _LINES_ELSEWHERE
    gap = [Text()] if height >= _ROOMY else []
    above: list[RenderableType] = [
        Text(f"A made-up team, week of {situation.as_of}", style="bold"),
        describe(situation),
        *gap,
        Text("The plan", style="bold"),
        paragraphs(plan.summary, out, mark="- "),
        *gap,
        loads_table(plan.workers, out),
        *gap,
    ]
    below = [*gap, Text(_NEXT)] if gap else []
    left = height - len(out.render_lines(Group(*above, *below))) - _LINES_BESIDE
    lists = ChangeLists(
        out,
        most_lines=max(_LINES_OF_CHANGES_AT_LEAST, left),
        see_all="caseload allocate lists those of a week of your own",
    )
    return [*above, lists.moves(plan), *below]
