"""One worker who might leave, and what follows."""

from __future__ import annotations

from dataclasses import dataclass

from caseload_balancer.domain.wording import listed
from caseload_balancer.insight.what_if.answer import Outcome


@dataclass(frozen=True)
class Departure:
    """What would follow if one worker left.

    Parameters
    ----------
    worker_id
        Who leaves.
    held
        Children whose worker they are.
    nobody_else
        Of these, the children nobody else could be given, room or not.
    outcome
        The plan without them, and its figures.
    """

    worker_id: str
    held: int
    nobody_else: tuple[str, ...]
    outcome: Outcome

    @property
    def without_anybody(self) -> tuple[str, ...]:
        """Name the children whom nobody else may hold; empty where there is none."""
        if not self.nobody_else:
            return ()
        total = f" ({len(self.nobody_else)})" if len(self.nobody_else) > 1 else ""
        return (f"nobody else may hold {listed(self.nobody_else, most=4)}{total}",)
