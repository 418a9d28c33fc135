"""Solve one file and answer in one line that a stranger can check."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from benchmarks.evaluators import evaluate_arrays, evaluate_gap, evaluate_nurse
from benchmarks.formats.nurse import read_nurse
from benchmarks.memory import peak_memory_mib
from benchmarks.nurse_solving import solve_nurse
from caseload_balancer.arrays import Arrays
from caseload_balancer.arrays.gap_files import gap_as_arrays, read_gap
from caseload_balancer.arrays.json_files import read_arrays
from caseload_balancer.checker import check
from caseload_balancer.engine import Result, solve
from caseload_balancer.errors import VerificationError
from caseload_balancer.intake import read
from caseload_balancer.policy import Policy
from caseload_balancer.problem.problems import build_problem

Format = Literal["gap", "nurse", "arrays", "snapshot"]

Status = Literal["optimal", "feasible", "infeasible", "unknown"]


@dataclass(frozen=True)
class Effort:
    """How hard to try.

    Parameters
    ----------
    time_limit
        Seconds for everything but reading the file.
    seed
        Seed of all random choices.
    strategy
        Name of an engine strategy to force; ``auto`` lets the engine choose.
    workers
        How many parts the engine solves at once; None lets it choose.
    deterministic
        Whether the time limit grants counted work, and another run gives the same answer; if
        False the clock alone limits the engine. The nurse solver knows the clock only.
    """

    time_limit: float
    seed: int = 0
    strategy: str = "auto"
    workers: int | None = None
    deterministic: bool = True


@dataclass(frozen=True)
class Answer:
    """What came out for one file.

    Parameters
    ----------
    status
        ``optimal``: proven. ``feasible``: the assignment holds, nothing better is known.
        ``infeasible``: proven that there is none. ``unknown``: none found, and none excluded.
    value, bound
        A number, or a list with one number a tier for ``arrays`` and ``snapshot``. None when
        there is nothing to say.
    seconds
        From the file in memory to the answer.
    assignment
        As ``docs/benchmarks.md`` documents for each format; None when there is none.
    """

    status: Status
    value: int | list[int] | None
    bound: int | list[int] | None
    seconds: float
    assignment: list[Any] | dict[str, Any] | None

    def as_json(self) -> dict[str, Any]:
        """Return what `json.dumps` takes, with the peak memory of the process so far."""
        return {
            "status": self.status,
            "value": self.value,
            "bound": self.bound,
            "seconds": round(self.seconds, 3),
            "peak_memory_mib": round(peak_memory_mib(), 1),
            "assignment": self.assignment,
        }


def answer(path: Path, form: Format, effort: Effort) -> Answer:
    """Solve the file at `path`, and judge the answer by an evaluator of its own.

    Raises
    ------
    MissingInputError, DataError
        When the file is not there or broken.
    VerificationError
        When the evaluator finds the answer wrong: a defect, never returned as an answer.
    """
    return _SOLVERS[form](path, effort)


def _engine(arrays: Arrays, effort: Effort, *, spent: float = 0.0) -> Result:
    """Hand the arrays to the engine, with the time that is not spent and all of the work."""
    return solve(
        arrays,
        time_limit=max(0.0, effort.time_limit - spent),
        granted=effort.time_limit if effort.deterministic else math.inf,
        seed=effort.seed,
        strategy=effort.strategy,
        workers=effort.workers,
        handle_signals=True,
    )


def _settled(*, proven: bool) -> Status:
    return "optimal" if proven else "feasible"


def _gap(path: Path, effort: Effort) -> Answer:
    gap = read_gap(path)
    began = time.monotonic()
    result = _engine(gap_as_arrays(gap), effort)
    seconds = time.monotonic() - began
    (left_over, cost), (least_left_over, bound) = result.values, result.bounds
    if left_over:
        status: Status = "infeasible" if least_left_over else "unknown"
        return Answer(status, None, None, seconds, None)
    agents = result.assignment.tolist()
    verdict = evaluate_gap(path, agents)
    _agree(verdict.values, (cost,), verdict.broken)
    return Answer(_settled(proven=bound >= cost), cost, bound, seconds, agents)


def _nurse(path: Path, effort: Effort) -> Answer:
    rules = read_nurse(path)
    began = time.monotonic()
    found = solve_nurse(rules, time_limit=effort.time_limit, seed=effort.seed)
    seconds = time.monotonic() - began
    if math.isinf(found.bound):
        return Answer("infeasible", None, None, seconds, None)
    if found.zones is None:
        return Answer("unknown", None, int(found.bound), seconds, None)
    zones = [list(zone) for zone in found.zones]
    verdict = evaluate_nurse(path, zones)
    _agree(verdict.values, (int(found.value),), verdict.broken)
    proven = found.bound >= found.value
    return Answer(_settled(proven=proven), int(found.value), int(found.bound), seconds, zones)


def _arrays(path: Path, effort: Effort) -> Answer:
    arrays = read_arrays(path)
    began = time.monotonic()
    result = _engine(arrays, effort)
    seconds = time.monotonic() - began
    workers = result.assignment.tolist()
    verdict = evaluate_arrays(path, workers)
    _agree(verdict.values, result.values, verdict.broken)
    return _tiered(result, seconds, workers)


def _snapshot(path: Path, effort: Effort) -> Answer:
    snapshot = read(path)
    policy = Policy.read(None)
    began = time.monotonic()
    problem = build_problem(snapshot, policy)
    result = _engine(problem.arrays, effort, spent=time.monotonic() - began)
    allocation = problem.allocation(result.assignment)
    seconds = time.monotonic() - began
    report = check(snapshot, policy, allocation)
    _agree(tuple(report.tier_values), result.values, tuple(map(str, report.violations)))
    return _tiered(result, seconds, allocation)


def _tiered(result: Result, seconds: float, assignment: list[int] | dict[str, Any]) -> Answer:
    return Answer(
        _settled(proven=all(result.proven)),
        list(result.values),
        list(result.bounds),
        seconds,
        assignment,
    )


def _agree(judged: tuple[int, ...], claimed: tuple[int, ...], broken: tuple[str, ...]) -> None:
    if broken:
        raise VerificationError(f"the answer is not feasible: {broken[0]}")
    if judged != claimed:
        raise VerificationError(f"the answer is worth {judged}, not {claimed}")


_SOLVERS: Final[Mapping[Format, Callable[[Path, Effort], Answer]]] = {
    "gap": _gap,
    "nurse": _nurse,
    "arrays": _arrays,
    "snapshot": _snapshot,
}
