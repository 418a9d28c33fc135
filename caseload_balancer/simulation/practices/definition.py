"""What a practice is: a name, and an allocation for every Monday."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from caseload_balancer.domain.content_hash import content_hash
from caseload_balancer.simulation.mondays import Monday


@dataclass(frozen=True)
class Allocated:
    """What a practice decides on one Monday.

    Parameters
    ----------
    workers
        The worker of every case; None waits.
    proven
        Whether that is proven to be the best by the practice's own measure, or follows from a rule
        of thumb; False where the clock ended a search.
    """

    workers: Mapping[str, str | None]
    proven: bool = True

    __hash__ = content_hash


class Practice(Protocol):
    """A way to allocate, Monday after Monday; to run in other processes it must be picklable."""

    @property
    def name(self) -> str:
        """What it is called in every table."""
        ...

    def allocate(self, monday: Monday) -> Allocated:
        """Decide who holds which case."""
        ...
