"""The answer to how much better loads could be, and for how many moves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from caseload_balancer.arguments import checked, refusal, whole
from caseload_balancer.insight.answers import Answer, Table
from caseload_balancer.insight.frontier.points import COLUMNS, FrontierPoint
from caseload_balancer.insight.frontier.words import write_points, write_title


@dataclass(frozen=True, kw_only=True)
class Frontier(Answer):
    """The trade-off between children moved and loads: each point a plan.

    A sequence of `FrontierPoint`, by rising moves. Every point is better than all with fewer moves:
    fewer must-hold children wait or fewer breaches stand; or, equal in that, fewer children are
    over cap; or, equal in both, loads are more even.

    Parameters
    ----------
    points
        The points.
    complete
        Every point was found, and each is proven.
    step
        Differences of balance below it count as none; 1 is what an ordinary move is worth.
    policy
        Name of the policy.
    move
        What an ordinary move is worth, hundredths of a cost point.
    interrupted
        Somebody stopped the search; these are the points known by then.
    """

    points: tuple[FrontierPoint, ...]
    complete: bool
    step: float
    policy: str
    move: int
    interrupted: bool

    def __len__(self) -> int:
        return len(self.points)

    def __iter__(self) -> Iterator[FrontierPoint]:
        return iter(self.points)

    def __getitem__(self, position: int) -> FrontierPoint:
        return self.points[position]

    @checked(moves=whole())
    def within(self, moves: int) -> FrontierPoint:
        """Return the best point with at most so many moves.

        Raises
        ------
        ArgumentError
            When `moves` is negative.
        """
        found = [point for point in self.points if point.moves <= moves]
        if not found:
            raise refusal("within", "moves", f"must be 0 or more, not {moves}.")
        return found[-1]

    @property
    def knee(self) -> FrontierPoint | None:
        """The point after which more moves bring much less; None where there is none.

        Of the points with the fewest must-hold children waiting, breaches and children over cap,
        the one furthest from the line between the first and the last, moves against imbalance
        (Das 1999).
        """
        return next((point for point in self.points if point.knee), None)

    @property
    def title(self) -> str:
        """One line: how many points, from how many moves to how many."""
        return write_title(self)

    @property
    def text(self) -> str:
        """What the moves bring, step by step, and what is proven."""
        return write_points(self)

    def tables(self) -> Mapping[str, Table]:
        """Return one table, ``frontier``: a row a point."""
        return {"frontier": Table.of("Points", COLUMNS, self.points)}
