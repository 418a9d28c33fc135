"""The frontier: how much better loads can be, and for how many moves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack
from dataclasses import replace
from math import floor
from typing import TYPE_CHECKING

import numpy as np

from caseload_balancer.arguments import (
    a_function,
    a_seed,
    an_executor,
    checked,
    number,
    seconds,
    yes_no,
)
from caseload_balancer.domain import Snapshot, a_snapshot
from caseload_balancer.engine import ProgressCallback
from caseload_balancer.insight.frontier.goals import balance_tier, frontier_policy
from caseload_balancer.insight.frontier.knees import find_knee
from caseload_balancer.insight.frontier.search import Search, tolerance
from caseload_balancer.kernels import CellProgress, in_kernel
from caseload_balancer.late_names import load_beside
from caseload_balancer.policy import Policy, PolicyLike, a_policy
from caseload_balancer.problem.problems import build_problem

if TYPE_CHECKING:
    from caseload_balancer.insight.frontier.answer import Frontier
    from caseload_balancer.insight.frontier.points import FrontierPoint


@checked(
    snapshot=a_snapshot,
    policy=a_policy,
    step=number(0),
    time_limit=seconds,
    seed=a_seed,
    progress=a_function,
    executor=an_executor,
    stop=a_function,
    handle_signals=yes_no,
)
def frontier(
    snapshot: Snapshot,
    policy: PolicyLike = None,
    *,
    step: float = 0.5,
    time_limit: float = 60.0,
    seed: int = 0,
    progress: ProgressCallback | None = None,
    executor: Executor | None = None,
    stop: Callable[[], bool] | None = None,
    handle_signals: bool = True,
) -> Frontier:
    """Find how much better loads can be for how many children moved.

    For each number of moves the best allocation is sought: fewest must-hold children waiting and
    standing breaches, then fewest children over cap, then the most even loads; among equals the
    policy's other goals choose. Teams that share no worker are searched apart and put together
    exactly, so a county only takes longer. What cannot be proven in the time is returned with its
    bound, and marked as unproven.

    Parameters
    ----------
    snapshot
        The week.
    policy
        A `Policy`, the name of a profile, or a policy file; the default is ``steady``. Its move
        budget, where set, is the most moves looked at.
    step
        Improvements of balance worth less than this number of ordinary moves count as none. With 0
        every improvement counts: that takes much longer, and adds points whose difference nobody
        would notice.
    time_limit
        Seconds for all points together.
    progress
        Called with the engine's `Progress` after each round of searches: how many numbers of
        moves have been tried, as `phase`, and the best that is known with the most moves looked
        at, as `values` and `bounds` of the tiers up to the balance of loads. Unlike the
        `PlanProgress` of `allocate` it has no sentence and no moves, and tells no time left. What
        it raises ends the search and is raised, without a frontier: the way to end with what is
        known so far is a `stop` that returns True.
    seed, executor, stop, handle_signals
        As for `allocate`. When interrupted, what is known so far is returned.

    Returns
    -------
    Frontier
        At least one point: the best without any move that is not forced.

    Raises
    ------
    DataError, PolicyError, MissingInputError
        As `allocate`.
    ArgumentError
        When `step` is negative.
    VerificationError
        When a point fails its check: a defect of this library.
    """
    asked = Policy.read(policy)
    least = max(1, floor(step * 100 * float(asked.churn.move)))
    goals = frontier_policy(asked, tolerance=tolerance(least), budget=None)
    problem = build_problem(snapshot, goals)
    place = balance_tier(goals)
    search = Search(
        replace(problem.arrays, slack_abs=np.zeros_like(problem.arrays.slack_abs)),
        judged=place + 1,
        step=least,
        most=asked.limits.move_budget,
        time_limit=time_limit,
        seed=seed,
    )
    load_beside("caseload_balancer.insight.frontier.answer")
    with ExitStack() as shown:
        if progress is None and handle_signals and in_kernel():
            progress = shown.enter_context(CellProgress()).tell
        found = search.run(
            executor=executor, progress=progress, stop=stop, handle_signals=handle_signals
        )
    from caseload_balancer.insight.frontier.answer import Frontier  # noqa: PLC0415 - loaded beside
    from caseload_balancer.insight.frontier.points import PointMaker  # noqa: PLC0415 - the search

    maker = PointMaker(problem, place=place, step=least, seed=seed, stop_reason=found.stop_reason)
    points = _with_knee([maker.make(one) for one in found.points])
    return Frontier(
        points=points,
        complete=found.complete and all(point.proven for point in points),
        step=step,
        policy=asked.name,
        move=int(100 * asked.churn.move),
        interrupted=found.stop_reason == "interrupted",
    )


def _with_knee(points: Sequence[FrontierPoint]) -> tuple[FrontierPoint, ...]:
    """Mark the knee among the points that are as good as the last in all but the balance."""
    last = points[-1]
    alike = [point for point in points if _before_balance(point) == _before_balance(last)]
    position = find_knee([(point.moves, point.imbalance) for point in alike])
    if position is None:
        return tuple(points)
    knee = alike[position]
    return tuple(replace(point, knee=point is knee) for point in points)


def _before_balance(point: FrontierPoint) -> tuple[float, ...]:
    return (
        point.urgency_waiting,
        point.standing_breaches,
        point.over_cap,
        point.concessions,
        point.transfers_due,
    )
