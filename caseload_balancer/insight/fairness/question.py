"""The fairness view: who gets the new, the hard and the moved cases, and how evenly."""

from __future__ import annotations

import numpy as np

from caseload_balancer.arguments import checked
from caseload_balancer.domain import Snapshot, a_snapshot
from caseload_balancer.insight.fairness.answer import Fairness
from caseload_balancer.insight.fairness.figures import Figures
from caseload_balancer.insight.fairness.measuring import (
    group_shares,
    spread_rows,
    team_shares,
    worker_shares,
)
from caseload_balancer.insight.planned import week_of_plan
from caseload_balancer.plan import Plan, a_plan


@checked(snapshot=a_snapshot, plan=a_plan)
def fairness(snapshot: Snapshot, plan: Plan) -> Fairness:
    """Show how new, hard and moved cases are spread over workers.

    Nothing about a worker is read but role, employment, FTE, teams, adjustments, dates, limits
    and what the spells say they held; of a child, what the case is. docs/insight/fairness.md lists
    the columns.

    Parameters
    ----------
    snapshot
        The week `plan` was made from.
    plan
        The plan.

    Raises
    ------
    DataError
        When the plan was made from another week.
    """
    week = week_of_plan(snapshot, plan)
    facts = week.facts
    figures = Figures(facts, week.worker)
    newly = [number for number, one in enumerate(facts.index.workers) if one.role == "asye"]
    with_newly = np.isin(week.worker, newly)
    return Fairness(
        workers=tuple(worker_shares(figures)),
        groups=tuple(group_shares(figures)),
        teams=tuple(team_shares(figures)),
        spreads=tuple(spread_rows(figures)),
        court_with_newly_qualified=int((with_newly & facts.index.in_court).sum()),
        protection_with_newly_qualified=sum(
            case.case_type == "child_protection"
            for case, there in zip(facts.index.cases, with_newly.tolist(), strict=True)
            if there
        ),
        as_of=snapshot.as_of.isoformat(),
    )
