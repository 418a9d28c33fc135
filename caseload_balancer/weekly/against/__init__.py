"""What is odd about a week's tables beside those of the week before."""

from caseload_balancer.weekly.against.findings import CODES, InputFinding
from caseload_balancer.weekly.against.limits import InputLimits
from caseload_balancer.weekly.against.question import compare_inputs, findings_between

__all__ = ["CODES", "InputFinding", "InputLimits", "compare_inputs", "findings_between"]
