"""The plan as one page for a browser."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from caseload_balancer.plan import Plan

if TYPE_CHECKING:
    from jinja2 import Environment


def html_report(plan: Plan) -> str:
    """Return a page of its own: light or dark as the reader's screen, no script, nothing fetched.

    Holds every row of the plan's tables, where a notebook shows the first of each.
    """
    from markupsafe import Markup  # noqa: PLC0415 - with Jinja, only when a page is made

    from caseload_balancer.plan.notebook import html_fragment  # noqa: PLC0415 - loads Jinja

    fragment = html_fragment(plan, most_rows=None)
    # html_fragment has escaped all that comes from the input.
    body = Markup(fragment)  # noqa: S704
    return _templates().get_template("page.html.jinja").render(plan=plan, body=body)


@cache
def _templates() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - as above

    return Environment(
        loader=PackageLoader("caseload_balancer.output"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
