"""``caseload compare``: what differs between two plans."""

from __future__ import annotations

from pathlib import Path

import caseload_balancer as cb
from caseload_balancer.cli.answers import show_answer
from caseload_balancer.cli.exits import ExitCode
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.output import read_plan_json


def compare_folders(terminal: Terminal, first: Path, second: Path) -> ExitCode:
    """Read two plans that were written, and say what differs."""
    one, other = (read_plan_json(folder / "plan.json") for folder in (first, second))
    return show_answer(terminal, cb.compare(one, other))
