"""Practices by hand, a file each; what a policy is compared with."""

from collections.abc import Mapping
from typing import Final

from caseload_balancer.simulation.practices.allocate_only import AllocateOnly
from caseload_balancer.simulation.practices.by_list import ByList
from caseload_balancer.simulation.practices.by_policy import ByPolicy
from caseload_balancer.simulation.practices.definition import Allocated, Practice
from caseload_balancer.simulation.practices.do_nothing import DoNothing
from caseload_balancer.simulation.practices.ranking import ByRanking

PRACTICES: Final[Mapping[str, Practice]] = {
    practice.name: practice for practice in (AllocateOnly(), ByList(), ByRanking(), DoNothing())
}
"""The practices by hand, by name."""

__all__ = ["PRACTICES", "Allocated", "ByPolicy", "Practice"]
