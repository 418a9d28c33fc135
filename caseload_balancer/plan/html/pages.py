"""The plan as one page for a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseload_balancer.plan.html.fragments import plan_content
from caseload_balancer.plan.html.rendering import render

if TYPE_CHECKING:
    from caseload_balancer.plan.plans import Plan


def html_report(plan: Plan) -> str:
    """Return a page of its own: light or dark as the reader's screen, no script, nothing fetched.

    Holds every row of the plan's tables, where a notebook shows the first of each.
    """
    return render("page", **plan_content(plan, most_rows=None))
