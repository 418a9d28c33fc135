"""The decisions of all recorded weeks, for those who ask what they say about rates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from caseload_balancer.errors import CaseloadError
from caseload_balancer.insight.reallocate import Overrides
from caseload_balancer.intake.kept_weeks import KEPT_FILE, kept_week
from caseload_balancer.rates.choices import DecidedWeek
from caseload_balancer.weekly.opened_ledgers import opened
from caseload_balancer.weekly.past import planned_week, week_folder
from caseload_balancer.weekly.settings import WeeklyFile
from caseload_balancer.workbooks.decision_sheet import PACK_NAME


@dataclass(frozen=True)
class RecordedDecisions:
    """What was decided in the weeks that a ledger knows.

    Parameters
    ----------
    weeks
        Each week with its history, its plan, and the decisions about it.
    left_out
        The weeks whose decisions cannot be read any more, each with why.
    """

    weeks: tuple[DecidedWeek, ...]
    left_out: tuple[str, ...]


def recorded_decisions(settings: Path) -> RecordedDecisions:
    """Read the decisions of every recorded week; nothing is written, and no lock is taken.

    They are where the settings say, or in the pack in the week's folder.

    Raises
    ------
    MissingInputError, DataError, LedgerError
        When settings or ledger cannot be read.
    """
    file = WeeklyFile.read(settings)
    weeks: list[DecidedWeek] = []
    left_out: list[str] = []
    with opened(file, dry_run=True) as now:
        for as_of in now.ledger.weeks():
            folder = week_folder(file.out, as_of)
            kept = kept_week(folder)
            if kept is None:
                left_out.append(f"{as_of}: there is no {KEPT_FILE} in '{folder}', as it was kept.")
                continue
            try:
                snapshot, plan = planned_week(folder, kept, now.ledger)
                weeks.append(DecidedWeek(snapshot, plan, Overrides.read(_decisions(file, as_of))))
            except CaseloadError as error:
                left_out.append(f"{as_of}: {error}")
    return RecordedDecisions(tuple(weeks), tuple(left_out))


def _decisions(file: WeeklyFile, as_of: date) -> Path:
    return file.decisions(as_of) or week_folder(file.out, as_of) / PACK_NAME
