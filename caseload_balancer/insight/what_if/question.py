"""What if: any number of scenarios, each with its own plan, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Executor
from typing import Final, Literal

from caseload_balancer.arguments import a_seed, an_executor, checked, many, of_type, seconds
from caseload_balancer.domain import Snapshot, a_snapshot
from caseload_balancer.insight.several_plans import plan_weeks
from caseload_balancer.insight.staffing.answer import Staffing
from caseload_balancer.insight.staffing.question import count_posts
from caseload_balancer.insight.weeks import Week
from caseload_balancer.insight.what_if.answer import Outcome, WhatIf, left_behind
from caseload_balancer.insight.what_if.scenarios import Scenario, refuse_equal_names
from caseload_balancer.plan import Plan
from caseload_balancer.policy import PolicyLike, a_policy

AS_IT_IS: Final = "as it is"
"""The name of the scenario without edits, with which every other is compared."""


@checked(
    snapshot=a_snapshot,
    scenarios=many(of_type(Scenario, "Write Scenario(name=..., edits=[...])."), "scenarios"),
    policy=a_policy,
    time_limit=seconds,
    seed=a_seed,
    executor=an_executor,
)
def what_if(
    snapshot: Snapshot,
    scenarios: Iterable[Scenario],
    policy: PolicyLike = None,
    *,
    time_limit: float = 30.0,
    seed: int = 0,
    executor: Executor | None = None,
) -> WhatIf:
    """Plan the week as it is and under every scenario, and lay the outcomes side by side.

    The same arguments give the same outcomes in the same order, with any executor. Plans that are
    finished early leave their time to those that are not, so that a finished search stands beside
    an unfinished one only where the time is too short; the answer says so then.

    Parameters
    ----------
    snapshot, policy
        As for `allocate`.
    scenarios
        Lists of edits with names; see `Scenario` and `read_scenarios`.
    time_limit
        Seconds for each plan, all of them together, and for each search of how many people it
        takes.
    seed
        Of every search.
    executor
        Plans the scenarios side by side: threads, processes, or Dask's ``Client.get_executor()``.

    Raises
    ------
    DataError
        When two scenarios share a name, or an edit names what is not there; before any search.
    """
    every = (Scenario(name=AS_IT_IS), *scenarios)
    refuse_equal_names(every)
    base = Week.of(snapshot, policy)
    weeks = [scenario.apply(base) for scenario in every]
    plans = plan_weeks(weeks, time_limit=time_limit, seed=seed, executor=executor)
    asked = [
        (scenario, week, base, plan, time_limit, seed)
        for scenario, week, plan in zip(every, weeks, plans, strict=True)
    ]
    if executor is None:
        outcomes = [find_outcome(*one) for one in asked]
    else:
        waiting = [executor.submit(find_outcome, *one) for one in asked]
        outcomes = [future.result() for future in waiting]
    return WhatIf(as_of=snapshot.as_of, outcomes=tuple(outcomes))


def find_outcome(
    scenario: Scenario, week: Week, base: Week, plan: Plan, time_limit: float, seed: int
) -> Outcome:
    """Count the posts that the week of a scenario takes where its plan leaves somebody out.

    A function of the module, so that it can be sent to another process.
    """
    over_cap = any(row.after.children > row.cap for row in plan.workers)
    short = over_cap or bool(plan.waiting) or left_behind(plan) > 0

    def posts(per_fte: Literal["cap", "target"]) -> Staffing:
        return count_posts(week, per_fte=per_fte, time_limit=time_limit, seed=seed)

    return Outcome(
        name=scenario.name,
        words=scenario.words,
        plan=plan,
        for_cap=posts("cap") if short else None,
        for_target=posts("target") if _targets(week) != _targets(base) else None,
    )


def _targets(week: Week) -> tuple[int | None, ...]:
    teams = sorted(week.snapshot.teams, key=lambda team: team.team_id)
    return (week.policy.cap.target_per_fte, *(team.target for team in teams))
