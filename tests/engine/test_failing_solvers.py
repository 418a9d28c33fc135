"""Solvers that raise, hang or lie in the middle of a search: that costs time, never the plan."""

import itertools
import threading
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import numpy as np
import pytest

from caseload_balancer.arrays.candidates import Candidates
from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.datasets.arrays import service
from caseload_balancer.engine import Parameters, solve
from caseload_balancer.engine.cpsat import search as cpsat
from caseload_balancer.engine.cpsat.loading import load_cp_sat
from caseload_balancer.engine.cpsat.search import Answer
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs import incremental, integer, simplex
from caseload_balancer.engine.linear_programs.math_opt import none_on_failure
from caseload_balancer.engine.parameters import DEFAULTS
from caseload_balancer.engine.strategies import complete_search
from caseload_balancer.engine.strategies.complete_search import search_completely
from caseload_balancer.engine.strategies.tiers import Known, Tier
from tests.examples import combinations
from tests.relaxed_week import UNREDUCED

ARRAYS = service(6, 76, teams=2, seed=3, scope="service")
"""Either strategy asks every solver here."""
FAILED = "ignore:some of the search failed:RuntimeWarning"


def _status(code):
    # What math_opt raises can be imported once it is loaded.
    import ortools.math_opt.core.python.solver  # noqa: F401, PLC0415
    from pybind11_abseil.status import Status, StatusCode, StatusNotOk  # noqa: PLC0415

    return StatusNotOk(Status(getattr(StatusCode, code), "Unexpected termination: ABNORMAL"))


FAULTS = {
    "numerical trouble": lambda: _status("INTERNAL"),
    "a refusal": lambda: _status("INVALID_ARGUMENT"),
    "an error": lambda: ValueError("min() iterable argument is empty"),
    "no memory": MemoryError,
}


def _ask(monkeypatch, site, ask):
    """Have `ask` stand between the search and one of its solvers: given that, and what it gets."""
    from ortools.math_opt.core.python import solver  # noqa: PLC0415 - loaded when first needed

    places = {
        "a program": (solver, "solve"),
        "a program that grows": (incremental, "none_on_failure"),
        "a program that begins": (solver, "new"),
        "a model": (load_cp_sat().CpSolver, "solve"),
        "a model in the making": (complete_search, "build_model"),
    }
    owner, name = places[site]
    real = getattr(owner, name)
    monkeypatch.setattr(owner, name, lambda *given, **named: ask(real, *given, **named))


SITES = [
    "a program",
    "a program that grows",
    "a program that begins",
    "a model",
    "a model in the making",
]


DECOMPOSED = Parameters(reduction=UNREDUCED)
"""Has large problems be decomposed: the master is a program that grows."""


def _reaching(site):
    """Return what has a search come to a site: else this problem is proven before."""
    return DECOMPOSED if site in {"a program that grows", "a program that begins"} else DEFAULTS


def _is_a_plan(answer, arrays=ARRAYS):
    assert not broken_limits(arrays, answer.assignment)
    assert answer.values == values(arrays, answer.assignment) <= values(arrays, arrays.start)


@pytest.fixture(scope="module")
def optimum():
    found = solve(ARRAYS, time_limit=60)
    assert all(found.proven)
    return found.values


@pytest.mark.filterwarnings(FAILED)
@pytest.mark.parametrize(
    ("fault", "site", "strategy"), combinations(FAULTS, SITES, ["exact", "neighbourhoods"])
)
def test_a_solver_that_fails_costs_no_plan_and_no_bound(
    monkeypatch, optimum, site, fault, strategy
):
    calls = itertools.count()

    def every_other_fails(real, *given, **named):
        if next(calls) % 2 == 0:
            error = FAULTS[fault]()
            raise error
        return real(*given, **named)

    _ask(monkeypatch, site, every_other_fails)
    answer = solve(
        ARRAYS, time_limit=60, granted=0.2, strategy=strategy, parameters=_reaching(site)
    )
    assert next(calls) > 0
    _is_a_plan(answer)
    assert answer.bounds <= optimum <= answer.values


@pytest.mark.parametrize("fault", ["a refusal", "an error", "no memory"])
def test_a_failure_is_told(monkeypatch, fault):
    def fails(_real, *_given, **_named):
        error = FAULTS[fault]()
        raise error

    _ask(monkeypatch, "a program", fails)
    kind = type(FAULTS[fault]()).__name__
    with pytest.warns(RuntimeWarning, match=f"GLOP: {kind} at test_failing_solvers"):
        answer = solve(ARRAYS, time_limit=60, granted=0.2, strategy="neighbourhoods")
    assert [kind in phase.note for phase in answer.phases if phase.name == "failures"] == [True]
    assert "iterable argument" not in answer.phases[-1].note


class _Elsewhere(Executor):
    """Stands for an executor of processes."""

    def submit(self, do, /, *given):
        done = Future()
        done.set_result(do(*given))
        return done


