"""The knee of a trade-off: where more of one thing begins to buy much less of the other.

Of several definitions in the literature this is the oldest that needs no setting: the point
furthest from the straight line between the two ends (I. Das, "On characterizing the 'knee' of the
Pareto curve based on normal-boundary intersection", Structural Optimization 18, 1999; the same
distance is behind Kneedle: V. Satopaa and others, "Finding a 'kneedle' in a haystack", ICDCS
Workshops 2011). The line's two ends fix the scale, so the units of the axes do not matter.
"""

from __future__ import annotations

from collections.abc import Sequence


def find_knee(points: Sequence[tuple[int, int]]) -> int | None:
    """Return the position of the knee, None where the trade-off has none.

    Parameters
    ----------
    points
        What is spent and what is still missing, in order: the first rises from point to point,
        the second falls.

    Returns
    -------
    int or None
        The point furthest below the line between the ends; the earliest among equals. None for
        fewer than three points, and where no point lies below the line.
    """
    if len(points) < 3:
        return None
    (first_spent, first_missing), (last_spent, last_missing) = points[0], points[-1]
    width, height = last_spent - first_spent, first_missing - last_missing

    def below(position: int) -> int:
        """Distance below the line, times a number that is the same for all points."""
        spent, missing = points[position]
        return (first_missing - missing) * width - (spent - first_spent) * height

    found = max(range(len(points)), key=lambda position: (below(position), -position))
    return found if below(found) > 0 else None
