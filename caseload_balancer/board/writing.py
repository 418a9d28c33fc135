"""The board of a plan as a file."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from pathlib import Path

from caseload_balancer.arguments import a_path, a_text, checked
from caseload_balancer.board.data import board_data
from caseload_balancer.board.page import board_page
from caseload_balancer.domain import Snapshot, a_snapshot
from caseload_balancer.domain.display_names import some_names
from caseload_balancer.output.whole_files import write_together
from caseload_balancer.plan import Plan, a_plan


@checked(snapshot=a_snapshot, plan=a_plan, path=a_path, names=some_names, team=a_text)
def write_board(
    snapshot: Snapshot,
    plan: Plan,
    path: str | PathLike[str],
    *,
    names: Mapping[str, str] | None = None,
    team: str | None = None,
) -> Path:
    """Write a plan as a board: one page to try changes on, with their exact effect.

    The page needs no network and no program beside it. Decisions made on it are saved from it as a
    file that `Overrides.read` takes. docs/board.md tells how to use it.

    Parameters
    ----------
    snapshot
        The week the plan was made from.
    plan
        The plan.
    path
        The file, ``board.html`` in a folder of a plan. Its folder is made where it is not there; a
        file that is there is replaced.
    names
        A display name by ``worker_id``, as `read_names` reads them: shown on the page, and not in
        the file of decisions.
    team
        The team that is shown first.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    DataError
        When the plan was made from another week.
    OutputError
        When the file cannot be written.
    """
    file = Path(path)
    page = board_page(board_data(snapshot, plan, names=names, team=team))
    write_together(file.parent, {file.name: page})
    return file
