"""What became of a weekly run: counts for the log, and no id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from caseload_balancer.domain.content_hash import content_hash
from caseload_balancer.domain.display_names import DisplayNames
from caseload_balancer.domain.wording import children, counted
from caseload_balancer.intake import Notice
from caseload_balancer.plan import Plan
from caseload_balancer.weekly.against import InputFinding

Outcome = Literal["recorded", "replaced", "mended", "recorded before", "dry run"]


@dataclass(frozen=True, kw_only=True)
class WeekRun:
    """One run of a week.

    Parameters
    ----------
    as_of
        The week.
    outcome
        ``recorded``; ``replaced``: in place of an earlier record of the week; ``recorded before``:
        nothing was to be done; ``mended``: recorded before, and its folder was not whole;
        ``dry run``: nothing was written.
    ok
        Whether everything is met.
    folder
        Where its files are.
    plan
        The plan; None where it was recorded before and not made again.
    status
        The plan's.
    counts
        Children, by what happens to them, and breaches.
    accepted
        What was odd about the input and was accepted.
    notices
        What a reading put right or left out.
    names
        What the workers are called, for the screen.
    decisions
        Decisions about last week's plan that were read.
    history, not_carried_out
        Spells that came from the ledger, and children with whom the plan was not carried out.
    head
        Hash of the last row of the ledger; empty in a dry run.
    """

    as_of: date
    outcome: Outcome
    ok: bool
    folder: Path
    plan: Plan | None
    status: str
    counts: Mapping[str, int]
    accepted: tuple[InputFinding, ...] = ()
    notices: tuple[Notice, ...] = ()
    names: DisplayNames = field(default_factory=DisplayNames, repr=False)
    decisions: int = 0
    history: int = 0
    not_carried_out: int = 0
    head: str = ""

    __hash__ = content_hash

    @property
    def line(self) -> str:
        """The run in one line of counts, for a log: no id and no name."""
        number = sum(many for change, many in self.counts.items() if change != "breaches")
        moved = sum(self.counts.get(one, 0) for one in ("moved", "forced", "transferred"))
        parts = [
            f"{self.as_of.isoformat()} {self.outcome}",
            children(number),
            f"{moved:,} change worker",
            f"{self.counts.get('new', 0):,} get one",
            f"{self.counts.get('waiting', 0) + self.counts.get('returned', 0):,} wait",
            counted(self.counts.get("breaches", 0), "breach", "breaches"),
            self.status,
            f"{self.decisions:,} decided last week",
            f"{self.not_carried_out:,} not carried out",
        ]
        if self.accepted:
            parts.append(f"accepted {' '.join(sorted({one.code for one in self.accepted}))}")
        if self.head:
            parts.append(f"ledger {self.head[:16]}")
        return ", ".join(parts)
