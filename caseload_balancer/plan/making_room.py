"""A move that makes room: whom the child's worker is given, and could not hold with the child."""

from __future__ import annotations

import numpy as np

from caseload_balancer.domain.wording import listed
from caseload_balancer.plan.week import PlannedWeek
from caseload_balancer.problem.limits import CHILDREN

_NAMED = 3


def given_instead(week: PlannedWeek, case: int) -> str | None:
    """Return whom the holder of a case that moves is given, who would pass the cap with it.

    Returns
    -------
    str or None
        A clause about the holder; None where all could have stayed under the cap.
    """
    facts = week.facts
    holder = int(facts.holder[case])
    unit = facts.groups.unit_cases[week.unit_of(case)]
    given = np.flatnonzero((week.worker == holder) & (facts.holder != holder))
    cap = int(facts.presence.cap[holder])
    if not len(given) or week.use[CHILDREN.row, holder] + len(unit) <= cap:
        return None
    names = listed([facts.index.cases[one].case_id for one in given], most=_NAMED)
    too = "this child" if len(unit) == 1 else f"these {len(unit)} children"
    return f"who is given {names} and would be over the cap of {cap} with {too}"
