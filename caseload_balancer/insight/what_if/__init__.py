"""The same week otherwise: scenarios side by side."""

from caseload_balancer.insight.what_if.answer import WhatIf
from caseload_balancer.insight.what_if.question import what_if
from caseload_balancer.insight.what_if.scenarios import Scenario, read_scenarios

__all__ = ["Scenario", "WhatIf", "read_scenarios", "what_if"]
