"""What is known of last week: its folder, its plan, and what was decided about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from caseload_balancer.domain import Snapshot
from caseload_balancer.errors import DataError, DataProblem, MissingInputError
from caseload_balancer.insight.reallocate import Overrides, reallocate
from caseload_balancer.intake.kept_weeks import KEPT_FILE, KeptWeek, kept_week
from caseload_balancer.output import read_plan_json
from caseload_balancer.plan import Plan
from caseload_balancer.weekly.against import InputFinding, findings_between
from caseload_balancer.weekly.against.people_rules import weeks_apart
from caseload_balancer.weekly.against.table_rules import cut_tables
from caseload_balancer.weekly.against.weeks import Intended, WeekInput
from caseload_balancer.weekly.opened_ledgers import OpenedLedger
from caseload_balancer.weekly.settings import WeeklyFile

if TYPE_CHECKING:
    from caseload_balancer.ledger import Ledger
    from caseload_balancer.ledger.rows import CaseWeek


@dataclass(frozen=True, kw_only=True)
class Past:
    """The weeks that are recorded.

    Parameters
    ----------
    last
        The week before; None in the first.
    latest
        The latest week of all that is not this one.
    folder
        The folder of the week before.
    """

    last: date | None
    latest: date | None
    folder: Path

    @classmethod
    def of(cls, ledger: Ledger, file: WeeklyFile, as_of: date) -> Past:
        """Return what is recorded besides a week."""
        others = [week for week in ledger.weeks() if week != as_of]
        last = max((one for one in others if one < as_of), default=None)
        return cls(
            last=last,
            latest=max(others, default=None),
            folder=week_folder(file.out, as_of if last is None else last),
        )


def week_folder(out: Path, as_of: date) -> Path:
    """Return the folder of a week: ``2026-03-02``."""
    return out / as_of.isoformat()


def planned_week(folder: Path, kept: KeptWeek, ledger: Ledger) -> tuple[Snapshot, Plan]:
    """Return the plan in a week's folder, and its week with the history that it was planned with.

    Raises
    ------
    MissingInputError, DataError
        When there is no plan, or it was not made from the week that is kept beside it.
    """
    plan = read_plan_json(folder / "plan.json")
    week = ledger.with_history(kept.read).snapshot if kept.planned is None else kept.planned
    if week.fingerprint != plan.inputs_hash:
        message = (
            f"plan.json and {KEPT_FILE} in '{folder}' are not of one run. Restore the folder from "
            "a backup."
        )
        raise DataError([DataProblem("plan", None, None, "another_week", message)])
    return week, plan


def record_decisions(opened: OpenedLedger, file: WeeklyFile, past: Past) -> int:
    """Read what was decided about last week's plan, and have the ledger know; return how much.

    Twice the same decisions are recorded once. The plan made around them is written to no file, and
    none is recorded with it: people are held to what they saw and decided.

    Raises
    ------
    MissingInputError
        When the decisions, or the folder they are about, are not there.
    DataError
        When they are not as they were written, or contradict each other.
    """
    path = None if past.last is None else file.decisions(past.last)
    if path is None:
        return 0
    overrides = Overrides.read(path)
    if not overrides.decisions or not opened.may_record:
        return len(overrides.decisions)
    kept = kept_week(past.folder)
    if kept is None:
        raise MissingInputError(
            f"there is no {KEPT_FILE} in '{past.folder}', which the decisions are about. Put last "
            "week's folder back, or take decisions out of the settings."
        )
    snapshot, plan = planned_week(past.folder, kept, opened.ledger)
    agreed = reallocate(
        snapshot,
        plan,
        overrides,
        time_limit=file.settings.time_limit,
        seed=file.settings.seed,
        handle_signals=False,
    )
    said = zip(overrides.decisions, overrides.comments, strict=False)
    opened.ledger.decide(
        snapshot,
        plan,
        agreed,
        role=file.settings.decided_by,
        comments={one.case_id: comment for one, comment in said if comment},
    )
    return len(overrides.decisions)


def odd_about(
    week: WeekInput, ledger: Ledger, file: WeeklyFile, past: Past
) -> tuple[InputFinding, ...]:
    """Return everything odd about a week, by itself and beside the week before."""
    limits = file.settings.limits
    alone = tuple(cut_tables(week, limits))
    if past.latest is not None and past.latest > week.snapshot.as_of:
        alone += tuple(weeks_apart(past.latest, week.snapshot.as_of, limits))
    if past.last is None:
        return alone
    before = kept_week(past.folder)
    if before is None:
        missing = InputFinding(
            code="last-week-missing",
            table="service",
            says=f"'{past.folder.name}' has no {KEPT_FILE} to hold this week against.",
        )
        return (*alone, missing)
    intended = Intended(
        planned=_planned(ledger.case_weeks(past.last)),
        published=_planned(ledger.case_weeks(past.last, published=True)),
    )
    last = WeekInput(snapshot=before.read, found=before.found)
    return (
        *alone,
        *findings_between(last, week, intended=intended, limits=limits),
    )


def _planned(rows: Iterable[CaseWeek]) -> dict[str, str | None]:
    return {row.case_id: row.planned_id for row in rows}


def unaccepted(found: Iterable[InputFinding], accepted: Iterable[str]) -> tuple[InputFinding, ...]:
    """Return the findings that nobody accepts."""
    codes = tuple(accepted)
    return tuple(one for one in found if not one.is_accepted(codes))
