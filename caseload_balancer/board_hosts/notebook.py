"""``cb.Board``: the board in a notebook, with the kernel behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from caseload_balancer.arguments import a_seed, a_text, checked, seconds
from caseload_balancer.domain import Snapshot, a_snapshot
from caseload_balancer.domain.display_names import some_names
from caseload_balancer.extras import need
from caseload_balancer.plan import Plan, a_plan

if TYPE_CHECKING:
    from caseload_balancer.board_hosts.widget import BoardWidget


@checked(
    snapshot=a_snapshot,
    plan=a_plan,
    team=a_text,
    names=some_names,
    time_limit=seconds,
    seed=a_seed,
)
def Board(  # noqa: N802 - it makes one, and is used as if it were one
    snapshot: Snapshot,
    plan: Plan,
    *,
    team: str | None = None,
    names: Mapping[str, str] | None = None,
    time_limit: float = 10.0,
    seed: int = 0,
) -> BoardWidget:
    """Show a plan as a board to decide on, in JupyterLab, VS Code or marimo.

    Every change on the board is in its ``overrides`` at once. "Plan again around these decisions"
    does what `reallocate` does, with the board going on meanwhile; then ``plan`` is the new plan,
    which keeps to the decisions as ``agreed``, and ``overrides`` is empty again.

    Parameters
    ----------
    snapshot
        The week the plan was made from.
    plan
        The plan the board starts from.
    team
        The team that is shown first.
    names
        A display name by ``worker_id``, as `read_names` reads them.
    time_limit, seed
        Of planning again, as for `reallocate`.

    Returns
    -------
    BoardWidget
        An `anywidget.AnyWidget` with ``overrides`` and ``plan``. In marimo,
        ``mo.ui.anywidget(cb.Board(snapshot, plan))`` shows it.

    Raises
    ------
    DataError
        When the plan was made from another week.
    MissingExtraError
        Without the extra ``board``.
    """
    need("a board in a notebook", "anywidget")
    from caseload_balancer.board_hosts.widget import BoardWidget  # noqa: PLC0415 - loads anywidget

    return BoardWidget(
        snapshot, plan, team=team, names=some_names(names or {}), time_limit=time_limit, seed=seed
    )
