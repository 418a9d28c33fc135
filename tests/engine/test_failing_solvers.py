"""Solvers that fail over numerical trouble in the middle of a search."""

import itertools

import pytest

from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.datasets.arrays import service
from caseload_balancer.engine import solve
from caseload_balancer.engine.linear_programs import incremental, integer, simplex
from caseload_balancer.engine.linear_programs.math_opt import none_on_failure

OPTIMUM = (0, 0, 889396)


def _raiser(code):
    def solver():
        # What math_opt raises can be imported once it is loaded.
        import ortools.math_opt.core.python.solver  # noqa: F401, PLC0415
        from pybind11_abseil.status import Status, StatusCode, StatusNotOk  # noqa: PLC0415

        raise StatusNotOk(Status(getattr(StatusCode, code), "Unexpected termination: ABNORMAL"))

    return solver


def test_a_solver_that_fails_has_no_answer():
    assert none_on_failure(lambda: "answer") == "answer"
    assert none_on_failure(_raiser("INTERNAL")) is None


def test_a_program_that_is_refused_is_an_error():
    with pytest.raises(Exception, match="ABNORMAL"):
        none_on_failure(_raiser("INVALID_ARGUMENT"))


@pytest.mark.parametrize("module", [simplex, incremental, integer])
@pytest.mark.parametrize("period", [1, 2])
def test_the_plan_is_feasible_and_its_bound_valid_all_the_same(monkeypatch, module, period):
    arrays = service(20, 260, teams=2, seed=4, scope="service")
    calls = itertools.count(1)
    failed = []

    def flaky(solver):
        if next(calls) % period == 0:
            failed.append(1)
            return none_on_failure(_raiser("INTERNAL"))
        return none_on_failure(solver)

    monkeypatch.setattr(module, "none_on_failure", flaky)
    answer = solve(arrays, time_limit=600, granted=0.6, strategy="neighbourhoods")
    assert failed
    assert not broken_limits(arrays, answer.assignment)
    assert answer.values == values(arrays, answer.assignment)
    assert answer.bounds <= OPTIMUM <= answer.values
