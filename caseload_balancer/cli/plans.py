"""The plan a question is about, and the week it was made from: read from a folder, or made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import caseload_balancer as cb
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.cli.waits import Wait
from caseload_balancer.domain import Snapshot
from caseload_balancer.errors import DataError, DataProblem
from caseload_balancer.intake.kept_weeks import KEPT_FILE, kept_week
from caseload_balancer.output import read_plan_json
from caseload_balancer.output.whole_files import write_together
from caseload_balancer.plan import Plan


@dataclass(frozen=True)
class AskedPlan:
    """A plan with the week it was made from.

    Parameters
    ----------
    snapshot
        The week; with its history, where the weekly run completed it from the ledger.
    plan
        The plan.
    kept
        The file that keeps a week so completed; None where the tables are all there is to it.
    """

    snapshot: Snapshot
    plan: Plan
    kept: Path | None = None

    def keep_beside(self, out: Path) -> None:
        """Write the completed week beside a plan of it, for who asks about that plan."""
        if self.kept is not None and self.kept.parent.resolve() != out.resolve():
            write_together(out, {KEPT_FILE: self.kept.read_bytes()})


@dataclass(frozen=True, kw_only=True)
class Planning:
    """Where the plan of a week comes from.

    Parameters
    ----------
    plan
        Folder with its ``plan.json``; None has it made.
    policy, time_limit, seed
        As for `allocate`, where it is made.
    otherwise
        What else to do about a plan of another week than the one given.
    """

    plan: Path | None
    policy: str | None
    time_limit: float
    seed: int
    otherwise: str = "leave out --plan, and the week in DIR is planned first"

    def of(self, snapshot: Snapshot, terminal: Terminal) -> AskedPlan:
        """Return the plan of a week, and the week as it was planned.

        Raises
        ------
        MissingInputError
            When there is no plan in the folder.
        DataError
            When it was made from another week.
        """
        if self.plan is not None:
            return _planned(self.plan, snapshot, self.otherwise)
        with Wait(terminal, "Planning the week", self.time_limit) as wait:
            plan = cb.allocate(
                snapshot,
                self.policy,
                time_limit=self.time_limit,
                seed=self.seed,
                progress=wait.update,
                handle_signals=False,
            )
        return AskedPlan(snapshot, plan)


def _planned(folder: Path, given: Snapshot, otherwise: str) -> AskedPlan:
    """Return the plan in a folder with its week: the one given, or that one as it was completed.

    The weekly run completes the history of a week from the ledger before it plans it, so the
    service's tables alone are not what its plan was made from. Its folder keeps both.
    """
    plan = read_plan_json(folder / "plan.json")
    kept = kept_week(folder)
    week = None if kept is None else kept.planned or kept.read
    if kept is None or week is None or week.fingerprint != plan.inputs_hash:
        if given.fingerprint == plan.inputs_hash:
            return AskedPlan(given, plan)
        fix = (
            "Give the week it was made from as DIR: where caseload weekly planned it, that is the "
            f"week's folder beside its settings (weeks/2026-03-02). Or {otherwise}"
        )
        raise DataError([_another_week(folder, plan, given, fix)])
    if given.fingerprint in {plan.inputs_hash, kept.read.fingerprint}:
        as_read = kept.planned is None  # then the tables given have more said of them
        file = None if week == kept.read else folder / KEPT_FILE
        return AskedPlan(given if as_read else week, plan, file)
    fix = f"Give '{folder}' as DIR too: it keeps the week that its plan was made from"
    raise DataError([_another_week(folder, plan, given, fix)])


def _another_week(folder: Path, plan: Plan, given: Snapshot, fix: str) -> DataProblem:
    what = (
        f"the plan in '{folder}' was not made from what is in DIR now: rows have changed since, or "
        "are others"
        if plan.as_of == given.as_of
        else f"the plan in '{folder}' is of the week of {plan.as_of.isoformat()}, and DIR has that "
        f"of {given.as_of.isoformat()}"
    )
    return DataProblem("plan", None, None, "another_week", f"{what}. {fix}.")
