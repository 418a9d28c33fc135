"""An empty week as a workbook to fill in: it knows the columns of the tables, and no week."""

from caseload_balancer.workbooks.template.weeks import template

__all__ = ["template"]
