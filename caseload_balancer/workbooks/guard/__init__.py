"""What stands between a workbook somebody brings and the library that reads it.

A workbook is a zip of XML. A few kilobytes can hold gigabytes, a cell in the last row makes some
readers ask for all the memory there is, and an XML entity can name a file. So each workbook is gone
through once, as a stream and with limits, before anything else opens it; and what the reading
library does not tell is noted on the way: hidden rows, columns and sheets, merged cells, formulas.
"""

from caseload_balancer.workbooks.guard.archives import damaged, refused, refused_for_macros
from caseload_balancer.workbooks.guard.limits import WorkbookLimits
from caseload_balancer.workbooks.guard.looking import is_workbook, look_into
from caseload_balancer.workbooks.guard.shapes import Area, Cell, SheetShape, WorkbookShape

__all__ = [
    "Area",
    "Cell",
    "SheetShape",
    "WorkbookLimits",
    "WorkbookShape",
    "damaged",
    "is_workbook",
    "look_into",
    "refused",
    "refused_for_macros",
]
