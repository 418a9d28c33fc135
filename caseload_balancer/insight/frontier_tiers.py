"""Fewer tiers of a problem: what a point is judged by can be settled without the rest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from caseload_balancer.problem.arrays import Arrays, Bonds, Hinges


def keep_tiers(arrays: Arrays, first: int, end: int) -> Arrays:
    """Return the problem with only the tiers from `first` up to, not including, `end`."""
    hinges = arrays.hinges
    kept = (hinges.tier >= first) & (hinges.tier < end)
    return replace(
        arrays,
        arc_cost=np.ascontiguousarray(arrays.arc_cost[first:end]),
        wait_cost=np.ascontiguousarray(arrays.wait_cost[first:end]),
        hinges=Hinges(
            tier=hinges.tier[kept] - first,
            resource=hinges.resource[kept],
            worker=hinges.worker[kept],
            at=hinges.at[kept],
            step=hinges.step[kept],
        ),
        bonds=Bonds(
            start=arrays.bonds.start, unit=arrays.bonds.unit, cost=arrays.bonds.cost[first:end]
        ),
        slack_abs=arrays.slack_abs[first:end],
        slack_rel=arrays.slack_rel[first:end],
    )
