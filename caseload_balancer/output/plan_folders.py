"""A plan to a folder: for a person, for a spreadsheet, and for another program."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import Final

from caseload_balancer.arguments import a_path, checked, yes_no
from caseload_balancer.domain.display_names import NO_NAMES, DisplayNames, some_names
from caseload_balancer.output.allocation_tables import allocations_csv
from caseload_balancer.output.due_tables import due_csv
from caseload_balancer.output.file_names import MANIFEST, PAGE_NAME, PLAN_FILE_NAMES
from caseload_balancer.output.filled_packs import refuse_filled
from caseload_balancer.output.packs import load_pack_writer, pack_bytes
from caseload_balancer.output.page_charts import chart_pictures
from caseload_balancer.output.plan_documents import plan_json, run_json
from caseload_balancer.output.whole_files import write_together
from caseload_balancer.plan import Plan, a_plan
from caseload_balancer.plan.html import html_report, load_report
from caseload_balancer.workbooks.decision_sheet import PACK_NAME

PlanWriter = Callable[..., str | bytes]
"""Gives the content of one file from a plan: text, written as UTF-8, or bytes.

One of `SHOW_NAMES` takes the display names of workers too.
"""


_OF_THE_RUN: Final = ("run.json",)
"""What differs from run to run, and so has no digest in the manifest."""


def _summary_text(plan: Plan) -> str:
    return f"{plan}\n"


_WRITERS: Final[Mapping[str, PlanWriter]] = {
    "allocations.csv": allocations_csv,
    "due.csv": due_csv,
    PACK_NAME: pack_bytes,
    PAGE_NAME: html_report,
    "plan.json": plan_json,
    "run.json": run_json,
    "summary.txt": _summary_text,
}
PLAN_FILES: Final[Mapping[str, PlanWriter]] = MappingProxyType(
    {name: _WRITERS[name] for name in PLAN_FILE_NAMES}
)
"""What writes each file of a plan, under its name."""

SHOW_NAMES: Final = (PAGE_NAME, PACK_NAME)
"""What is for people alone, and shows the display names of workers."""


def manifest(
    plan: Plan,
    files: Mapping[str, str | bytes],
    names: DisplayNames = NO_NAMES,
    shows_names: Iterable[str] = SHOW_NAMES,
) -> str:
    """Return which files belong to a plan, and what is in each.

    Who finds other digests has files of two plans, or files that somebody edited. The same plan
    gives the same manifest, whatever the workers are called: a file that shows names has no digest.
    """
    without = (*_OF_THE_RUN, *(shows_names if names else ()))
    digests = {
        name: None if name in without else sha256(_as_bytes(content)).hexdigest()
        for name, content in sorted(files.items())
    }
    document = {"files": digests, "inputs_hash": plan.inputs_hash, "policy_hash": plan.policy_hash}
    return json.dumps(document, indent=1, sort_keys=True) + "\n"


def plan_contents(
    plan: Plan, names: DisplayNames = NO_NAMES, *, charts: bool = False
) -> dict[str, str | bytes]:
    """Return what is in each file of a plan, under its name; the manifest is not among them."""
    files = {
        name: content(plan, names) if name in SHOW_NAMES else content(plan)
        for name, content in PLAN_FILES.items()
        if not (charts and name == PAGE_NAME)
    }
    if charts:
        files[PAGE_NAME] = html_report(plan, names, chart_pictures(plan, names=names))
    return files


def _as_bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def load_writers() -> None:
    """Load what `write_plan` needs: after a search that somebody stopped, little is left to do."""
    load_report()
    load_pack_writer()


@checked(plan=a_plan, path=a_path, names=some_names, charts=yes_no)
def write_plan(
    plan: Plan,
    path: str | PathLike[str],
    *,
    names: Mapping[str, str] | None = None,
    charts: bool = False,
) -> Path:
    """Write a plan as files.

    ``allocations.csv`` (one row a case), ``due.csv`` (what is overdue or due soon), ``plan.json``
    (everything; the same week, policy, seed and versions give the same bytes), ``plan.html`` (a
    page for a browser), ``summary.txt`` (the manager's text), ``run.json`` (how long the search
    took, and with what steps) and ``manifest.json`` (the names of these and what is in each, as
    SHA-256), all UTF-8; and ``meeting.xlsx`` (the pack for the allocation meeting) where the extra
    ``excel`` is installed. Their content is described in docs/plan.md.

    Parameters
    ----------
    path
        The folder; made where it is not there. Files of these names are replaced together, in one
        step where the system can do that; other files in it stay. New files are for their owner
        only; a file that is replaced keeps its permissions.
    names
        A display name by ``worker_id``, as `read_names` reads them: shown in ``plan.html`` and
        ``meeting.xlsx``, which then have no digest in the manifest, and in no other file.
    charts
        Whether ``plan.html`` shows charts, each with its numbers under it: takes the extra
        ``charts``, and a second or two.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    MissingExtraError
        When charts are asked for, and the extra ``charts`` is not installed.
    OutputError
        When the folder cannot be written, or decisions have been filled in on the pack that is
        there; what was there before is untouched.
    """
    folder = Path(path)
    write_together(folder, plan_files(plan, folder, some_names(names or {}), charts=charts))
    return folder


def plan_files(
    plan: Plan, folder: Path, names: DisplayNames, *, charts: bool = False
) -> dict[str, str | bytes]:
    """Return the files of a plan and their manifest, for who writes others together with them.

    Raises
    ------
    OutputError
        When decisions have been filled in on the pack that is in the folder.
    """
    if PACK_NAME in PLAN_FILES:
        refuse_filled(folder / PACK_NAME)
    files = plan_contents(plan, names, charts=charts)
    return {**files, MANIFEST: manifest(plan, files, names)}
