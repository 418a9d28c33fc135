"""A solver's process has one thread for linear algebra, unless somebody set how many."""

import sys

import pytest

from caseload_balancer.engine.solver_process import SolverProcess

SAY = """
import os, sys
from caseload_balancer.engine.solver_messages import write_message
write_message(sys.stdout.buffer, ("threads", os.environ["OPENBLAS_NUM_THREADS"]))
"""


@pytest.mark.parametrize(("already", "told"), [(None, "1"), ("3", "3")])
def test_how_many_threads_a_solver_process_has(monkeypatch, already, told):
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    if already is not None:
        monkeypatch.setenv("OPENBLAS_NUM_THREADS", already)
    process = SolverProcess([sys.executable, "-c", SAY])
    try:
        assert process.next_message(patience=60) == ("threads", told)
    finally:
        process.kill()
