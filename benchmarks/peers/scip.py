"""SCIP as OR-Tools carries it, one mixed-integer programme of the whole instance.

Given the start as a hint, gap limit 0. SCIP searches with one thread.
"""

from __future__ import annotations

from contest import Contest, Entry, take_part
from mixed_integer_model import mixed_integer_model, read_point


def play(contest: Contest) -> Entry:
    """Build, hint and solve the programme."""
    from ortools.linear_solver import pywraplp  # noqa: PLC0415  # within the time limit, as for all

    model = mixed_integer_model(contest)
    solver = pywraplp.Solver.CreateSolver("SCIP")
    infinite = solver.infinity()
    columns = [
        solver.BoolVar("") if number < model.integers else solver.NumVar(0, upper, "")
        for number, upper in enumerate(model.upper)
    ]
    objective = solver.Objective()
    for column, cost in zip(columns, model.cost, strict=True):
        objective.SetCoefficient(column, cost)
    objective.SetMinimization()
    for row, (lower, upper) in enumerate(zip(model.row_lower, model.row_upper, strict=True)):
        constraint = solver.Constraint(max(lower, -infinite), min(upper, infinite))
        for place in range(model.row_start[row], model.row_start[row + 1]):
            constraint.SetCoefficient(columns[model.column[place]], model.value[place])
    solver.SetHint(columns, model.start)
    solver.SetSolverSpecificParametersAsString(
        f"limits/gap = 0\nrandomization/randomseedshift = {contest.seed}\n"
    )
    solver.SetTimeLimit(int(1000 * contest.remaining()))
    status = solver.Solve()
    bound = objective.BestBound()
    if status not in {pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE}:
        return Entry(None, bound)
    return Entry(read_point(contest, [column.solution_value() for column in columns]), bound)


if __name__ == "__main__":
    take_part(play, "ortools")
