"""A plan, or an answer about one, as a fragment of HTML for a notebook and for the report."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from caseload_balancer.plan.analysis import gap_in_words
from caseload_balancer.plan.words import CASE_WORDS, percent, window

if TYPE_CHECKING:
    from caseload_balancer.plan.plans import Plan

WIDEST_BAR = 150
"""Load % at which a bar is full; a mark shows 100 %."""


def html_fragment(plan: Plan, *, most_rows: int | None = 40) -> str:
    """Return the plan as one self-contained ``<div>``: own style, no script, nothing fetched.

    Readable on light and on dark pages; everything that comes from the input is escaped.

    Parameters
    ----------
    most_rows
        Rows shown of each table; the rest is counted. None shows all.
    """
    return (
        _templates()
        .get_template("plan.html.jinja")
        .render(
            plan=plan,
            placed=[row for row in plan.cases if row.change == "new"],
            months=window(plan.policy.churn.window_days),
            most_rows=most_rows,
        )
    )


def answer_fragment(
    title: str,
    text: str,
    tables: Sequence[tuple[str, Sequence[tuple[str, bool]], Sequence[Sequence[str]]]],
    *,
    most_rows: int | None = 40,
) -> str:
    """Return an answer in the style of a plan: a title, lines of text, and tables.

    Parameters
    ----------
    tables
        The title of each, its columns with whether they are numbers, and its cells. A table
        without rows is left out.
    most_rows
        Rows shown of each table; the rest is counted. None shows all.
    """
    return (
        _templates()
        .get_template("answer.html.jinja")
        .render(title=title, text=text, tables=tables, most_rows=most_rows)
    )


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("caseload_balancer.plan"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters.update(percent=percent, gap=gap_in_words, bar=_bar)
    templates.globals.update(CASE_WORDS=CASE_WORDS)
    return templates


def _bar(load: float | None) -> Markup:
    width = 0.0 if load is None else min(100.0, 100 * load / WIDEST_BAR)
    return Markup("width:{:.1f}%").format(width)
