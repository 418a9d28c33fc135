"""The files of a week's folder: the plan's, and what the week after is held against."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from caseload_balancer.board.data import board_data
from caseload_balancer.board.page import board_page
from caseload_balancer.domain import Snapshot
from caseload_balancer.domain.display_names import DisplayNames
from caseload_balancer.intake.kept_weeks import KEPT_FILE, kept_text
from caseload_balancer.output import MANIFEST
from caseload_balancer.output.plan_folders import SHOW_NAMES, manifest, plan_contents
from caseload_balancer.plan import Plan
from caseload_balancer.weekly.against.weeks import WeekInput
from caseload_balancer.workbooks.decision_sheet import PACK_NAME

BOARD_FILE: Final = "board.html"
_OF_ONE_RUN: Final = ("run.json",)
"""What differs from run to run: the same input is to give the same bytes."""

Files = Mapping[str, str | bytes]


def week_files(plan: Plan, snapshot: Snapshot, week: WeekInput, names: DisplayNames) -> Files:
    """Return what is in each file of a week's folder, under its name.

    Parameters
    ----------
    plan, snapshot
        The plan, and the week with its history that it was made from.
    week
        The week as it was read; kept with its history, for who asks about the plan.
    names
        What the workers are called, for page, board and pack.
    """
    files: dict[str, str | bytes] = {
        name: content
        for name, content in plan_contents(plan, names).items()
        if name not in _OF_ONE_RUN
    }
    files[BOARD_FILE] = board_page(board_data(snapshot, plan, names=names))
    files[KEPT_FILE] = kept_text(week.snapshot, week.found, snapshot)
    return {**files, MANIFEST: manifest(plan, files, names, (*SHOW_NAMES, BOARD_FILE))}


def digests(files: Files) -> dict[str, str | None]:
    """Return the SHA-256 of each file; None for one that shows names, which no hash is to have."""
    listed: dict[str, Any] = json.loads(files[MANIFEST])["files"]
    return {**listed, MANIFEST: _digest(files[MANIFEST])}


def damaged(folder: Path, recorded: Mapping[str, str | None]) -> tuple[str, ...]:
    """Return the files of a folder that are gone, or are not what was recorded.

    A pack that is there is never among them: decisions may have been filled in on it.
    """
    return tuple(name for name, digest in recorded.items() if not _is_whole(folder / name, digest))


def _is_whole(file: Path, digest: str | None) -> bool:
    if not file.is_file():
        return False
    if digest is None or file.name == PACK_NAME:
        return True
    return _digest(file.read_bytes()) == digest


def _digest(content: str | bytes) -> str:
    return sha256(content.encode() if isinstance(content, str) else content).hexdigest()
