"""OR-Tools CP-SAT, one model of the whole instance.

Set up by the CP-SAT primer: one Boolean an arc that exists, one exactly-one a unit, load
variables with the convex costs at their breakpoints, a complete hint of the start, as many workers
as cores. Probing is left out: at 32,000 arcs it takes 12 s, and the limit is up before the
search begins. Option ``cold`` leaves the hint out, for a poor complete hint can hold CP-SAT back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from contest import WAITING, Contest, Entry, take_part

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


def play(contest: Contest) -> Entry:
    """Build, hint and solve the monolith."""
    from ortools.sat.python import cp_model  # noqa: PLC0415  # within the time limit, as for all

    monolith = _Monolith(contest, cp_model.CpModel())
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.random_seed = contest.seed
    solver.parameters.max_time_in_seconds = contest.remaining()
    status = solver.solve(monolith.model)
    bound = solver.best_objective_bound
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return Entry(None, bound)
    assignment = [WAITING] * contest.units
    for unit in range(contest.units):
        for arc in contest.arcs(unit):
            if solver.boolean_value(monolith.takes[arc]):
                assignment[unit] = contest.arc_worker[arc]
    return Entry(assignment, bound)


class _Monolith:
    """The model, built on a `CpModel`; `takes` holds the Boolean of each arc."""

    def __init__(self, contest: Contest, model: cp_model.CpModel) -> None:
        self.model = model
        self.takes = [model.new_bool_var("") for _ in contest.arc_worker]
        self._priced: list[tuple[cp_model.IntVar, int]] = list(
            zip(self.takes, contest.arc_cost, strict=True)
        )
        self._hinted: list[tuple[cp_model.IntVar, int]] = []
        taken = contest.start_arcs()
        chosen = set(taken)
        self._hinted += [(take, arc in chosen) for arc, take in enumerate(self.takes)]
        for unit in range(contest.units):
            self._place(contest, unit, waits=taken[unit] < 0)
        for resource, worker, arcs, most, _ in contest.rows():
            self._load(contest, resource, worker, arcs, most, chosen)
        variables, costs = zip(*self._priced, strict=True)
        model.minimize(sum_of(variables, costs))
        if contest.option != "cold":
            for variable, value in self._hinted:
                model.add_hint(variable, int(value))

    def _place(self, contest: Contest, unit: int, *, waits: bool) -> None:
        options = [self.takes[arc] for arc in contest.arcs(unit)]
        if contest.may_wait[unit]:
            wait = self.model.new_bool_var("")
            options.append(wait)
            self._priced.append((wait, contest.wait_cost[unit]))
            self._hinted.append((wait, waits))
        self.model.add_exactly_one(options)

    def _load(
        self,
        contest: Contest,
        resource: int,
        worker: int,
        arcs: list[int],
        most: int,
        chosen: set[int],
    ) -> None:
        use = contest.arc_use[resource]
        highest = min(most, contest.limit[resource][worker])
        load = self.model.new_int_var(0, highest, "")
        self.model.add(
            sum_of([self.takes[arc] for arc in arcs], [use[arc] for arc in arcs]) == load
        )
        at_start = sum(use[arc] for arc in arcs if arc in chosen)
        self._hinted.append((load, at_start))
        for point in contest.breakpoints_of.get((resource, worker), ()):
            if point.at < highest:
                above = self.model.new_int_var(0, highest - point.at, "")
                self.model.add(above >= load - point.at)
                self._priced.append((above, point.step))
                self._hinted.append((above, max(0, at_start - point.at)))


def sum_of(variables: list[cp_model.IntVar], weights: list[int]) -> cp_model.LinearExpr:
    """Return a weighted sum, built at once instead of term by term."""
    from ortools.sat.python import cp_model  # noqa: PLC0415

    return cp_model.LinearExpr.weighted_sum(variables, weights)


if __name__ == "__main__":
    take_part(play, "ortools")
