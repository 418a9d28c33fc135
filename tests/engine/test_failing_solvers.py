"""Solvers that come to grief over numbers in the middle of a search."""

import itertools

import pytest

from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.datasets.arrays import service
from caseload_balancer.engine.linear_programs import growing as growing_programs
from caseload_balancer.engine.linear_programs import integer as integer_programs
from caseload_balancer.engine.linear_programs import programs as linear_programs
from caseload_balancer.engine.linear_programs.programs import unless_it_fails
from caseload_balancer.engine.solve import solve

OPTIMUM = (0, 0, 889396)


def _raiser(code):
    def solver():
        # What math_opt raises can be imported once it is loaded.
        import ortools.math_opt.core.python.solver  # noqa: F401, PLC0415
        from pybind11_abseil.status import Status, StatusCode, StatusNotOk  # noqa: PLC0415

        raise StatusNotOk(Status(getattr(StatusCode, code), "Unexpected termination: ABNORMAL"))

    return solver


def test_a_solver_that_fails_has_no_answer():
    assert unless_it_fails(lambda: "answer") == "answer"
    assert unless_it_fails(_raiser("INTERNAL")) is None


def test_a_program_that_is_refused_is_an_error():
    with pytest.raises(Exception, match="ABNORMAL"):
        unless_it_fails(_raiser("INVALID_ARGUMENT"))


@pytest.mark.parametrize("module", [linear_programs, growing_programs, integer_programs])
@pytest.mark.parametrize("period", [1, 2, 5])
def test_the_plan_is_feasible_and_its_bound_valid_all_the_same(monkeypatch, module, period):
    arrays = service(20, 260, teams=2, seed=4, scope="service")
    calls = itertools.count(1)
    failed = []

    def flaky(solver):
        if next(calls) % period == 0:
            failed.append(1)
            return unless_it_fails(_raiser("INTERNAL"))
        return unless_it_fails(solver)

    monkeypatch.setattr(module, "unless_it_fails", flaky)
    answer = solve(arrays, time_limit=60, granted=1.5, strategy="descent")
    assert failed
    assert not broken_limits(arrays, answer.assignment)
    assert answer.values == values(arrays, answer.assignment)
    assert answer.bounds <= OPTIMUM <= answer.values
