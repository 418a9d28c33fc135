"""Everything of a plan that is HTML: the view in a notebook, the page, an answer's tables.

One set of templates with one style. Jinja is loaded when the first of them is rendered.
"""

from caseload_balancer.plan.html.fragments import answer_fragment, html_fragment
from caseload_balancer.plan.html.pages import html_report

__all__ = ["answer_fragment", "html_fragment", "html_report"]
