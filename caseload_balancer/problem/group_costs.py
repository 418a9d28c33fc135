"""Goals that depend on how many workers a family has: one function a goal.

Each takes the facts and returns what every worker beyond the first adds, shape (groups,).
docs/mathematics.md, section 4.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np

from caseload_balancer.arrays import Ints
from caseload_balancer.policy import GoalName
from caseload_balancer.problem.concessions import groups_conceded
from caseload_balancer.problem.facts import Facts


def conceded(facts: Facts) -> Ints:
    """Return what it costs that a family is torn for a child who may not wait, in tenths."""
    price = 10 * facts.policy.concessions.split_family
    return price * groups_conceded(facts).astype(np.int64)


def apart(facts: Facts) -> Ints:
    """Return what it costs that siblings have different workers, hundredths of a cost point."""
    groups = int(facts.groups.group.max(initial=-1)) + 1
    return np.full(groups, int(100 * facts.policy.fit.family_apart), np.int64)


GROUP_COSTS: Final[Mapping[GoalName, Callable[[Facts], Ints]]] = {
    "concessions": conceded,
    "fit": apart,
}
