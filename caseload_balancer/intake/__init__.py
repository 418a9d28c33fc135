"""Files and frames to a snapshot, with every problem reported by table, row and column."""

from caseload_balancer.intake.findings import Notice
from caseload_balancer.intake.names_files import read_names
from caseload_balancer.intake.raw_tables import RawTable
from caseload_balancer.intake.reading import read, read_with_notices

__all__ = ["Notice", "RawTable", "read", "read_names", "read_with_notices"]
