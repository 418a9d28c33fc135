"""HiGHS, one mixed-integer programme of the whole instance.

Loaded as a matrix, two threads, gap tolerance 0, given the start by ``setSolution``. Option
``cold`` leaves the start out.
"""

from __future__ import annotations

from contest import Contest, Entry, take_part
from mixed_integer_model import mixed_integer_model, read_point


def play(contest: Contest) -> Entry:
    """Load and solve the programme."""
    import highspy  # noqa: PLC0415  # within the time limit, as for all
    import numpy as np  # noqa: PLC0415

    model = mixed_integer_model(contest)
    columns = len(model.cost)
    programme = highspy.HighsLp()
    programme.num_col_ = columns
    programme.num_row_ = len(model.row_lower)
    programme.col_cost_ = np.array(model.cost, np.float64)
    programme.col_lower_ = np.zeros(columns)
    programme.col_upper_ = np.array(model.upper, np.float64)
    programme.row_lower_ = np.array(model.row_lower, np.float64)
    programme.row_upper_ = np.array(model.row_upper, np.float64)
    programme.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    programme.a_matrix_.start_ = np.array(model.row_start, np.int32)
    programme.a_matrix_.index_ = np.array(model.column, np.int32)
    programme.a_matrix_.value_ = np.array(model.value, np.float64)
    whole, real = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
    programme.integrality_ = [whole] * model.integers + [real] * (columns - model.integers)
    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("threads", 2)
    solver.setOptionValue("random_seed", contest.seed)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 0.5)
    solver.passModel(programme)
    if contest.option != "cold":
        start = highspy.HighsSolution()
        start.col_value = list(model.start)
        solver.setSolution(start)
    solver.setOptionValue("time_limit", contest.remaining())
    solver.run()
    info = solver.getInfo()
    feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    point = solver.getSolution().col_value
    bound = info.mip_dual_bound
    return Entry(read_point(contest, list(point)) if feasible else None, bound)


if __name__ == "__main__":
    take_part(play, "highspy")
