"""What the files of a plan are called."""

from __future__ import annotations

from typing import Final

from caseload_balancer.extras import installed
from caseload_balancer.workbooks.decision_sheet import PACK_NAME

PAGE_NAME: Final = "plan.html"
MANIFEST: Final = "manifest.json"
"""Names the files that were written together, each with its SHA-256."""
CAN_WRITE_PACKS: Final = installed("xlsxwriter") and installed("openpyxl")
"""Whether the libraries of the extra ``excel`` are installed."""
PLAN_FILE_NAMES: Final = (
    "allocations.csv",
    "due.csv",
    *((PACK_NAME,) if CAN_WRITE_PACKS else ()),
    PAGE_NAME,
    "plan.json",
    "run.json",
    "summary.txt",
)
"""Of every plan; the pack is there where the extra ``excel`` is installed."""
