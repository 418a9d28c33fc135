"""A page for each worker, as a folder to hand them out from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from os import PathLike
from pathlib import Path
from typing import Final

from caseload_balancer.arguments import a_path, checked
from caseload_balancer.domain import Snapshot, a_snapshot
from caseload_balancer.domain.display_names import some_names
from caseload_balancer.domain.spreadsheet_text import cell_text, csv_text
from caseload_balancer.output.whole_files import write_together
from caseload_balancer.plan import Plan, a_plan

LIST_OF_PAGES: Final = "pages.csv"
"""Says which file is whose: ``worker_id``, ``file``."""

_LONGEST: Final = 60


@checked(snapshot=a_snapshot, plan=a_plan, path=a_path, names=some_names)
def write_worker_pages(
    snapshot: Snapshot,
    plan: Plan,
    path: str | PathLike[str],
    *,
    names: Mapping[str, str] | None = None,
) -> Path:
    """Write a page for each worker: their load, how it is counted, what is proposed for them.

    Each is one file that opens in any browser, prints on A4 and asks nothing of any network. It
    shows the worker's own children alone, today's and those of the plan; of colleagues only who
    hands over to whom, and the last day of one who leaves. docs/page.md tells what is on it.

    Parameters
    ----------
    snapshot
        The week the plan was made from.
    plan
        The plan.
    path
        The folder; made where it is not there. It gets ``worker-W-003.html`` and so on, and
        ``pages.csv``, which says whose file is which. Other files in it stay, also pages of an
        earlier week of workers who are no longer there.
    names
        A display name by ``worker_id``, as `read_names` reads them: shown on the pages, never in
        the name of a file.

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
    from caseload_balancer.plan.html.own.pages import (  # noqa: PLC0415 - for pages only
        worker_pages,
    )

    folder = Path(path)
    pages = dict(worker_pages(snapshot, plan, some_names(names or {})))
    files = {worker_id: _file_name(worker_id) for worker_id in pages}
    rows = [(cell_text(worker_id), name) for worker_id, name in files.items()]
    write_together(
        folder,
        {
            **{files[worker_id]: page for worker_id, page in pages.items()},
            LIST_OF_PAGES: csv_text(("worker_id", "file"), rows),
        },
    )
    return folder


def _file_name(worker_id: str) -> str:
    """Return a file name that every system takes: the id itself where that is one.

    No two ids of a week differ in capitals alone. What else they may hold is replaced, with
    something of the id's hash behind it, so that no two names are the same.
    """
    plain = re.sub(r"[^A-Za-z0-9_-]+", "_", worker_id)[:_LONGEST]
    if plain != worker_id:
        plain += f"-{sha256(worker_id.encode()).hexdigest()[:8]}"
    return f"worker-{plain}.html"
