"""What a run has to answer for: its record, and the papers that its settings fill in."""

from caseload_balancer.governance.papers import govern
from caseload_balancer.governance.records import RECORD_NAME, RunRecord, read_record
from caseload_balancer.governance.reproduction import Reproduction, reproduce

__all__ = ["RECORD_NAME", "Reproduction", "RunRecord", "govern", "read_record", "reproduce"]
