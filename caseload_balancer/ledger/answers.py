"""What the ledger answers when it is given something, asked to check itself, or to forget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from caseload_balancer.domain import Snapshot
from caseload_balancer.domain.content_hash import content_hash
from caseload_balancer.domain.wording import children, counted
from caseload_balancer.ledger.rows import NotCarriedOut, RecordedRun


@dataclass(frozen=True)
class Recorded:
    """What became of a plan that was given to the ledger.

    Parameters
    ----------
    run
        The run that is in force for the week.
    is_new
        Whether it was recorded now; False where the same week, inputs and policy were recorded
        before.
    same_plan
        Whether the plan recorded for these inputs and this policy is the one that was given.
    """

    run: RecordedRun
    is_new: bool
    same_plan: bool = True


@dataclass(frozen=True)
class WithHistory:
    """A week with what the ledger knows of its children's past.

    Parameters
    ----------
    snapshot
        The week with its spells completed.
    added
        How many spells came from the ledger, or were ended or begun by it.
    contradictions
        A sentence for each place where the week and the ledger do not agree. The week's own rows
        were kept, but for a running spell that the ledger saw end: that one was ended.
    not_carried_out
        Children who are not where the last plan had them.
    """

    snapshot: Snapshot
    added: int
    contradictions: tuple[str, ...]
    not_carried_out: tuple[NotCarriedOut, ...]


@dataclass(frozen=True)
class Verified:
    """Whether the rows of a ledger are as they were written.

    Parameters
    ----------
    rows
        Rows that are whole, in the order they were written.
    forgotten
        Rows that were forgotten, each group with its tombstone.
    head
        The hash of the last row: hold it against the one in the log of the last run.
    broken
        Table, number of the first row that is not as it was written, and what is wrong; None when
        all are.
    """

    rows: int
    forgotten: int
    head: str
    broken: tuple[str, int, str] | None = None

    @property
    def ok(self) -> bool:
        """Whether every row is as it was written."""
        return self.broken is None

    @property
    def text(self) -> str:
        """The result in a sentence."""
        if self.broken is not None:
            table, entry, what = self.broken
            return (
                f"The ledger is broken at row {entry:,} of {table}: {what}. The {self.rows:,} rows "
                "before it are whole. Restore it from a backup."
            )
        forgotten = f" {counted(self.forgotten, 'row')} forgotten." if self.forgotten else ""
        head = f" The last has the hash {self.head}." if self.head else ""
        return f"The ledger is whole: {counted(self.rows, 'row')}.{forgotten}{head}"


@dataclass(frozen=True)
class Forgotten:
    """What was taken out of the ledger.

    Parameters
    ----------
    before
        Cases that closed before it.
    cases
        How many of them.
    rows
        How many rows of each table.
    """

    before: date
    cases: int
    rows: Mapping[str, int]

    __hash__ = content_hash

    @property
    def text(self) -> str:
        """The result in a sentence."""
        day = self.before.isoformat()
        if not self.cases:
            return f"No case in the ledger closed before {day}; nothing was forgotten."
        rows = counted(sum(self.rows.values()), "row")
        return (
            f"Forgotten: {children(self.cases)} whose cases closed before {day} ({rows}). What "
            "remains of them are counts."
        )
