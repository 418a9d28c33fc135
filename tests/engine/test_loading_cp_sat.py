"""CP-SAT is loaded without pandas, and nobody else notices."""

import subprocess
import sys

ALONE = """
import sys
from caseload_balancer.engine.cpsat.loading import load_cp_sat, seconds_to_load
print(seconds_to_load() > 0)
cp_model = load_cp_sat()
print(seconds_to_load(), load_cp_sat() is cp_model)
print(any(name.partition(".")[0] == "pandas" for name in sys.modules))
model = cp_model.CpModel()
ones = [model.new_bool_var(name) for name in "abc"]
model.add(sum(ones) <= 2)
model.maximize(cp_model.LinearExpr.weighted_sum(ones, [1, 2, 3]))
solver = cp_model.CpSolver()
solver.parameters.num_workers = 1
solver.solve(model)
print(round(solver.objective_value))
print(cp_model.pd.DataFrame([7]).shape)
"""

BESIDE = """
from caseload_balancer.engine.cpsat.loading import load_cp_sat
load_cp_sat()
import pandas
from ortools.sat.python import cp_model
print(cp_model.pd is pandas, load_cp_sat() is cp_model)
model = cp_model.CpModel()
taken = model.new_bool_var_series("taken", pandas.Index([3, 5]))
model.maximize(taken.dot([1, 2]))
solver = cp_model.CpSolver()
solver.parameters.num_workers = 1
solver.solve(model)
print(solver.boolean_values(taken).tolist())
"""


def _printed(code):
    child = subprocess.run(  # noqa: S603 (this file's own scripts)
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return child.stdout.splitlines()


def test_cp_sat_is_loaded_without_pandas():
    assert _printed(ALONE) == ["True", "0.0 True", "False", "5", "(1, 1)"]


def test_whoever_imports_cp_sat_has_it_with_pandas():
    assert _printed(BESIDE) == ["True False", "[True, True]"]
