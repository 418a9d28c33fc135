"""The papers of a run, written together."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from caseload_balancer.arguments import a_path, checked, of_type, seconds
from caseload_balancer.domain import Snapshot, a_snapshot
from caseload_balancer.domain.steps import refuse_another_week
from caseload_balancer.errors import DataError, DataProblem
from caseload_balancer.governance.for_workers import for_workers
from caseload_balancer.governance.impact import impact_sheet
from caseload_balancer.governance.inspection import inspection_pack
from caseload_balancer.governance.records import RECORD_NAME, RunRecord, a_record
from caseload_balancer.governance.remaking import decisions_hash
from caseload_balancer.governance.runs import GovernedRun
from caseload_balancer.governance.transparency import transparency_record
from caseload_balancer.insight.reallocate import Overrides
from caseload_balancer.output.whole_files import write_together
from caseload_balancer.plan import Plan, a_plan

PAPERS: Final = (transparency_record, impact_sheet, for_workers, inspection_pack)
"""What makes each document of a run; each is written as Markdown and as a page."""


@checked(
    snapshot=a_snapshot,
    plan=a_plan,
    path=a_path,
    time_limit=seconds,
    overrides=of_type(Overrides, "Overrides.read(...) makes one."),
    before=a_record,
)
def govern(
    snapshot: Snapshot,
    plan: Plan,
    path: str | os.PathLike[str],
    *,
    time_limit: float = 30.0,
    overrides: Overrides | None = None,
    before: str | os.PathLike[str] | RunRecord | None = None,
) -> Path:
    """Write what a run has to answer for, filled in from the run.

    ``record.json`` (from which `reproduce` makes the plan again), and as Markdown and as a page
    each: ``transparency`` (the algorithmic transparency record), ``impact`` (the data protection
    impact sheet), ``for-workers`` (the explanation for workers) and ``inspection`` (one date,
    child by child). What the run does not say is marked as to be filled in by the authority.

    Parameters
    ----------
    snapshot, plan
        The week, and a plan made from it.
    path
        The folder; made where it is not there. The files are replaced together.
    time_limit
        Seconds the search was given when the plan was made: the plan does not say.
    overrides
        Decisions about the plan, or those that it was made around; for the inspection pack.
    before
        Where the plan was made around `overrides`: the record of the plan they were about, so that
        this one can be made again too.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    DataError
        When the plan was made from another week, or not around these decisions about that plan.
    OutputError
        When the folder cannot be written; what was there before is untouched.
    """
    folder = Path(path)
    write_papers(
        snapshot,
        plan,
        folder,
        time_limit,
        overrides,
        {},
        None if before is None else a_record(before),
    )
    return folder


def write_papers(
    snapshot: Snapshot,
    plan: Plan,
    folder: Path,
    time_limit: float,
    overrides: Overrides | None,
    files: Mapping[str, str],
    before: RunRecord | None = None,
) -> tuple[str, ...]:
    """Write the papers and return their names.

    `files` are the hashes of what the week was read from, if it was.
    """
    refuse_another_week(plan, snapshot.fingerprint)
    if problems := list(_not_around(plan, before, overrides)):
        raise DataError(problems)
    record = RunRecord.of(
        plan,
        time_limit=time_limit,
        files=files,
        before=before,
        decisions_hash=decisions_hash(overrides) if before and overrides else "",
    )
    run = GovernedRun(snapshot, plan, record, overrides)
    written = {RECORD_NAME: record.text}
    for paper in PAPERS:
        document = paper(run)
        written[f"{document.name}.md"] = document.markdown
        written[f"{document.name}.html"] = document.html
    write_together(folder, written)
    return tuple(sorted(written))


def _not_around(
    plan: Plan, before: RunRecord | None, overrides: Overrides | None
) -> Iterator[DataProblem]:
    """Yield why a plan was not made around decisions about the plan of a record."""
    if before is None:
        return
    decided = set() if overrides is None else {one.case_id for one in overrides.decisions}
    reasons = (
        (
            "no_decisions",
            not decided,
            "no decisions are given that the plan was made around. Give them too (--overrides).",
        ),
        (
            "another_week",
            before.inputs_hash != plan.inputs_hash,
            "it is the record of another week. Give the one of this week's first plan.",
        ),
        (
            "another_policy",
            before.policy_hash != plan.policy_hash,
            "it is the record of a plan under another policy. Give the one that was decided about.",
        ),
        (
            "not_agreed",
            not decided <= {one.case_id for one in plan.agreed},
            "the plan does not keep to every decision given. Give the plan made around them.",
        ),
    )
    for rule, is_so, says in reasons:
        if is_so:
            yield DataProblem("before", None, None, rule, says)
