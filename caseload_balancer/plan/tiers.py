"""What the plan reaches in each tier, and how much of that is proven."""

from __future__ import annotations

from collections.abc import Sequence

from caseload_balancer.plan.floors import imbalance_floor
from caseload_balancer.plan.search_rows import GoalValue, TierValue
from caseload_balancer.plan.week import PlannedWeek
from caseload_balancer.policy import MEANING


def value_tiers(week: PlannedWeek, bounds: Sequence[int]) -> tuple[TierValue, ...]:
    """Return the tiers of the week's policy with value, bound and floor.

    Parameters
    ----------
    bounds
        A proven lower bound on each tier.
    """
    policy, values = week.policy, week.goal_values
    rows = []
    for position, (goals, bound) in enumerate(zip(policy.tiers, bounds, strict=True)):
        value = sum(policy.goals[goal].weight * values[goal] for goal in goals)
        slack = week.problem.arrays.slack(position, bound)
        rows.append(
            TierValue(
                number=policy.goals[goals[0]].tier,
                goals=tuple(
                    GoalValue(
                        goal=goal,
                        weight=policy.goals[goal].weight,
                        value=values[goal],
                        unit=MEANING[goal].unit,
                        floor=_floor(week) if goal == "imbalance" else None,
                    )
                    for goal in goals
                ),
                value=value,
                bound=bound,
                slack=slack,
                proven=value <= bound + slack,
            )
        )
    return tuple(rows)


def _floor(week: PlannedWeek) -> int:
    """Return the least imbalance for what the plan places; what waits stays as it is."""
    facts = week.facts
    held = week.worker >= 0
    weighed = held.copy()
    weighed[held] = facts.presence.points_available[week.worker[held]] > 0
    of_waiting = ("imbalance", "case")
    waiting = sum(term.value for term in week.terms if (term.goal, term.subject) == of_waiting)
    return imbalance_floor(facts, int(facts.points[weighed].sum())) + waiting
