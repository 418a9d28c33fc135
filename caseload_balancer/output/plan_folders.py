"""A plan to a folder: for a person, for a spreadsheet, and for another program."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from caseload_balancer.output.allocation_tables import allocations_csv
from caseload_balancer.output.plan_documents import as_lines, plan_json, run_document
from caseload_balancer.output.reports import html_report
from caseload_balancer.output.whole_files import write_together
from caseload_balancer.plan import Plan


def write_plan(plan: Plan, path: str | PathLike[str]) -> Path:
    """Write a plan as files.

    ``allocations.csv`` (one row a case), ``plan.json`` (everything; the same week, policy, seed
    and versions give the same bytes), ``plan.html`` (a page for a browser), ``summary.txt`` (the
    manager's text) and ``run.json`` (how long the search took, and with what steps). All are
    UTF-8; their content is described in docs/plan.md.

    Parameters
    ----------
    path
        The folder; made where it is not there. Files of these names are replaced together,
        other files in it stay.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    OutputError
        When the folder cannot be written; what was there before is untouched.
    """
    folder = Path(path)
    write_together(
        folder,
        {
            "allocations.csv": allocations_csv(plan),
            "plan.html": html_report(plan),
            "plan.json": plan_json(plan),
            "run.json": as_lines(run_document(plan)),
            "summary.txt": f"{plan}\n",
        },
    )
    return folder
