"""The last look at a plan before anybody sees it."""

from __future__ import annotations

from collections.abc import Sequence

from caseload_balancer.arrays.evaluation import values
from caseload_balancer.checker import Report
from caseload_balancer.errors import VerificationError
from caseload_balancer.plan.week import PlannedWeek


def verify(week: PlannedWeek, report: Report, bounds: Sequence[int]) -> None:
    """Hold the checker's report, the terms, the arrays and the bounds against each other.

    Parameters
    ----------
    report
        What the checker says of the same allocation.
    bounds
        The bound claimed for each tier.

    Raises
    ------
    VerificationError
        When a rule is broken, when two ways of counting differ, or when a bound cannot be one.
    """
    wrong = [violation.sentence for violation in report.violations]
    wrong += [
        f"{goal} is {report.goal_values[goal]} by the checker and {value} by its terms"
        for goal, value in week.goal_values.items()
        if report.goal_values[goal] != value
    ]
    by_arrays = values(week.problem.arrays, week.assignment)
    if report.tier_values != by_arrays:
        wrong.append(f"tiers are {report.tier_values} by the checker, {by_arrays} by the arrays")
    if len(bounds) != len(by_arrays):
        wrong.append(f"there are {len(by_arrays)} tiers and {len(bounds)} bounds")
    wrong += [
        f"tier {number} has a bound of {bound} above its value of {value}"
        for number, (value, bound) in enumerate(zip(by_arrays, bounds, strict=False), start=1)
        if bound > value
    ]
    if wrong:
        raise VerificationError(
            "the plan failed its own check and is not returned; please report this: "
            + "; ".join(wrong)
        )
