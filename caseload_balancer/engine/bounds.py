"""The bounds of two results of one problem, and of components put together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from caseload_balancer.engine.results import Result


class Bounded(Protocol):
    """What is proven of a problem."""

    @property
    def bounds(self) -> tuple[int, ...]:
        """For each tier, as in `Result`."""

    @property
    def proven(self) -> tuple[bool, ...]:
        """For each tier, whether its value meets its bound."""


def combined(earlier: Result, later: Result) -> Result:
    """Return the better of two results of one problem, with what both have proven of it.

    A bound holds under the ceilings of the earlier tiers, so the bounds of both results hold up to
    and including the first tier that they settled at different values.
    """
    better, other = (later, earlier) if later.settled <= earlier.settled else (earlier, later)
    bounds = list(better.bounds)
    for tier, bound in enumerate(other.bounds):
        bounds[tier] = max(bounds[tier], min(bound, better.settled[tier]))
        if better.settled[tier] != other.settled[tier]:
            break
    return Result(
        assignment=better.assignment,
        values=better.values,
        bounds=tuple(bounds),
        stop_reason="proven" if tuple(bounds) == better.settled else later.stop_reason,
        phases=earlier.phases + later.phases,
        settled=better.settled,
        canonical=better.canonical,
        reproducible=better.canonical or (earlier.reproducible and later.reproducible),
    )


def joined(results: Sequence[Bounded], least: Sequence[int]) -> tuple[int, ...]:
    """Return bounds of a problem from those of its components, whose values add up to its own.

    The bound of a component holds while the component keeps its earlier tiers where it settled
    them. Where one of those is not proven, the whole could make one component worse to make another
    better; then only what each unit costs on its own is certain. For a single component all bounds
    hold.

    Parameters
    ----------
    results
        Of the components.
    least
        For each tier, what the units of the whole problem cost on their own: see
        `least_of_options`.
    """
    if len(results) == 1:
        return results[0].bounds
    bounds: list[int] = []
    certain = True
    for tier, alone in enumerate(least):
        bounds.append(sum(result.bounds[tier] for result in results) if certain else alone)
        certain &= all(result.proven[tier] for result in results)
    return tuple(bounds)
