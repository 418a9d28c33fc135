"""What a filled sheet says, once nothing is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

from caseload_balancer.domain.words import SpellReason
from caseload_balancer.workbooks.decision_sheet import DecisionWord


@dataclass(frozen=True, kw_only=True)
class FilledRow:
    """A row in which something was decided.

    Parameters
    ----------
    number
        The row as the spreadsheet shows it.
    case_id
        The child.
    decision
        What was chosen.
    worker_id
        The other worker, where one was chosen; None: the child waits.
    reason
        The code that was chosen.
    comment, decided_by
        As they were typed; empty where nothing was.
    """

    number: int
    case_id: str
    decision: DecisionWord
    worker_id: str | None = None
    reason: SpellReason | None = None
    comment: str = ""
    decided_by: str = ""


@dataclass(frozen=True, kw_only=True)
class FilledSheet:
    """A pack that was filled in.

    Parameters
    ----------
    title
        The sheet's title.
    run
        The fingerprint of the plan it is about.
    rows
        What was decided, in the order of the rows.
    blank
        Children about whom nothing was decided.
    commented
        Of these, the ones with a comment.
    missing
        Children whose row was deleted.
    """

    title: str
    run: str
    rows: tuple[FilledRow, ...]
    blank: tuple[str, ...]
    commented: tuple[str, ...]
    missing: tuple[str, ...]
