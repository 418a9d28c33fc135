"""The decisions on a pack that somebody filled in, read back whatever was sorted or filtered."""

from caseload_balancer.workbooks.filled.reading import has_decisions, read_filled
from caseload_balancer.workbooks.filled.sheets import FilledRow, FilledSheet

__all__ = ["FilledRow", "FilledSheet", "has_decisions", "read_filled"]
