"""Min-cost flow, by OR-Tools: exact where every unit counts the same, a proposal elsewhere.

Units are alike to a flow: each uses the average of each resource. Units flow to workers at the
cost of their arcs, workers to the sink at the rising marginal cost of one more average unit, up
to their limits. Where units differ, the proposal may break a limit or cost more than the start:
then only those of its steps are taken, over and over, that are feasible and pay.
"""

from __future__ import annotations

from contest import WAITING, Contest, Entry, take_part


def play(contest: Contest) -> Entry:
    """Solve the flow, then take the steps towards it that hold."""
    wanted = _flow(contest)
    plan = _Plan(contest)
    changed = True
    while changed and contest.remaining() > 0.05:
        changed = False
        for unit, arc in enumerate(wanted):
            if arc != plan.taken[unit] and plan.gain(unit, arc) > 0:
                plan.move(unit, arc)
                changed = True
    workers = (WAITING if arc < 0 else contest.arc_worker[arc] for arc in plan.taken)
    return Entry(list(workers))


Arc = tuple[int, int, int, int]
"""Tail, head, capacity, cost."""


def _flow(contest: Contest) -> list[int]:
    """Return the arc of each unit in the cheapest flow, -1 for waiting."""
    import numpy as np  # noqa: PLC0415  # within the time limit, as for all
    from ortools.graph.python import min_cost_flow  # noqa: PLC0415

    sink = contest.units + contest.workers
    options = [
        (unit, contest.units + contest.arc_worker[arc], 1, contest.arc_cost[arc])
        for unit in range(contest.units)
        for arc in contest.arcs(unit)
    ]
    waits = [
        (unit, sink, 1, contest.wait_cost[unit])
        for unit in range(contest.units)
        if contest.may_wait[unit]
    ]
    rows = [*options, *waits, *_places(contest, sink)]
    tail, head, capacity, cost = np.array(rows, np.int64).T
    network = min_cost_flow.SimpleMinCostFlow()
    network.add_arcs_with_capacity_and_unit_cost(tail, head, capacity, cost)
    supplies = np.zeros(sink + 1, np.int64)
    supplies[: contest.units] = 1
    supplies[sink] = -contest.units
    network.set_nodes_supplies(np.arange(sink + 1), supplies)
    wanted = contest.start_arcs()
    if network.solve_max_flow_with_min_cost() == network.OPTIMAL:
        flows = network.flows(np.arange(len(options) + len(waits))).tolist()
        for arc, flow in enumerate(flows[: len(options)]):
            if flow:
                wanted[options[arc][0]] = arc
        for (unit, *_), flow in zip(waits, flows[len(options) :], strict=True):
            if flow:
                wanted[unit] = -1
    return wanted


def _places(contest: Contest, sink: int) -> list[Arc]:
    """Return an arc for each average unit a worker has room for, at its marginal cost."""
    first = [contest.arc_start[unit] for unit in range(contest.units) if contest.arcs(unit)]
    means = [sum(use[arc] for arc in first) / max(1, len(first)) for use in contest.arc_use]
    found: list[Arc] = []
    for worker in range(contest.workers):
        room = [
            int(contest.limit[resource][worker] / mean)
            for resource, mean in enumerate(means)
            if mean
        ]
        before = 0.0
        for count in range(1, min([contest.units, *room]) + 1):
            cost = sum(
                point.step * max(0.0, mean * count - point.at)
                for resource, mean in enumerate(means)
                for point in contest.breakpoints_of.get((resource, worker), ())
            )
            found.append((contest.units + worker, sink, 1, round(cost - before)))
            before = cost
    return found


class _Plan:
    """An assignment under change, with what each worker uses."""

    def __init__(self, contest: Contest) -> None:
        self._contest = contest
        self._breakpoints = contest.breakpoints_of
        self.taken = contest.start_arcs()
        self._used = [[0] * contest.workers for _ in range(contest.resources)]
        for arc in self.taken:
            self._add(arc, 1)

    def _add(self, arc: int, sign: int) -> None:
        if arc >= 0:
            for resource, use in enumerate(self._contest.arc_use):
                self._used[resource][self._contest.arc_worker[arc]] += sign * use[arc]

    def _cost(self, worker: int) -> int:
        return sum(
            point.step * max(0, self._used[resource][worker] - point.at)
            for resource in range(self._contest.resources)
            for point in self._breakpoints.get((resource, worker), ())
        )

    def gain(self, unit: int, arc: int) -> int:
        """Return what a step saves; 0 where it is not feasible."""
        before = self._total(unit)
        old = self.taken[unit]
        touched = {self._contest.arc_worker[each] for each in (old, arc) if each >= 0}
        before += sum(self._cost(worker) for worker in touched)
        self.move(unit, arc)
        after = self._total(unit) + sum(self._cost(worker) for worker in touched)
        fits = all(
            self._used[resource][worker] <= self._contest.limit[resource][worker]
            for resource in range(self._contest.resources)
            for worker in touched
        )
        self.move(unit, old)
        return before - after if fits else 0

    def _total(self, unit: int) -> int:
        arc = self.taken[unit]
        return self._contest.wait_cost[unit] if arc < 0 else self._contest.arc_cost[arc]

    def move(self, unit: int, arc: int) -> None:
        """Take a step."""
        self._add(self.taken[unit], -1)
        self._add(arc, 1)
        self.taken[unit] = arc


if __name__ == "__main__":
    take_part(play, "ortools")
