"""The pack for an allocation meeting: a plan as one workbook, to print and to decide on."""

from caseload_balancer.workbooks.pack.packs import meeting_pack, pack_sheets
from caseload_balancer.workbooks.pack.tables import PackSheet

__all__ = ["PackSheet", "meeting_pack", "pack_sheets"]
