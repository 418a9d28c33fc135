"""Moves against even loads: every trade-off there is.

Names are loaded when they are first used: what the answer needs is loaded beside the search.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseload_balancer.late_names import late_names

if TYPE_CHECKING:
    from caseload_balancer.insight.frontier.answer import Frontier
    from caseload_balancer.insight.frontier.question import frontier

__all__ = ["Frontier", "frontier"]

if not TYPE_CHECKING:  # type checkers know the names from above
    __getattr__ = late_names(__name__, {"Frontier": "answer", "frontier": "question"})


def __dir__() -> list[str]:
    return __all__