def test_a_failure_in_a_process_of_an_executor_is_told(monkeypatch):
    def fails(_real, *_given, **_named):
        raise MemoryError

    _ask(monkeypatch, "a program", fails)
    answer = solve(
        ARRAYS, time_limit=60, granted=0.2, strategy="neighbourhoods", executor=_Elsewhere()
    )
    _is_a_plan(answer)
    assert answer.failed
    assert any("GLOP: MemoryError" in phase.note for phase in answer.phases)


def test_numerical_trouble_is_ordinary():
    deadline = Deadline(10)

    def trouble(_interrupter):
        raise _status("INTERNAL")

    assert none_on_failure(lambda _interrupter: 7, what="GLOP", deadline=deadline) == 7
    assert none_on_failure(trouble, what="GLOP", deadline=deadline) is None
    assert deadline.failures == ()


@pytest.fixture
def waking():
    """An event that ends every hang when the test is over."""
    event = threading.Event()
    yield event
    event.set()


@pytest.mark.usefixtures("wall_clock")
@pytest.mark.filterwarnings(FAILED)
@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("asked", ["stop", "time"])
def test_a_solver_that_hangs_is_waited_for_no_longer(monkeypatch, waking, site, asked):
    hanging = threading.Event()

    def hang(real, *given, **named):
        hanging.set()
        waking.wait(60)
        return real(*given, **named)

    _ask(monkeypatch, site, hang)
    answer = solve(
        ARRAYS,
        time_limit=1.0 if asked == "time" else 60,
        granted=60,
        parameters=_reaching(site),
        strategy="neighbourhoods" if site == "a program that grows" else "exact",
        stop=lambda: asked == "stop" and hanging.is_set(),
    )
    assert not waking.is_set()
    _is_a_plan(answer)
    if hanging.is_set():
        assert answer.stop_reason == ("interrupted" if asked == "stop" else "time limit")


def _lies(kind, built, truth):
    if kind == "it breaks a limit":
        arrays = built.variables.arrays
        worker = int(arrays.arc_worker[0])
        return Answer("optimal", np.full(arrays.units, worker), truth.bound)
    if kind == "there is none":
        return Answer("none exists", None, truth.bound)
    if kind == "its bound is above its value":
        return Answer(truth.outcome, truth.assignment, truth.bound + 10**6)
    return Answer("optimal", built.variables.incumbent, truth.bound - 10**6)


LIES = [
    "it breaks a limit",
    "there is none",
    "its bound is above its value",
    "its value is above its bound",
]


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_that_can_be_told_is_no_answer(monkeypatch, lie):
    arrays = service(4, 30, seed=2)
    best = solve(arrays, time_limit=20)
    monkeypatch.setattr(
        complete_search,
        "search",
        lambda built, **how: _lies(lie, built, cpsat.search(built, **how)),
    )
    deadline = Deadline(20)
    tier = Tier(
        arrays=arrays,
        number=2,
        ceilings=best.values[:2],
        deadline=deadline,
        seed=0,
        report=lambda _assignment: None,
    )
    known = Known(assignment=best.assignment, value=best.values[2], bound=0, note="")
    answer = search_completely(tier, known, Candidates.all_of(arrays), deadline)
    assert (answer.outcome, answer.assignment, answer.bound) == ("unknown", None, 0)
    assert deadline.failures == ("CP-SAT: an answer that cannot be (1 x)",)


@pytest.mark.filterwarnings(FAILED)
@pytest.mark.parametrize("lie", LIES)
def test_no_plan_is_lost_to_a_lie(monkeypatch, lie):
    monkeypatch.setattr(
        complete_search,
        "search",
        lambda built, **how: _lies(lie, built, cpsat.search(built, **how)),
    )
    _is_a_plan(solve(ARRAYS, time_limit=60, granted=0.2, strategy="exact"))


@pytest.mark.filterwarnings(FAILED)
@pytest.mark.parametrize(
    ("module", "wrong"),
    combinations([simplex, incremental, integer], [np.nan, np.inf, 1.0, -3.5]),
)
def test_numbers_that_are_wrong_prove_nothing(monkeypatch, optimum, module, wrong):
    def lie(read, length):
        return np.full(length, wrong)

    monkeypatch.setattr(module, "dense_vector", lie)
    answer = solve(ARRAYS, time_limit=60, granted=0.2, strategy="neighbourhoods")
    _is_a_plan(answer)
    assert answer.bounds <= optimum <= answer.values


class _Broken(ProcessPoolExecutor):
    """An executor whose processes have died."""

    def submit(self, *_given):
        raise BrokenProcessPool("a process ended abruptly")


@pytest.mark.filterwarnings(FAILED)
def test_an_executor_whose_process_died_leaves_the_first_plan():
    answer = solve(ARRAYS, time_limit=60, granted=0.2, executor=_Broken(1))
    _is_a_plan(answer)
    assert answer.stop_reason == "failed"
