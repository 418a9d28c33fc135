"""The value of every goal of section 4, one function a goal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from caseload_balancer.checker.allocation import Allocation
from caseload_balancer.checker.goals.churn import churn
from caseload_balancer.checker.goals.concessions import concessions
from caseload_balancer.checker.goals.continuity import continuity
from caseload_balancer.checker.goals.counts import (
    must_hold_waiting,
    over_cap,
    standing_breaches,
    transfers_due,
)
from caseload_balancer.checker.goals.fit import fit
from caseload_balancer.checker.goals.handover import handover
from caseload_balancer.checker.goals.imbalance import imbalance
from caseload_balancer.checker.goals.new_case_share import new_case_share
from caseload_balancer.checker.goals.next_change import next_change
from caseload_balancer.checker.goals.reserve import reserve
from caseload_balancer.checker.goals.waiting import waiting
from caseload_balancer.policy import GoalName

__all__ = ["VALUE_OF"]

VALUE_OF: Final[Mapping[GoalName, Callable[[Allocation], int]]] = {
    "must_hold_waiting": must_hold_waiting,
    "standing_breaches": standing_breaches,
    "over_cap": over_cap,
    "concessions": concessions,
    "transfers_due": transfers_due,
    "waiting": waiting,
    "churn": churn,
    "continuity": continuity,
    "next_change": next_change,
    "handover": handover,
    "imbalance": imbalance,
    "new_case_share": new_case_share,
    "reserve": reserve,
    "fit": fit,
}
"""How each goal is valued, in its own unit."""
