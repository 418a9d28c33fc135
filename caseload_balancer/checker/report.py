"""The checker's report, and the one call that makes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from caseload_balancer.checker.allocation import Allocation
from caseload_balancer.checker.breaches import breaches
from caseload_balancer.checker.findings import Breach, Violation, in_order
from caseload_balancer.checker.goals import VALUE_OF
from caseload_balancer.checker.limits import limits
from caseload_balancer.checker.one_worker import one_worker, readable
from caseload_balancer.checker.placing import placing
from caseload_balancer.checker.shortage import shortage_fte, why_over_cap
from caseload_balancer.checker.week import JudgedWeek
from caseload_balancer.domain import Snapshot
from caseload_balancer.policy import GoalName, Policy


@dataclass(frozen=True)
class Report:
    """What an allocation is worth, and what is wrong with it.

    Parameters
    ----------
    violations
        Hard rules that the allocation breaks; empty for every plan that is returned.
    breaches
        What could not be met, or was broken at the start and stands.
    goal_values
        Value of every goal, in its own unit (children, tenths of a point, hundredths of a cost
        point), whether or not the policy weighs it.
    tier_values
        Weighted sum of the goals of each tier, in the order of `Policy.tiers`.
    shortage_fte
        Social workers who would give a place to every child who lacks one, to a tenth of an FTE.
    why_over_cap
        Why workers are over the cap though more people would not help, by id. It is the cause only
        where no allocation has fewer children over caps.
    """

    violations: tuple[Violation, ...]
    breaches: tuple[Breach, ...]
    goal_values: Mapping[GoalName, int]
    tier_values: tuple[int, ...]
    shortage_fte: Decimal
    why_over_cap: Mapping[str | None, str]

    @property
    def ok(self) -> bool:
        """Whether the allocation breaks no hard rule."""
        return not self.violations

    @property
    def explained(self) -> tuple[Breach, ...]:
        """The breaches, each with its cause: for an allocation with the fewest over caps."""
        return tuple(
            replace(row, sentence=f"{row.sentence}: {self.why_over_cap[row.worker_id]}")
            if row.rule == "cap" and row.worker_id in self.why_over_cap
            else row
            for row in self.breaches
        )


class Checker:
    """One week under one policy, for allocations to be checked one after the other.

    What the tables and the policy say is worked out once. Nothing of one allocation is kept for
    the next, so each report is as if it were the first.

    Parameters
    ----------
    snapshot
        The week.
    policy
        The figures it is judged by.
    """

    def __init__(self, snapshot: Snapshot, policy: Policy) -> None:
        self._week = JudgedWeek(snapshot, policy)

    def check(self, allocation: Mapping[str, str | None]) -> Report:
        """Check an allocation as the function `check` does."""
        snapshot, policy = self._week.snapshot, self._week.policy
        judged = Allocation(self._week, readable(snapshot, allocation))
        values = {goal: value_of(judged) for goal, value_of in VALUE_OF.items()}
        broken = [*one_worker(snapshot, allocation), *placing(judged), *limits(judged)]
        return Report(
            violations=in_order(broken),
            breaches=in_order(breaches(judged)),
            goal_values=values,
            tier_values=tuple(
                sum(policy.goals[goal].weight * values[goal] for goal in tier)
                for tier in policy.tiers
            ),
            shortage_fte=shortage_fte(judged),
            why_over_cap=why_over_cap(judged),
        )


def check(snapshot: Snapshot, policy: Policy, allocation: Mapping[str, str | None]) -> Report:
    """Check an allocation against every rule, and value it by every goal.

    Works from the tables and the policy alone, by ``docs/mathematics.md``; nothing that made
    the allocation is used or trusted.

    Parameters
    ----------
    allocation
        The worker of each case under its ``case_id``; None waits. Any map will do: a case it
        forgets, or gives to somebody unknown, is reported and then valued as waiting.

    Returns
    -------
    Report
        The same whatever the order of the rows.
    """
    return Checker(snapshot, policy).check(allocation)
