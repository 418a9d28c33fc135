"""Who waits, and for how long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from caseload_balancer.arguments import checked
from caseload_balancer.charts import style
from caseload_balancer.charts.rows import waiting as rows
from caseload_balancer.charts.subjects import some_axes
from caseload_balancer.plan import Plan, a_plan

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@checked(plan=a_plan, ax=some_axes)
def waiting(plan: Plan, ax: Axes | None = None) -> Axes:
    """Draw how many children still wait after the plan, by whole weeks without a worker.

    With the weeks after which the policy has a wait reviewed and escalated, and may not go on.

    Parameters
    ----------
    ax
        Where to draw; None makes a figure of its own.

    Returns
    -------
    Axes
        `ax`, or the axes of the new figure.

    Raises
    ------
    MissingExtraError
        When matplotlib is not installed.
    """
    table = rows.waiting(plan)
    ax = style.axes_or_new(ax)
    if not plan.waiting:
        style.give_title(ax, table.title)
        style.say(ax, table.words)
        return ax
    weeks = range(len(table.rows))
    may, never = table.column("may_wait"), table.column("may_never_wait")
    edge: dict[str, Any] = {"edgecolor": ax.get_facecolor(), "linewidth": 0}
    ax.bar(weeks, never, color=style.OVER, hatch=style.OVER_HATCH, label="may never wait", **edge)
    ax.bar(weeks, may, bottom=never, color=style.HELD, label="may wait", **edge)
    for week in weeks:
        if may[week] + never[week]:
            ax.annotate(
                str(may[week] + never[week]),
                (week, may[week] + never[week]),
                xytext=(0, 2),
                textcoords="offset points",
                ha="center",
            )
    _mark_steps(ax, plan, len(table.rows))
    ax.set_xticks(weeks, table.column("weeks_waited"))
    ax.set_xlabel("whole weeks without a worker")
    ax.set_ylabel("children")
    style.count_in_whole_numbers(ax.yaxis)
    ax.margins(y=0.15)
    style.tidy(ax, grid="y")
    style.give_title(ax, table.title, legend=True)
    return ax


def _mark_steps(ax: Axes, plan: Plan, weeks: int) -> None:
    """Draw the steps of the policy that lie within the chart."""
    policy = plan.policy.waiting
    steps = {
        "review": policy.review_weeks,
        "escalate": policy.escalate_weeks,
        "stop": policy.stop_weeks,
    }
    for step, week in steps.items():
        if 0 < week < weeks:
            ax.axvline(week - 0.5, color=style.QUIET, linestyle="--", linewidth=1)
            ax.text(
                week - 0.45,
                0.98,
                step,
                transform=ax.get_xaxis_transform(),
                va="top",
                fontsize="small",
            )
