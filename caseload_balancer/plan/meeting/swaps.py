"""Workers who give children to each other: told as what it is, not as two changes apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from caseload_balancer.domain.wording import listed

if TYPE_CHECKING:
    from caseload_balancer.plan.plans import Plan


@dataclass(frozen=True)
class Swap:
    """Two workers, each of whom gives the other children.

    Parameters
    ----------
    first, second
        The workers, in order of id.
    from_first, from_second
        The children each of them gives to the other.
    """

    first: str
    second: str
    from_first: tuple[str, ...]
    from_second: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What they swap: ``ann and ben swap: a1 goes to ben, b7 goes to ann.``."""
        there = f"{_go(self.from_first)} to {self.second}"
        back = f"{_go(self.from_second)} to {self.first}"
        return f"{self.first} and {self.second} swap: {there}, {back}."


def list_swaps(plan: Plan) -> tuple[Swap, ...]:
    """Return every pair of workers of whom each gives the other a child."""
    given: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in plan.moves:
        given[row.from_worker_id, row.to_worker_id].append(row.case_id)
    return tuple(
        Swap(one, other, tuple(sorted(given[one, other])), tuple(sorted(given[other, one])))
        for one, other in sorted(given)
        if one < other and (other, one) in given
    )


def _go(children: Sequence[str]) -> str:
    return f"{listed(children)} {'goes' if len(children) == 1 else 'go'}"
