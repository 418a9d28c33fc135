"""What is on the table: the plan on the board, the decisions about it, and where both are kept."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from caseload_balancer.board import board_data, overrides_of
from caseload_balancer.board_hosts.decision_files import (
    DECISIONS_FILE,
    DecisionRow,
    decisions_csv,
)
from caseload_balancer.board_hosts.replanning import Message, Replanning
from caseload_balancer.board_hosts.words import CHANGED
from caseload_balancer.domain import Snapshot
from caseload_balancer.domain.display_names import DisplayNames
from caseload_balancer.errors import CaseloadError
from caseload_balancer.output.plan_folders import plan_files
from caseload_balancer.output.whole_files import write_together
from caseload_balancer.plan import Plan

Tell = Callable[[str, Message], None]
"""Called with the kind of an event and what it holds."""


class StaleError(Exception):
    """Somebody else changed the table meanwhile: another tab, or a new plan."""


class BusyError(Exception):
    """The week is being planned again already."""


class BoardTable:
    """The one state that every tab shows. Whoever changes it says which version they saw.

    Parameters
    ----------
    snapshot
        The week.
    plan
        Its plan, which is in `folder` already.
    decisions
        What was decided about it, as the board has it.
    folder
        Where every change is written at once: the decisions, and each new plan with them.
    names, team
        As `board_data` takes them.
    time_limit, seed
        Of planning again.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        plan: Plan,
        decisions: Sequence[DecisionRow],
        folder: Path,
        *,
        names: DisplayNames,
        team: str | None,
        time_limit: float,
        seed: int,
    ) -> None:
        self._snapshot = snapshot
        self._plan = plan
        self._decisions = [dict(row) for row in decisions]
        self._folder = folder.resolve()
        self._names = names
        self._team = team
        self._version = 1
        self._plans = 1
        self._saved_at = _clock_time(self._folder / DECISIONS_FILE)
        self._lock = threading.Lock()
        self._replanning = Replanning(snapshot, time_limit=time_limit, seed=seed)
        self._data = self._data_of(plan)
        self.tell: Tell = _tell_nobody

    @property
    def data(self) -> bytes:
        """What the board shows and counts with, as JSON."""
        return self._data

    @property
    def csv(self) -> str:
        """The decisions as a file."""
        return decisions_csv(self._decisions)

    def standing(self) -> dict[str, Any]:
        """Return the state, all of one moment."""
        with self._lock:
            return {
                "as_of": self._plan.as_of.isoformat(),
                "version": self._version,
                "plan": self._plans,
                "decisions": self._decisions,
                "saved_at": self._saved_at,
                "file": str(self._folder / DECISIONS_FILE),
                "searching": self._replanning.running,
            }

    def decide(self, rows: Sequence[DecisionRow], seen: int) -> dict[str, Any]:
        """Take over the decisions of a tab that saw version `seen`, and write them.

        Raises
        ------
        StaleError
            When that is not the latest version.
        DataError
            When they are no decisions.
        OutputError
            When they cannot be written; then they are not taken over.
        """
        overrides_of(rows)
        with self._lock:
            self._refuse_stale(seen)
            write_together(self._folder, {DECISIONS_FILE: decisions_csv(rows)})
            self._decisions = [dict(row) for row in rows]
            told = self._changed()
        self.tell("decisions", told)
        return told

    def plan_again(self, seen: int) -> None:
        """Start planning again around the decisions.

        Raises
        ------
        StaleError
            As for `decide`.
        BusyError
            When a search is under way.
        """
        with self._lock:
            self._refuse_stale(seen)
            begun = self._replanning.begin(
                self._plan,
                overrides_of(self._decisions),
                tell=lambda message: self.tell("message", message),
                adopt=lambda plan: self._adopt(plan, seen),
            )
        if not begun:
            raise BusyError

    def stop(self) -> None:
        """Have a search end without effect."""
        self._replanning.stop()

    def _adopt(self, plan: Plan, seen: int) -> None:
        """Put a new plan on the table, and both its files and the emptied decisions on the disk."""
        data = self._data_of(plan)
        with self._lock:
            if seen != self._version:  # decisions made meanwhile are about the plan before
                raise CaseloadError(CHANGED)
            files = plan_files(plan, self._folder, self._names)
            write_together(self._folder, {**files, DECISIONS_FILE: decisions_csv(())})
            self._plan, self._data, self._decisions = plan, data, []
            self._plans += 1
            told = self._changed()
        self.tell("plan", told)

    def _changed(self) -> dict[str, Any]:
        self._version += 1
        self._saved_at = _clock_time(self._folder / DECISIONS_FILE)
        return {"version": self._version, "plan": self._plans, "saved_at": self._saved_at}

    def _refuse_stale(self, seen: int) -> None:
        if seen != self._version:
            raise StaleError

    def _data_of(self, plan: Plan) -> bytes:
        found = board_data(self._snapshot, plan, names=self._names, team=self._team)
        return json.dumps(found, ensure_ascii=False, allow_nan=False).encode()


def _tell_nobody(_kind: str, _message: Message) -> None:
    """Until somebody listens."""


def _clock_time(file: Path) -> str:
    """Return when a file was written, as 14:05 here; empty text where there is none."""
    if not file.exists():
        return ""
    return datetime.fromtimestamp(file.stat().st_mtime).astimezone().strftime("%H:%M")
