"""Plans of tiny weeks, made by hand: the search is played by the test."""

import numpy as np

from caseload_balancer.arrays.evaluation import broken_limits
from caseload_balancer.checker import check
from caseload_balancer.plan import SearchOutcome, make_plan
from caseload_balancer.policy import Policy
from caseload_balancer.problem.problems import build_problem


def outcome_of(problem, allocation, *, bounds=None, **columns):
    assignment = problem.assignment(allocation)
    values = check(problem.snapshot, problem.policy, allocation).tier_values
    columns.setdefault("stop_reason", "proven")
    return SearchOutcome(
        assignment=assignment, bounds=values if bounds is None else bounds, **columns
    )


def planned(snapshot, changes=None, policy=None, **columns):
    """Plan the week in which everybody who can stays, but for `changes`."""
    problem = build_problem(snapshot, policy or Policy.profile())
    allocation = {**problem.start, **(changes or {})}
    report = check(snapshot, problem.policy, allocation)
    return make_plan(problem, outcome_of(problem, allocation, **columns), report, seed=7)


def reason_of(plan, case_id):
    return {row.case_id: row.reason for row in plan.cases}[case_id]


def change_of(plan, case_id):
    return {row.case_id: row.change for row in plan.cases}[case_id]


def any_allowed(problem, seed):
    """Return an assignment the rules allow, drawn unit by unit from what each can do."""
    arrays = problem.arrays
    chosen = arrays.start.copy()
    random = np.random.default_rng(seed)
    for unit in random.permutation(arrays.units):
        before = chosen[unit]
        here = arrays.workers_of(unit)
        if len(here):
            chosen[unit] = random.choice(here)
            if broken_limits(arrays, chosen):
                chosen[unit] = before
    return chosen
