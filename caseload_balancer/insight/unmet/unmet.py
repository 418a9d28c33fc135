"""The fewest children any plan could leave unmet: waiting though they may not, or over a cap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from caseload_balancer.domain import Case, Snapshot
from caseload_balancer.engine import solve
from caseload_balancer.insight.separate_parts import Part, find_parts, keep_parts
from caseload_balancer.insight.weeks import Week
from caseload_balancer.policy import GOALS, GoalName
from caseload_balancer.problem.limits import LIMITS, lifted
from caseload_balancer.problem.problems import Problem, build_problem

_CHILD: Final = 2
"""What a child counts: the policy's urgencies are 2 at least."""


@dataclass(frozen=True)
class Unmet:
    """How few children a plan could leave unmet.

    Parameters
    ----------
    children
        The fewest found: must-hold children waiting, and children over a cap.
    at_least
        No plan leaves fewer: proven.
    case_ids, worker_ids
        In the plan found, the must-hold children who wait, and the workers over their cap.
    """

    children: int
    at_least: int
    case_ids: tuple[str, ...]
    worker_ids: tuple[str, ...]

    @property
    def exact(self) -> bool:
        """Whether the fewest found is proven to be the fewest."""
        return self.children == self.at_least

    @classmethod
    def of_all(cls, parts: Iterable[Unmet]) -> Unmet:
        """Add up what is unmet in parts that share nobody."""
        every = tuple(parts)
        return cls(
            children=sum(one.children for one in every),
            at_least=sum(one.at_least for one in every),
            case_ids=tuple(sorted(name for one in every for name in one.case_ids)),
            worker_ids=tuple(sorted(name for one in every for name in one.worker_ids)),
        )


def least_unmet(week: Week, *, time_limit: float, seed: int) -> Unmet:
    """Find the fewest children that must wait though they may not, or be over a cap.

    Every hard rule is kept; nothing else is weighed.
    """
    problem = build_problem(week.snapshot, _counting(week).policy)
    result = solve(problem.arrays, time_limit=time_limit, seed=seed)
    allocation = problem.allocation(result.assignment)
    return Unmet(
        children=result.values[0] // _CHILD,
        at_least=-(-result.bounds[0] // _CHILD),
        case_ids=tuple(
            case.case_id
            for case, must in zip(problem.facts.index.cases, problem.facts.must_hold, strict=True)
            if must and allocation[case.case_id] is None
        ),
        worker_ids=_over_cap(problem, allocation),
    )


def unmet_by_part(week: Week, *, time_limit: float, seed: int) -> dict[Part, Unmet]:
    """Find the fewest unmet in each part of a week; they add up to those of the week."""
    return {
        part: least_unmet(keep_parts(week, [part]), time_limit=time_limit, seed=seed)
        for part in find_parts(week)
    }


def only_goals(week: Week, weights: Mapping[GoalName, int]) -> Week:
    """Return the week under a policy that aims for some goals only, all in one tier."""
    goals = {
        goal: {"tier": 1, "weight": weights.get(goal, 0), "slack_abs": 0, "slack_rel": 0}
        for goal in GOALS
    }
    return week.with_settings({"goals": goals})


def without_limits(week: Week) -> Week:
    """Return the week without the limits of a week, of proceedings and of points.

    What is left: who may hold what, families together, locks, and the cap.
    """
    return without_passing_limits(week).with_settings(lifted(LIMITS))


def without_passing_limits(week: Week) -> Week:
    """Return the week without the limits that pass with it: on what arrives and on moves."""
    passing = [limit for limit in LIMITS if limit.passes]
    free = week.with_settings(lifted(passing))
    own = {limit.column: None for limit in passing if limit.table == "workers"}
    workers = tuple(worker.model_copy(update=own) for worker in week.snapshot.workers)
    return replace(free, snapshot=week.snapshot.model_copy(update={"workers": workers}))


def _counting(week: Week) -> Week:
    aims = only_goals(week, {"must_hold_waiting": 1, "over_cap": _CHILD})
    by_type = dict.fromkeys(week.policy.waiting.urgency, _CHILD)
    return aims.with_settings({"waiting": {"urgency": by_type, "urgency_in_court": _CHILD}})


def _over_cap(problem: Problem, allocation: Mapping[str, str | None]) -> tuple[str, ...]:
    held = dict.fromkeys(problem.facts.index.worker_number, 0)
    for worker_id in allocation.values():
        if worker_id is not None:
            held[worker_id] += 1
    caps = problem.facts.presence.cap.tolist()
    return tuple(
        worker_id
        for (worker_id, number), cap in zip(held.items(), caps, strict=True)
        if number > cap
    )


def siblings_who_stay_together(snapshot: Snapshot) -> dict[str, tuple[Case, ...]]:
    """Return the families of two or more children who stay together, by family id."""
    found: dict[str, list[Case]] = {}
    for case in sorted(snapshot.cases, key=lambda case: case.case_id):
        if case.family_id is not None and not case.may_separate:
            found.setdefault(case.family_id, []).append(case)
    return {family: tuple(cases) for family, cases in found.items() if len(cases) > 1}
