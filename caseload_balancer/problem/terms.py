"""Where the value of each tier comes from: one row a case, worker or family."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from caseload_balancer.arrays import WAITING, Ints
from caseload_balancer.arrays.evaluation import resource_use
from caseload_balancer.policy import GOALS, GoalName
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.group_costs import GROUP_COSTS
from caseload_balancer.problem.kept_figures import kept
from caseload_balancer.problem.limits import LIMITS
from caseload_balancer.problem.load_costs import load_steps
from caseload_balancer.problem.pair_costs import PAIR_COSTS
from caseload_balancer.problem.problems import Problem
from caseload_balancer.problem.use import use_at_start
from caseload_balancer.problem.wait_costs import WAIT_COSTS


@dataclass(frozen=True, order=True)
class Term:
    """What one case, worker or family adds to one goal.

    Parameters
    ----------
    goal
        The goal.
    subject
        Whether `id` is a case, a worker or a family.
    id
        Its id.
    value
        What it adds, in the goal's own unit, not weighted. Never 0.
    """

    goal: GoalName
    subject: Literal["case", "worker", "family"]
    id: str
    value: int


def terms(problem: Problem, allocation: Mapping[str, str | None]) -> tuple[Term, ...]:
    """Take the value of an allocation apart; the terms of each goal add up to its value exactly.

    Parameters
    ----------
    allocation
        The worker of each case, None for waiting.
    """
    assignment = problem.assignment(allocation)
    found = [
        *_of_cases(problem, assignment),
        *_of_workers(problem, resource_use(problem.arrays, assignment)[: len(LIMITS)]),
        *_of_families(problem, assignment),
    ]
    order = {goal: number for number, goal in enumerate(GOALS)}
    return tuple(sorted(found, key=lambda term: (order[term.goal], term.subject, term.id)))


def goal_values(found: tuple[Term, ...]) -> dict[GoalName, int]:
    """Add up terms by goal, in the order of `GOALS`; goals without terms are 0."""
    totals: dict[GoalName, int] = dict.fromkeys(GOALS, 0)
    for term in found:
        totals[term.goal] += term.value
    return totals


def _of_cases(problem: Problem, assignment: Ints) -> list[Term]:
    facts = problem.facts
    worker = assignment[facts.groups.unit_of_case]
    held = np.flatnonzero(worker != WAITING)
    waits = np.flatnonzero(worker == WAITING)
    found = []
    if len(held):
        for goal, pair_cost in PAIR_COSTS.items():
            costs = pair_cost(facts, held, worker[held])
            found += _case_terms(problem, goal, held, costs)
    if len(waits):
        for goal, wait_cost in WAIT_COSTS.items():
            found += _case_terms(problem, goal, waits, wait_cost(facts)[waits])
    return found


def _case_terms(problem: Problem, goal: GoalName, cases: Ints, costs: Ints) -> list[Term]:
    ids = problem.facts.index.cases
    return [
        Term(goal, "case", ids[case].case_id, cost)
        for case, cost in zip(cases.tolist(), costs.tolist(), strict=True)
        if cost
    ]


def _of_workers(problem: Problem, use: Ints) -> list[Term]:
    facts = problem.facts
    start, known = use_at_start(facts), _known_values(facts)
    found = []
    for number, worker in enumerate(facts.index.workers):
        holds = number, tuple(use[:, number].tolist())
        values = known.get(holds)
        if values is None:
            values = worker_values(facts, number, use[:, number], start[:, number])
            known[holds] = values
        found += [
            Term(goal, "worker", worker.worker_id, value) for goal, value in values.items() if value
        ]
    return found


@kept
def _known_values(_facts: Facts) -> dict[tuple[int, tuple[int, ...]], dict[GoalName, int]]:
    """Return what workers add by what they hold, filled in as it is asked for."""
    return {}


def worker_values(facts: Facts, worker: int, use: Ints, start: Ints) -> dict[GoalName, int]:
    """Return what a worker adds to each goal that depends on what they hold.

    Parameters
    ----------
    use, start
        Shape (limits,): what the worker holds, and held when everybody who can stays.
    """
    values: dict[GoalName, int] = defaultdict(int)
    for goal, _, steps in load_steps(facts, worker, use, start):
        values[goal] += int(steps.sum())
    return dict(values)


def _of_families(problem: Problem, assignment: Ints) -> list[Term]:
    groups = problem.facts.groups
    found = []
    for goal, cost in GROUP_COSTS.items():
        each = cost(problem.facts)
        for units in groups.split:
            more = len(set(assignment[list(units)].tolist()) - {WAITING}) - 1
            value = more * int(each[groups.unit_group[units[0]]])
            if more > 0 and value:
                family = problem.facts.index.cases[groups.unit_cases[units[0]][0]].family_id
                found.append(Term(goal, "family", str(family), value))
    return found
