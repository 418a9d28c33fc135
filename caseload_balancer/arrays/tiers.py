"""Fewer tiers of a problem: what a point is judged by can be settled without the rest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from caseload_balancer.arrays.definition import Arrays, Breakpoints, UnitGroups


def keep_tiers(arrays: Arrays, first: int, end: int) -> Arrays:
    """Return the problem with only the tiers from `first` up to, not including, `end`."""
    breakpoints = arrays.breakpoints
    kept = (breakpoints.tier >= first) & (breakpoints.tier < end)
    return replace(
        arrays,
        arc_cost=np.ascontiguousarray(arrays.arc_cost[first:end]),
        wait_cost=np.ascontiguousarray(arrays.wait_cost[first:end]),
        breakpoints=Breakpoints(
            tier=breakpoints.tier[kept] - first,
            resource=breakpoints.resource[kept],
            worker=breakpoints.worker[kept],
            at=breakpoints.at[kept],
            step=breakpoints.step[kept],
        ),
        groups=UnitGroups(
            start=arrays.groups.start, unit=arrays.groups.unit, cost=arrays.groups.cost[first:end]
        ),
        slack_abs=arrays.slack_abs[first:end],
        slack_rel=arrays.slack_rel[first:end],
    )
