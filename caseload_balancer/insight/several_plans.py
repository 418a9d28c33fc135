"""Several weeks planned to be laid side by side, each searched as far as the others."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from typing import Final

from caseload_balancer.insight.weeks import Week
from caseload_balancer.plan import Plan
from caseload_balancer.solving import allocate

_LEFT_BY_FINISHED: Final = 0.75
"""The share of its time that a finished search leaves: a fixed figure, so that any machine makes
the same searches."""
_WORTH_AGAIN: Final = 1.5
"""How many times its first limit a search must have to be made again."""
_AT_MOST: Final = 8.0


def plan_weeks(
    weeks: Sequence[Week], *, time_limit: float, seed: int, executor: Executor | None
) -> list[Plan]:
    """Plan weeks, one after the other or, with an executor, side by side; in their order.

    A finished plan beside an unfinished one compares the searches, not the weeks. So where some are
    finished and others not, these are planned again with the time that those have left.

    Parameters
    ----------
    time_limit
        Seconds for each plan; all together take no more than that for each of them.
    seed, executor
        Of every search; where they run.
    """
    plans = _plan_all(weeks, time_limit, seed, executor)
    unfinished = [number for number, plan in enumerate(plans) if not plan.certainty.complete]
    longer = _longer(time_limit, len(plans), len(unfinished))
    if longer is not None:
        again = _plan_all([weeks[number] for number in unfinished], longer, seed, executor)
        for number, plan in zip(unfinished, again, strict=True):
            plans[number] = min(plans[number], plan, key=_rank)
    return plans


def plan_week(week: Week, time_limit: float, seed: int) -> Plan:
    """Plan one week; a function of the module, so that it can be sent to another process."""
    return allocate(
        week.snapshot, week.policy, time_limit=time_limit, seed=seed, handle_signals=False
    )


def _plan_all(
    weeks: Sequence[Week], time_limit: float, seed: int, executor: Executor | None
) -> list[Plan]:
    if executor is None:
        return [plan_week(week, time_limit, seed) for week in weeks]
    waiting = [executor.submit(plan_week, week, time_limit, seed) for week in weeks]
    return [future.result() for future in waiting]


def _longer(time_limit: float, plans: int, unfinished: int) -> float | None:
    """Return the limit with which unfinished plans are worth making again; None for none."""
    if not unfinished:
        return None
    times = _LEFT_BY_FINISHED * (plans - unfinished) / unfinished
    return time_limit * min(times, _AT_MOST) if times >= _WORTH_AGAIN else None


def _rank(plan: Plan) -> tuple[bool, tuple[int, ...]]:
    return not plan.certainty.complete, tuple(tier.value for tier in plan.tiers)
