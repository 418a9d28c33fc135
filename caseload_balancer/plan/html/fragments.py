"""A plan, or an answer about one, as a fragment of HTML for a notebook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from caseload_balancer.domain.wording import window
from caseload_balancer.plan.html.rendering import render

if TYPE_CHECKING:
    from caseload_balancer.plan.plans import Plan

_MOST_ROWS: Final = 40


HtmlTable = tuple[str, Sequence[tuple[str, bool]], Sequence[Sequence[str]]]
"""A table's title, its columns with whether they are numbers, and its cells."""


def html_fragment(plan: Plan, *, most_rows: int | None = 40) -> str:
    """Return the plan as one self-contained ``<div>``: own style, no script, nothing fetched.

    Readable on light and on dark pages; everything that comes from the input is escaped.

    Parameters
    ----------
    most_rows
        Rows shown of each table; the rest is counted. None shows all.
    """
    return render(
        "plan",
        plan=plan,
        placed=[row for row in plan.cases if row.change == "new"],
        overdue=[row for row in plan.due if row.overdue],
        due_soon=[row for row in plan.due if not row.overdue],
        to_come=[row for row in plan.transfers if row.state != "made"],
        months=window(plan.policy.churn.window_days),
        most_rows=most_rows,
    )


def answer_fragment(title: str, text: str, tables: Sequence[HtmlTable]) -> str:
    """Return an answer in the style of a plan: a title, lines of text, and tables.

    Parameters
    ----------
    tables
        The title of each, its columns with whether they are numbers, and its cells. A table
        without rows is left out; of many rows the first are shown, and the rest is counted.
    """
    return render(
        "answer", title=title, text=text, tables=tables, most_rows=_MOST_ROWS, in_python=True
    )


def table_fragment(table: HtmlTable, *, most_rows: int | None = None) -> str:
    """Return one table in the same style."""
    return render("table", tables=[table], most_rows=most_rows, in_python=True)
