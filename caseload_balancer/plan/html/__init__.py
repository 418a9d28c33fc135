"""Everything of a plan that is HTML: the view in a notebook, the page, an answer's tables.

One set of templates with one style. Jinja is loaded when the first of them is rendered.
"""

from caseload_balancer.plan.html.documents import document_page
from caseload_balancer.plan.html.fragments import (
    HtmlTable,
    answer_fragment,
    html_fragment,
    table_fragment,
)
from caseload_balancer.plan.html.pages import answer_page, html_report, load_report

__all__ = [
    "HtmlTable",
    "answer_fragment",
    "answer_page",
    "document_page",
    "html_fragment",
    "html_report",
    "load_report",
    "table_fragment",
]
