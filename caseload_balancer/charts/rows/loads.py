"""The numbers of the loads of workers: before and after, against the cap and 100 %."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Final, Literal

from caseload_balancer.arguments import a_text, checked, one_of, refusal, whole
from caseload_balancer.charts.chart_tables import ChartTable
from caseload_balancer.domain.wording import counted
from caseload_balancer.plan import Plan, a_plan
from caseload_balancer.plan.rows import WorkerWeek

By = Literal["points", "children"]

MOST_WORKERS: Final = 24
"""Rows that can be read on a slide."""


@checked(plan=a_plan, by=one_of(("points", "children")), team_id=a_text, most=whole(1))
def loads(
    plan: Plan, *, by: By = "points", team_id: str | None = None, most: int = MOST_WORKERS
) -> ChartTable:
    """Return the load of each worker before and after the plan, the most loaded first.

    Parameters
    ----------
    by
        What the load is by, and so the order: ``points``, in % of the points available; or
        ``children``, beyond the cap. Who cannot go on holding cases has no cap.
    team_id
        Only workers whose first team it is.
    most
        Workers at most; the rest is left out.

    Raises
    ------
    ArgumentError
        When no worker has the team.
    """
    workers = [row for row in plan.workers if row.can_hold or row.before.children]
    if team_id is not None:
        workers = [row for row in workers if row.team_ids[:1] == (team_id,)]
        if not workers:
            raise refusal(
                "loads", "team_id", f"must be a team of workers; nobody is in '{team_id}'."
            )
    shown = sorted(workers, key=_heaviest_first[by])[:most]
    over = sum(row.can_hold and row.after.children > row.cap for row in workers)
    above = sum((row.after.percent or 0) > 100 for row in workers)
    where = "" if team_id is None else f" in {team_id}"
    rest = "" if len(shown) == len(workers) else f", the {len(shown)} most loaded of {len(workers)}"
    return ChartTable(
        title=f"{_TITLES[by]}{where}{rest}",
        words=(
            f"Loads of {counted(len(workers), 'worker')}{where} before and after the plan: "
            f"{over or 'nobody'} over the cap after it, {above or 'nobody'} above 100 % of the "
            "points available."
            if workers
            else "Nobody can hold cases, and nobody holds any."
        ),
        columns={
            "worker_id": str,
            "children_before": int,
            "children_after": int,
            "cap": float,  # blank where there is none, which no column of whole numbers can be
            "percent_before": float,
            "percent_after": float,
        },
        rows=tuple(_cells(shown)),
    )


_TITLES: Final = {"points": "Load, % of points available", "children": "Children against the cap"}


def _by_points(row: WorkerWeek) -> tuple[float, float, str]:
    return -_known(row.after.percent), -_known(row.before.percent), row.worker_id


def _by_children(row: WorkerWeek) -> tuple[float, float, str]:
    room = row.cap - row.after.children if row.can_hold else math.inf
    return room, -row.after.children, row.worker_id


_heaviest_first: Final[dict[str, Callable[[WorkerWeek], tuple[float, float, str]]]] = {
    "points": _by_points,
    "children": _by_children,
}


def _known(percent: float | None) -> float:
    return -1.0 if percent is None else percent


def _cells(workers: Iterable[WorkerWeek]) -> Iterable[tuple[object, ...]]:
    for row in workers:
        yield (
            row.worker_id,
            row.before.children,
            row.after.children,
            row.cap if row.can_hold else None,
            row.before.percent,
            row.after.percent,
        )
