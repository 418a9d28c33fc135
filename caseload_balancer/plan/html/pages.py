"""The plan, or an answer, as one page for a browser."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from caseload_balancer.domain.display_names import NO_NAMES, DisplayNames
from caseload_balancer.plan.html.fragments import HtmlTable
from caseload_balancer.plan.html.pictures import Picture
from caseload_balancer.plan.html.rendering import load_templates, render

if TYPE_CHECKING:
    from caseload_balancer.plan.plans import Plan


def load_report() -> None:
    """Load what makes the page for the meeting: whoever makes one would wait for that."""
    import caseload_balancer.plan.html.meeting.page  # noqa: F401, PLC0415 - for pages only

    load_templates()


def html_report(
    plan: Plan, names: DisplayNames = NO_NAMES, pictures: Sequence[Picture] = ()
) -> str:
    """Return the page for the allocation meeting: one file, nothing fetched, its own script alone.

    Light or dark as the reader's screen, on paper and on a phone; the same bytes from the same
    plan and names. docs/page.md tells how to read it.

    Parameters
    ----------
    names
        Shown beside the ids of workers; needs not have all.
    pictures
        Charts of the plan, as ``caseload_balancer.output.chart_pictures`` draws them.
    """
    from caseload_balancer.plan.html.meeting.page import (  # noqa: PLC0415 - for pages only
        meeting_page,
    )

    return meeting_page(plan, names, pictures)


def answer_page(
    title: str, text: str, tables: Sequence[HtmlTable], *, most_rows: int | None = None
) -> str:
    """Return an answer as a page of its own, in the style of a plan's.

    Parameters
    ----------
    most_rows
        Rows shown of each table; the rest is counted. None shows all.
    """
    return render(
        "answer_page", title=title, text=text, tables=tables, most_rows=most_rows, in_python=False
    )
