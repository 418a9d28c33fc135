"""The plan a question is about: read from a folder, or made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import caseload_balancer as cb
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.cli.waits import Wait
from caseload_balancer.domain import Snapshot
from caseload_balancer.output import read_plan_json
from caseload_balancer.plan import Plan


@dataclass(frozen=True, kw_only=True)
class Planning:
    """Where the plan of a week comes from.

    Parameters
    ----------
    plan
        Folder with its ``plan.json``; None has it made.
    policy, time_limit, seed
        As for `allocate`, where it is made.
    """

    plan: Path | None
    policy: str | None
    time_limit: float
    seed: int

    def of(self, snapshot: Snapshot, terminal: Terminal) -> Plan:
        """Return the plan of a week."""
        if self.plan is not None:
            return read_plan_json(self.plan / "plan.json")
        with Wait(terminal, "Planning the week", self.time_limit) as wait:
            return cb.allocate(
                snapshot,
                self.policy,
                time_limit=self.time_limit,
                seed=self.seed,
                progress=wait.update,
                handle_signals=False,
            )
