"""Files and record of a week together: both new afterwards, or both as they were.

See `caseload_balancer.weekly.running` for why the files are first.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from caseload_balancer.domain import Snapshot
from caseload_balancer.errors import LedgerError
from caseload_balancer.output import refuse_filled
from caseload_balancer.output.undoing import placed_together, set_aside
from caseload_balancer.plan import Plan
from caseload_balancer.weekly.week_files import Files, digests
from caseload_balancer.workbooks.decision_sheet import PACK_NAME

if TYPE_CHECKING:
    from caseload_balancer.ledger import Ledger


@dataclass(frozen=True, kw_only=True)
class RecordedFiles:
    """What is recorded of a week.

    Parameters
    ----------
    snapshot, plan
        The week with its history, and its plan.
    inputs
        SHA-256 of the files that were read, by name.
    files
        What is in each file of the week's folder.
    time_limit
        Seconds the search was given.
    replace
        Whether it may take the place of another record.
    """

    snapshot: Snapshot
    plan: Plan
    inputs: Mapping[str, str]
    files: Files
    time_limit: float
    replace: bool

    def into(self, ledger: Ledger) -> None:
        """Have a ledger record it.

        Raises
        ------
        LedgerError
            When it is not recorded.
        """
        try:
            ledger.record(
                self.snapshot,
                self.plan,
                inputs=self.inputs,
                files=digests(self.files),
                limits={"time_limit": self.time_limit},
                replace=self.replace,
            )
        except LedgerError:
            # A server may be gone before it can say that it did what was asked.
            if not _is_recorded(ledger, self.plan):
                raise


def write_and_record(
    record: RecordedFiles, ledger: Ledger, folder: Path, superseded: Path | None
) -> None:
    """Write the files of a week and record it.

    Parameters
    ----------
    superseded
        Where what is in the folder is kept; None where nothing of the week is recorded.

    Raises
    ------
    OutputError, LedgerError
        When files or ledger cannot be written; both are as they were.
    """
    if superseded is None:
        refuse_filled(folder / PACK_NAME)
    with _kept_aside(folder, superseded), placed_together(folder, record.files):
        record.into(ledger)


@contextmanager
def _kept_aside(folder: Path, copy: Path | None) -> Iterator[None]:
    """Keep the files of a folder in another for good, unless the block fails."""
    made = None if copy is None or not folder.is_dir() else set_aside(folder, copy)
    try:
        yield
    except BaseException:
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)
        raise


def _is_recorded(ledger: Ledger, plan: Plan) -> bool:
    with suppress(LedgerError):
        there = ledger.run(plan.as_of)
        return there is not None and there.plan_hash == plan.fingerprint
    return False
