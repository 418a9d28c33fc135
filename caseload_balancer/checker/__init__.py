"""An independent check of an allocation, straight from the tables and the policy."""

from caseload_balancer.checker.findings import Breach, Finding, Violation
from caseload_balancer.checker.report import Checker, Report, check

__all__ = ["Breach", "Checker", "Finding", "Report", "Violation", "check"]
