"""Files out: a snapshot or a plan to a folder, a plan as JSON, CSV, a page or a workbook."""

from caseload_balancer.output.allocation_tables import allocations_csv
from caseload_balancer.output.folders import write_folder
from caseload_balancer.output.packs import refuse_filled, write_pack
from caseload_balancer.output.page_charts import can_draw, chart_pictures
from caseload_balancer.output.plan_documents import plan_document, plan_json, read_plan_json
from caseload_balancer.output.plan_folders import (
    MANIFEST,
    PLAN_FILES,
    load_writers,
    rehearse_writing,
    write_plan,
)
from caseload_balancer.output.worker_pages import write_worker_pages
from caseload_balancer.plan.html import html_report

__all__ = [
    "MANIFEST",
    "PLAN_FILES",
    "allocations_csv",
    "can_draw",
    "chart_pictures",
    "html_report",
    "load_writers",
    "plan_document",
    "plan_json",
    "read_plan_json",
    "refuse_filled",
    "rehearse_writing",
    "write_folder",
    "write_pack",
    "write_plan",
    "write_worker_pages",
]
