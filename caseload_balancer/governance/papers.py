"""The papers of a run, written together."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from caseload_balancer.arguments import a_path, checked, of_type, seconds
from caseload_balancer.domain import Snapshot, a_snapshot
from caseload_balancer.domain.steps import refuse_another_week
from caseload_balancer.governance.for_workers import for_workers
from caseload_balancer.governance.impact import impact_sheet
from caseload_balancer.governance.inspection import inspection_pack
from caseload_balancer.governance.records import RECORD_NAME, RunRecord
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
)
def govern(
    snapshot: Snapshot,
    plan: Plan,
    path: str | os.PathLike[str],
    *,
    time_limit: float = 30.0,
    overrides: Overrides | None = None,
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
        Decisions about the plan; for the inspection pack.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    DataError
        When the plan was made from another week.
    OutputError
        When the folder cannot be written; what was there before is untouched.
    """
    folder = Path(path)
    write_papers(snapshot, plan, folder, time_limit, overrides, {})
    return folder


def write_papers(
    snapshot: Snapshot,
    plan: Plan,
    folder: Path,
    time_limit: float,
    overrides: Overrides | None,
    files: Mapping[str, str],
) -> tuple[str, ...]:
    """Write the papers and return their names.

    `files` are the hashes of what the week was read from, if it was.
    """
    refuse_another_week(plan, snapshot.fingerprint)
    record = RunRecord.of(plan, time_limit=time_limit, files=files)
    run = GovernedRun(snapshot, plan, record, overrides)
    written = {RECORD_NAME: record.text}
    for paper in PAPERS:
        document = paper(run)
        written[f"{document.name}.md"] = document.markdown
        written[f"{document.name}.html"] = document.html
    write_together(folder, written)
    return tuple(sorted(written))
