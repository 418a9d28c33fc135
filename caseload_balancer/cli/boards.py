"""The board beside a plan: written where it is asked for, and renewed where there is one."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import caseload_balancer as cb
from caseload_balancer.cli.terminals import Terminal

BOARD_NAME: Final = "board.html"
"""What the board is called in the folder of a plan."""


def write_board_beside(
    terminal: Terminal, snapshot: cb.Snapshot, plan: cb.Plan, folder: Path, *, asked: bool
) -> tuple[str, ...]:
    """Write the board of a plan into its folder, and return the names of the files written.

    Nothing is written where it is not asked for, unless there is a board already: that of another
    plan must not stay beside this one.
    """
    file = folder / BOARD_NAME
    if not asked and not file.exists():
        return ()
    cb.write_board(snapshot, plan, file, names=terminal.names)
    return (BOARD_NAME,)
