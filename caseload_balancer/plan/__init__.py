"""The plan: an assignment in the users' words, verified always.

Names are loaded when they are first used: a plan is made when the search is over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseload_balancer.late_names import late_names

if TYPE_CHECKING:
    from caseload_balancer.plan.building import make_plan
    from caseload_balancer.plan.outcomes import SearchOutcome
    from caseload_balancer.plan.plans import Plan, a_plan

__all__ = ["Plan", "SearchOutcome", "a_plan", "make_plan"]

if not TYPE_CHECKING:  # type checkers know the names from above
    __getattr__ = late_names(
        __name__,
        {
            "Plan": "plans",
            "SearchOutcome": "outcomes",
            "a_plan": "plans",
            "make_plan": "building",
        },
    )


def __dir__() -> list[str]:
    return __all__
