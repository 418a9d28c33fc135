"""The same problem with other tiers: some of them, all as one, or one more."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from caseload_balancer.arrays.definition import Arrays, Ints


def keep_tiers(arrays: Arrays, first: int, end: int) -> Arrays:
    """Return the problem with only the tiers from `first` up to, not including, `end`."""
    points = arrays.breakpoints
    kept = points.only((points.tier >= first) & (points.tier < end))
    return replace(
        arrays,
        arc_cost=np.ascontiguousarray(arrays.arc_cost[first:end]),
        wait_cost=np.ascontiguousarray(arrays.wait_cost[first:end]),
        breakpoints=replace(kept, tier=kept.tier - first),
        groups=replace(arrays.groups, cost=arrays.groups.cost[first:end]),
        slack_abs=arrays.slack_abs[first:end],
        slack_rel=arrays.slack_rel[first:end],
    )


def blend_tiers(arrays: Arrays, weights: Ints) -> Arrays:
    """Return the problem with one tier, the weighted sum of all, and without slack.

    Parameters
    ----------
    weights
        Shape (tiers,), 1 or more.
    """
    points, groups = arrays.breakpoints, arrays.groups
    nothing = np.zeros(1, np.int64)
    return replace(
        arrays,
        arc_cost=(weights @ arrays.arc_cost)[np.newaxis],
        wait_cost=(weights @ arrays.wait_cost)[np.newaxis],
        breakpoints=replace(
            points, tier=np.zeros_like(points.tier), step=points.step * weights[points.tier]
        ),
        groups=replace(groups, cost=(weights @ groups.cost)[np.newaxis]),
        slack_abs=nothing,
        slack_rel=nothing,
    )


def blend_last_tiers(arrays: Arrays, weights: Ints) -> Arrays:
    """Return the problem with its last tiers as one, their weighted sum, and without slack.

    Parameters
    ----------
    weights
        Of as many tiers, 1 or more.
    """
    first = arrays.tiers - len(weights)
    early = keep_tiers(arrays, 0, first)
    last = blend_tiers(keep_tiers(arrays, first, arrays.tiers), weights)
    points = replace(last.breakpoints, tier=last.breakpoints.tier + first)
    nothing = np.zeros(first + 1, np.int64)
    return replace(
        arrays,
        arc_cost=np.concatenate([early.arc_cost, last.arc_cost]),
        wait_cost=np.concatenate([early.wait_cost, last.wait_cost]),
        breakpoints=type(points).joined(early.breakpoints, points),
        groups=replace(arrays.groups, cost=np.concatenate([early.groups.cost, last.groups.cost])),
        slack_abs=nothing,
        slack_rel=nothing,
    )


def scale_tier(arrays: Arrays, tier: int, times: int) -> Arrays:
    """Return the problem with a tier times a number, 1 or more, and its slack as it was."""
    factor = np.ones((arrays.tiers, 1), np.int64)
    factor[tier] = times
    points, groups = arrays.breakpoints, arrays.groups
    return replace(
        arrays,
        arc_cost=arrays.arc_cost * factor,
        wait_cost=arrays.wait_cost * factor,
        breakpoints=replace(points, step=points.step * factor[points.tier, 0]),
        groups=replace(groups, cost=groups.cost * factor),
    )


def add_to_tier(arrays: Arrays, tier: int, arc_cost: Ints, wait_cost: Ints) -> Arrays:
    """Return the problem with costs of options added in a tier.

    Parameters
    ----------
    arc_cost, wait_cost
        Shapes (arcs,) and (units,).
    """
    arcs, waits = arrays.arc_cost.copy(), arrays.wait_cost.copy()
    arcs[tier] += arc_cost
    waits[tier] += wait_cost
    return replace(arrays, arc_cost=arcs, wait_cost=waits)


def insert_tier(arrays: Arrays, before: int, arc_cost: Ints, wait_cost: Ints) -> Arrays:
    """Return the problem with one more tier, without slack, that only options have costs in.

    Parameters
    ----------
    before
        The number of the new tier; what was there and what came after moves up by one. As many
        as there are tiers makes it the last.
    arc_cost, wait_cost
        Shapes (arcs,) and (units,).
    """
    points = arrays.breakpoints
    return replace(
        arrays,
        arc_cost=np.insert(arrays.arc_cost, before, arc_cost, axis=0),
        wait_cost=np.insert(arrays.wait_cost, before, wait_cost, axis=0),
        breakpoints=replace(points, tier=points.tier + (points.tier >= before)),
        groups=replace(arrays.groups, cost=np.insert(arrays.groups.cost, before, 0, axis=0)),
        slack_abs=np.insert(arrays.slack_abs, before, 0),
        slack_rel=np.insert(arrays.slack_rel, before, 0),
    )
