"""Files out: a snapshot or a plan to a folder, a plan as JSON, CSV, a page or a workbook.

Names are loaded when they are first used: whether a folder can be written to is asked before there
is a plan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseload_balancer.late_names import late_names

if TYPE_CHECKING:
    from caseload_balancer.output.allocation_tables import allocations_csv
    from caseload_balancer.output.file_names import MANIFEST, PLAN_FILE_NAMES
    from caseload_balancer.output.filled_packs import refuse_filled
    from caseload_balancer.output.folders import write_folder
    from caseload_balancer.output.packs import write_pack
    from caseload_balancer.output.page_charts import can_draw, chart_pictures
    from caseload_balancer.output.plan_documents import plan_document, plan_json, read_plan_json
    from caseload_balancer.output.plan_folders import (
        PLAN_FILES,
        load_writers,
        write_plan,
    )
    from caseload_balancer.output.worker_pages import write_worker_pages
    from caseload_balancer.plan.html import html_report

__all__ = [
    "MANIFEST",
    "PLAN_FILES",
    "PLAN_FILE_NAMES",
    "allocations_csv",
    "can_draw",
    "chart_pictures",
    "html_report",
    "load_writers",
    "plan_document",
    "plan_json",
    "read_plan_json",
    "refuse_filled",
    "write_folder",
    "write_pack",
    "write_plan",
    "write_worker_pages",
]

if not TYPE_CHECKING:  # type checkers know the names from above
    __getattr__ = late_names(
        __name__,
        {
            "MANIFEST": "file_names",
            "PLAN_FILES": "plan_folders",
            "PLAN_FILE_NAMES": "file_names",
            "allocations_csv": "allocation_tables",
            "can_draw": "page_charts",
            "chart_pictures": "page_charts",
            "html_report": "plan_folders",
            "load_writers": "plan_folders",
            "plan_document": "plan_documents",
            "plan_json": "plan_documents",
            "read_plan_json": "plan_documents",
            "refuse_filled": "filled_packs",
            "write_folder": "folders",
            "write_pack": "packs",
            "write_plan": "plan_folders",
            "write_worker_pages": "worker_pages",
        },
    )


def __dir__() -> list[str]:
    return __all__
