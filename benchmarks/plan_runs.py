"""Plans of made-up weeks, each made in a process of its own, as a user's first call is.

Its time includes importing OR-Tools, building the problem, checking the plan and telling it.
"""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import caseload_balancer as cb
from caseload_balancer.domain import Snapshot
from caseload_balancer.giving_way import give_way
from caseload_balancer.plan import Plan
from caseload_balancer.policy import Policy, PolicyLike
from caseload_balancer.problem.problems import build_problem
from caseload_balancer.solving import solve_problem

_ANYONE: Final = {"extends": "steady", "eligibility": {"scope": "service"}}
_LOCALITY: Final = {"extends": "steady", "eligibility": {"scope": "parent"}}
_HOUR: Final = 3600.0
_BUSY_CODE: Final = "while True: pass"


@dataclass(frozen=True)
class Week:
    """A week to plan.

    Parameters
    ----------
    snapshot
        Makes it.
    policy
        Its settings.
    """

    snapshot: Callable[[], Snapshot]
    policy: PolicyLike = "steady"


WEEKS: Final = {
    "team": Week(cb.datasets.team),
    "service": Week(lambda: cb.datasets.service(60, 1_000, seed=1)),
    "county": Week(cb.datasets.worcestershire),
    "county-locality": Week(cb.datasets.worcestershire, _LOCALITY),
    "county-anyone": Week(cb.datasets.worcestershire, _ANYONE),
    "5400": Week(lambda: cb.datasets.service(340, 5_400, seed=1)),
    "20000": Week(lambda: cb.datasets.service(1_250, 20_000, seed=1)),
}


@dataclass(frozen=True)
class PlanRun:
    """One plan.

    Parameters
    ----------
    week, limit, busy
        What was planned, seconds allowed, and processes beside.
    order, hash_seed, cores
        The seed of the row order, 0 as made; of Python's hashes; and cores, 0 for all.
    status, deterministic
        As the plan says.
    values, bounds
        Of the tiers.
    seconds
        From the call to the plan.
    plan
        The beginning of the SHA-256 of who holds which case.
    """

    week: str
    limit: float
    busy: int
    order: int
    hash_seed: int
    cores: int
    status: str
    deterministic: bool
    values: tuple[int, ...]
    bounds: tuple[int, ...]
    seconds: float
    plan: str


def plan_here(
    week: str, limit: float, *, order: int = 0, cores: int = 0, counted: bool = False
) -> dict[str, Any]:
    """Plan a week in this process, its rows in another order, and return what came of it.

    Parameters
    ----------
    counted
        Whether only the work that the limit grants ends the search, and never the clock: what an
        idle machine comes to, also on a busy one.
    """
    if cores and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, range(cores))
    made = WEEKS[week]
    snapshot = _in_order(made.snapshot(), order)
    began = time.perf_counter()
    if counted:
        plan = _counted(snapshot, made.policy, limit)
    else:
        plan = cb.allocate(snapshot, made.policy, time_limit=limit)
    seconds = time.perf_counter() - began
    holders = sorted((row.case_id, row.worker_id or "") for row in plan.cases)
    return {
        "status": plan.status,
        "deterministic": plan.deterministic,
        "values": [tier.value for tier in plan.tiers],
        "bounds": [tier.bound for tier in plan.tiers],
        "seconds": round(seconds, 2),
        "plan": sha256(repr(holders).encode()).hexdigest()[:12],
    }


def _counted(snapshot: Snapshot, policy: PolicyLike, limit: float) -> Plan:
    problem = build_problem(snapshot, Policy.read(policy))
    given = give_way(problem, time_limit=_HOUR, granted=limit, seed=0)
    return solve_problem(given.problem, time_limit=_HOUR, granted=limit)


def run_apart(
    week: str,
    limit: float,
    *,
    busy: int,
    order: int = 0,
    hash_seed: int = 0,
    cores: int = 0,
    counted: bool = False,
) -> PlanRun:
    """Plan a week in a process of its own."""
    command = [sys.executable, "-m", "benchmarks", "one-plan", week]
    command += ["--limit", str(limit), "--order", str(order), "--cores", str(cores)]
    command += ["--counted"] if counted else []
    environment = {**os.environ, "PYTHONHASHSEED": str(hash_seed)}
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    found = json.loads(answer.stdout)
    found["values"], found["bounds"] = tuple(found["values"]), tuple(found["bounds"])
    return PlanRun(week, limit, busy, order, hash_seed, cores, **found)


@contextmanager
def busy_processes(count: int) -> Iterator[None]:
    """Run processes that do nothing as fast as they can while the block runs."""
    running = [subprocess.Popen([sys.executable, "-c", _BUSY_CODE]) for _ in range(count)]
    try:
        yield
    finally:
        for process in running:
            process.kill()
            process.wait()


def write_plan_runs(runs: Sequence[PlanRun], path: Path) -> None:
    """Write a row a plan as CSV."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(
            file, [field.name for field in fields(PlanRun)], lineterminator="\n"
        )
        writer.writeheader()
        writer.writerows(
            {name: _cell(value) for name, value in asdict(run).items()} for run in runs
        )


def _in_order(snapshot: Snapshot, order: int) -> Snapshot:
    """Return the snapshot with the rows of every table shuffled, by the seed `order`."""
    if order == 0:
        return snapshot
    rng = random.Random(order)  # noqa: S311 (an order, not a secret)
    tables = {}
    for name in ("cases", "workers", "teams", "adjustments", "spells"):
        rows = list(getattr(snapshot, name))
        rng.shuffle(rows)
        tables[name] = tuple(rows)
    return snapshot.model_copy(update=tables)


def _cell(value: object) -> object:
    return " ".join(map(str, value)) if isinstance(value, tuple) else value
