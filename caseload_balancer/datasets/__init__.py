"""Made-up services with published figures: nobody in them is or was a person.

Names are loaded when they are first used: making up a team writes no files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseload_balancer.late_names import late_names

if TYPE_CHECKING:
    from caseload_balancer.datasets.constructed import Constructed, feasible, infeasible
    from caseload_balancer.datasets.england import england
    from caseload_balancer.datasets.extracts import ssd
    from caseload_balancer.datasets.samples import team, worcestershire
    from caseload_balancer.datasets.services import service

__all__ = [
    "Constructed",
    "england",
    "feasible",
    "infeasible",
    "service",
    "ssd",
    "team",
    "worcestershire",
]

if not TYPE_CHECKING:  # type checkers know the names from above
    __getattr__ = late_names(
        __name__,
        {
            "Constructed": "constructed",
            "england": "england",
            "feasible": "constructed",
            "infeasible": "constructed",
            "service": "services",
            "ssd": "extracts",
            "team": "samples",
            "worcestershire": "samples",
        },
    )


def __dir__() -> list[str]:
    return __all__
