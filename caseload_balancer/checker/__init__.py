"""An independent check of an allocation, straight from the tables and the policy."""

from caseload_balancer.checker.findings import RULES, Breach, Finding, Rule, Violation
from caseload_balancer.checker.report import Report, check

__all__ = ["RULES", "Breach", "Finding", "Report", "Rule", "Violation", "check"]
