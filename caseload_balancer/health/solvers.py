"""Whether the solvers answer what is known, on this machine and as they are installed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from typing import Final

from caseload_balancer.arrays import Arrays, broken_limits, build_arrays, values
from caseload_balancer.engine import known_fault, solve
from caseload_balancer.health.answer import HealthCheck

_PART: Final = "solvers"
_SECONDS: Final = 60.0
"""So small a problem takes hundredths of one; a busy machine loads a solver in tens."""


@dataclass(frozen=True)
class KnownModel:
    """A problem and the values of its tiers at best.

    Parameters
    ----------
    arrays
        The problem.
    best
        Its best values, found by trying every assignment.
    """

    arrays: Arrays
    best: tuple[int, ...]


def known_models() -> Mapping[str, KnownModel]:
    """Return small problems whose best assignment is known from trying them all."""
    minutes, room = (50, 40, 40, 30, 30, 20), (120, 60)
    ways = ((10, 30), (20, 20), (60, 30), (50, 20), (20, 50), (40, 10))
    pairs = [(unit, worker) for unit in range(len(minutes)) for worker in range(len(room))]
    everyday = build_arrays(
        unit=[unit for unit, _ in pairs],
        worker=[worker for _, worker in pairs],
        use=[minutes[unit] for unit, _ in pairs],
        cost=[[0 for _ in pairs], [ways[unit][worker] for unit, worker in pairs]],
        limit=room,
        wait_cost=[[1 for _ in minutes], [0 for _ in minutes]],
        breakpoints=[(1, 0, worker, at, 1) for worker in range(len(room)) for at in (40, 90)],
        groups=[[0, 1]],
        group_cost=[[0], [25]],
    )
    full = build_arrays(
        unit=[0, 1, 2], worker=[0, 0, 0], use=[2, 2, 2], cost=[0, 0, 0], limit=[1],
        wait_cost=[[3, 4, 5]],
    )  # fmt: skip
    return {
        "two tiers, uneven loads and a family": KnownModel(everyday, (1, 200)),
        "no room for anybody": KnownModel(full, (12,)),
    }


def check_solvers() -> Iterator[HealthCheck]:
    """Have the engine solve what is known, and what CP-SAT is known to get wrong."""
    for name, model in known_models().items():
        yield _solved(f"known model, {name}", model)
    yield _guard_holds()
    if find_spec("highspy") is not None:
        yield HealthCheck(
            _PART,
            "highspy",
            "look",
            "is installed too: loaded in one process with OR-Tools it fails, as both carry HiGHS. "
            "This library does not load it; nor should a script that uses this library.",
        )


def _solved(what: str, model: KnownModel) -> HealthCheck:
    result = solve(model.arrays, time_limit=_SECONDS)
    found = values(model.arrays, result.assignment)
    if result.failed:
        return HealthCheck(_PART, what, "wrong", "part of the search failed")
    if broken_limits(model.arrays, result.assignment) or found != model.best:
        return HealthCheck(_PART, what, "wrong", f"{found} was found, {model.best} is best")
    if any(bound > best for bound, best in zip(result.bounds, model.best, strict=True)):
        return HealthCheck(_PART, what, "wrong", f"bounds {result.bounds} above {model.best}")
    return HealthCheck(_PART, what, "well", f"best values {_told(model.best)} found")


def _guard_holds() -> HealthCheck:
    """Say whether the installed CP-SAT has the fault, and what this engine makes of it."""
    what = "the model that CP-SAT 9.15 gets wrong"
    fault = known_fault()
    here = f"OR-Tools {version('ortools')}"
    alone = (
        f"{here} alone calls {fault.by_cp_sat} the best value where {fault.best} is"
        if fault.is_here
        else f"{here} alone answers it rightly"
    )
    answer = _solved(what, KnownModel(fault.arrays, (fault.best,)))
    through = "as this library asks, the answer is right" if answer.state == "well" else answer.says
    return HealthCheck(_PART, what, answer.state, f"{alone}; {through}")


def _told(best: tuple[int, ...]) -> str:
    return " and ".join(map(str, best))
