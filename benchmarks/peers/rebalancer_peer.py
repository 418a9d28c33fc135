"""Meta's Rebalancer: objects are units, containers are workers and a place to wait.

By its documentation: hard limits are capacity constraints, costs of arcs are assignment
affinities, each breakpoint of a convex cost is a capacity goal, and the start is the initial
assignment it always searches from. Option ``local`` is its local search: greedy single moves
first, then with swaps; of the move types tried (single, fast, greedy, batches, stratified, swap,
chains, KL) these two stages came furthest in 10 s, while swaps from the beginning ended ten times
as far from the optimum. Option ``optimal`` is its mixed-integer solver on HiGHS.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from contest import WAITING, Contest, Entry, take_part

_WAIT = "waiting"
_ABSOLUTE = 1
"""``LimitType.ABSOLUTE``: the bindings of 1.0.4 take the numbers of enums, not their names."""
_HIGHS = 2
"""``OptimalSolverPackage.HIGHS``."""
_STAGES = (
    (0.6, ("singleGreedyMoveTypeSpec",)),
    (0.4, ("singleGreedyMoveTypeSpec", "swapMoveTypeSpec")),
)
"""Share of the time, and move types, of each local search."""


def play(contest: Contest) -> Entry:
    """State the problem and solve it."""
    from rebalancer import ProblemSolver  # noqa: PLC0415  # within the time limit, as for all

    solver = ProblemSolver(service_name="benchmark", service_scope="benchmark")
    solver.set_log_level("ERROR")
    solver.disable_solution_summary()
    solver.set_object_name("unit").set_container_name("worker")
    start: dict[str, list[str]] = {_WAIT: [], **{_worker(w): [] for w in range(contest.workers)}}
    for unit, worker in enumerate(contest.start):
        start[_WAIT if worker == WAITING else _worker(worker)].append(_unit(unit))
    solver.set_assignment(start)
    solver.add_constraint({"avoidAssignmentsSpec": _no_arcs(contest)})
    for resource in range(contest.resources):
        _add_use(solver, contest, resource)
        solver.add_constraint({"capacitySpec": _limits(contest, resource)})
    for spec, step in _load_goals(contest):
        solver.add_goal({"capacitySpec": spec}, float(step))
    solver.add_goal({"assignmentAffinitiesSpec": _affinities(contest)}, 1.0)
    _add_search(solver, contest)
    placed = solver.solve()["assignment"]
    number = {_worker(worker): worker for worker in range(contest.workers)}
    return Entry([number.get(placed[_unit(unit)], WAITING) for unit in range(contest.units)])


def _unit(unit: int) -> str:
    return f"u{unit}"


def _worker(worker: int) -> str:
    return f"w{worker}"


def _no_arcs(contest: Contest) -> dict[str, Any]:
    """Return which units may not go where."""
    everybody = range(contest.workers)
    assignments = []
    for unit in range(contest.units):
        reached = {contest.arc_worker[arc] for arc in contest.arcs(unit)}
        barred = [_worker(worker) for worker in everybody if worker not in reached]
        if not contest.may_wait[unit]:
            barred.append(_WAIT)
        if barred:
            assignments.append({"object": _unit(unit), "scopeItems": barred})
    return {"name": "arcs", "scope": "worker", "assignments": assignments}


def _add_use(solver: Any, contest: Contest, resource: int) -> None:
    """Add a resource as a dimension: one value a unit where it does not depend on the worker."""
    use = contest.arc_use[resource]
    found = [{use[arc] for arc in contest.arcs(unit)} for unit in range(contest.units)]
    solver.add_container_dimension(_dimension(resource), {}, 1.0)
    if all(len(values) <= 1 for values in found):
        values = {_unit(unit): float(*each) for unit, each in enumerate(found) if each}
        solver.add_object_dimension(_dimension(resource), values)
        return
    by_worker: dict[str, dict[str, float]] = defaultdict(dict)
    for unit in range(contest.units):
        for arc in contest.arcs(unit):
            by_worker[_worker(contest.arc_worker[arc])][_unit(unit)] = float(use[arc])
    solver.add_dynamic_object_dimension(_dimension(resource), "worker", dict(by_worker))


def _dimension(resource: int) -> str:
    return f"resource{resource}"


def _capacity(resource: int, name: str, limits: dict[str, float]) -> dict[str, Any]:
    return {
        "name": name,
        "scope": "worker",
        "dimension": _dimension(resource),
        "limit": {"type": _ABSOLUTE, "scopeItemLimits": limits},
        "filter": {"itemsWhitelist": list(limits)},
    }


def _limits(contest: Contest, resource: int) -> dict[str, Any]:
    limits = {_worker(worker): float(most) for worker, most in enumerate(contest.limit[resource])}
    return _capacity(resource, f"limit of {resource}", limits)


def _load_goals(contest: Contest) -> list[tuple[dict[str, Any], int]]:
    """Return a goal for each distinct step of a resource: use beyond ``at``, weighted by it."""
    limits: dict[tuple[int, int, int], dict[str, float]] = defaultdict(dict)
    seen: Counter[tuple[int, int, int]] = Counter()
    for point in contest.breakpoints:
        key = (point.resource, point.worker, point.step)
        limits[point.resource, point.step, seen[key]][_worker(point.worker)] = float(point.at)
        seen[key] += 1
    return [
        (_capacity(resource, f"load of {resource} by {step} ({number})", found), step)
        for (resource, step, number), found in limits.items()
    ]


def _affinities(contest: Contest) -> dict[str, Any]:
    """Return what each unit saves against its dearest option, so that all are 0 or more."""
    found: list[dict[str, Any]] = []
    for unit in range(contest.units):
        costs = {
            _worker(contest.arc_worker[arc]): contest.arc_cost[arc] for arc in contest.arcs(unit)
        }
        if contest.may_wait[unit]:
            costs[_WAIT] = contest.wait_cost[unit]
        dearest = max(costs.values())
        found += [
            {"objectName": _unit(unit), "scopeItemName": place, "affinity": float(dearest - cost)}
            for place, cost in costs.items()
            if cost < dearest
        ]
    return {"name": "costs", "scope": "worker", "affinities": found}


def _add_search(solver: Any, contest: Contest) -> None:
    """Add the solvers, to run one after the other."""
    if contest.option == "optimal":
        seconds = max(1, round(contest.remaining()))
        spec = {"solverPackage": _HIGHS, "solveTime": seconds, "suppressLogs": True}
        solver.add_solver({"optimalSolverSpec": spec})
        return
    for share, moves in _STAGES:
        spec = {
            "solveTime": max(1, round(share * contest.remaining())),
            "randomSeed": contest.seed,
            "moveTypeList": [{move: {}} for move in moves],
        }
        solver.add_solver({"localSearchSolverSpec": spec})


if __name__ == "__main__":
    take_part(play, "rebalancer")
