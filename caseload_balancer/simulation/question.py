"""Simulate: policies and practices by hand through the same weeks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future, as_completed
from contextlib import ExitStack
from datetime import timedelta
from os import PathLike
from typing import Any, Final

from caseload_balancer.arguments import (
    UnfitError,
    a_function,
    a_path,
    a_seed,
    an_executor,
    checked,
    many,
    refusal,
    seconds,
    shown,
    whole,
)
from caseload_balancer.domain import Snapshot, a_snapshot
from caseload_balancer.domain.date_checks import LAST_YEAR
from caseload_balancer.domain.names import nearest
from caseload_balancer.kernels import CellProgress, in_kernel
from caseload_balancer.policy import Policy, a_policy
from caseload_balancer.simulation.answer import Simulation
from caseload_balancer.simulation.drawn import DrawnEvents
from caseload_balancer.simulation.events import EventSource
from caseload_balancer.simulation.practices import PRACTICES, ByPolicy, Practice
from caseload_balancer.simulation.rates import Rates
from caseload_balancer.simulation.records import Run
from caseload_balancer.simulation.runs import Course, run_practice

MOST_WEEKS: Final = 520
"""Ten years: nobody knows what a service is like after that."""
MOST_COURSES: Final = 10_000
"""More tell nothing that these do not: an interval is half as wide for four times as many."""

PolicySource = Policy | Mapping[str, Any] | str | PathLike[str]
Told = Callable[[int, int], None]


def an_event_source(value: Any) -> Any:
    """Accept what gives the events of the weeks."""
    if not callable(getattr(value, "weeks", None)):
        raise UnfitError(f"must have `weeks`, as an EventSource has, not {shown(value)}.")
    return value


def some_rates(value: Any) -> Any:
    """Accept rates, a dictionary of some, or a file."""
    return value if isinstance(value, Rates | Mapping) else a_path(value)


def a_practice(value: Any) -> Any:
    """Accept somebody's own practice, or the name of one by hand, and return the practice."""
    if isinstance(value, str):
        if value in PRACTICES:
            return PRACTICES[value]
        known = ", ".join(PRACTICES)
        raise UnfitError(
            f"is no practice {shown(value)}; there are {known}.{nearest(value, PRACTICES)}"
        )
    if callable(getattr(value, "allocate", None)) and isinstance(getattr(value, "name", None), str):
        return value
    raise UnfitError(
        f"must be the name of a practice, or have `name` and `allocate`, not {shown(value)}."
    )


@checked(
    snapshot=a_snapshot,
    policies=many(a_policy, "policies"),
    practices=many(a_practice, "practices"),
    weeks=whole(1, MOST_WEEKS),
    replications=whole(1, MOST_COURSES),
    seed=a_seed,
    rates=some_rates,
    events=an_event_source,
    rules=a_policy,
    time_limit=seconds,
    executor=an_executor,
    progress=a_function,
)
def simulate(
    snapshot: Snapshot,
    policies: Iterable[PolicySource] = ("steady", "least-moves"),
    *,
    practices: Iterable[str | Practice] = ("list",),
    weeks: int = 52,
    replications: int = 20,
    seed: int = 0,
    rates: Rates | Mapping[str, Any] | str | PathLike[str] | None = None,
    events: EventSource | None = None,
    rules: PolicySource | None = None,
    time_limit: float = 5.0,
    executor: Executor | None = None,
    progress: Told | None = None,
) -> Simulation:
    """Carry policies and practices by hand through the same weeks, and measure what they come to.

    Every Monday each plans its own service; what happens in between is the same for all: the
    same referrals come, the same cases end, the same workers leave. The same arguments give the
    same answer, with any executor.

    Parameters
    ----------
    snapshot
        The first Monday.
    policies
        Policies, names of profiles or policy files, each planned by `allocate`.
    practices
        Practices by hand: ``allocate-only``, ``list``, ``ranking``, ``do-nothing``, or your own.
        The first is what everything else is compared with; without any, the first policy.
    weeks
        Mondays in all, the first included: 520 at most, the last in the year 2100 at the latest.
    replications
        Courses of events, 10,000 at most; five or more say what is chance.
    seed
        Of the events and of every search.
    rates
        How often things happen: a mapping or a TOML file laid over the shipped figures.
    events
        Where events come from, in place of those drawn from `rates`; see `EventSource`.
    rules
        The policy by whose rules changes, waits and loads are judged, for all alike; practices by
        hand go by them too. The first policy where none is named, or ``steady``.
    time_limit
        Seconds for each plan.
    executor
        Runs practices and courses side by side: threads, processes, or Dask's
        ``Client.get_executor()``.
    progress
        Called with how many runs are done and how many there are. In a notebook, without it, that
        is shown under the cell. What it raises ends the simulation and is raised.

    Raises
    ------
    DataError, PolicyError, MissingInputError
        As `allocate`; and when the rates are broken.
    ArgumentError
        For an unknown practice, two of one name, none at all, and for too few or too many weeks or
        courses; it is a ValueError.
    """
    _refuse_far_weeks(snapshot, weeks)
    read = [Policy.read(policy) for policy in policies]
    chosen = [
        *map(a_practice, practices),  # a default is not looked at before
        *(ByPolicy(policy, time_limit, seed) for policy in read),
    ]
    refuse_names("simulate", chosen)
    drawn = Rates.read(rates)
    course = Course(
        snapshot=snapshot,
        events=events or DrawnEvents(drawn, seed),
        weeks=weeks,
        rules=Policy.read(rules) if rules is not None else next(iter(read), Policy.profile()),
        diary=drawn.diary,
    )
    with ExitStack() as cell:
        if progress is None and in_kernel():
            progress = cell.enter_context(CellProgress("Simulated")).count
        return run_course(
            course, chosen, replications=replications, executor=executor, progress=progress
        )


def run_course(
    course: Course,
    practices: Sequence[Practice],
    *,
    replications: int,
    executor: Executor | None,
    progress: Told | None,
) -> Simulation:
    """Carry practices through courses of events, one after the other or side by side."""
    tasks = [
        (course, practice, replication)
        for replication in range(replications)
        for practice in practices
    ]
    runs = _run_all(tasks, executor, progress or (lambda _done, _all: None))
    return Simulation(
        as_of=course.snapshot.as_of,
        weeks=len(runs[0].weeks),
        workers=sum(worker.holds_cases for worker in course.snapshot.workers),
        children=len(course.snapshot.cases),
        practices=tuple(practice.name for practice in practices),
        runs=tuple(runs),
        rules=course.rules.name,
    )


def _run_all(
    tasks: Sequence[tuple[Course, Practice, int]], executor: Executor | None, progress: Told
) -> list[Run]:
    if executor is None:
        runs: list[Run] = []
        for task in tasks:
            runs.append(run_practice(*task))
            progress(len(runs), len(tasks))
        return runs
    waiting: list[Future[Run]] = [executor.submit(run_practice, *task) for task in tasks]
    try:
        for done, future in enumerate(as_completed(waiting), start=1):
            future.result()
            progress(done, len(tasks))
    finally:
        for future in waiting:
            future.cancel()
    return [future.result() for future in waiting]


def refuse_names(where: str, practices: Sequence[Practice]) -> None:
    """Refuse to simulate nothing, and practices of one name, which no table could tell apart."""
    if not practices:
        raise refusal(where, None, "name a policy or a practice to simulate.")
    names = Counter(practice.name for practice in practices)
    twice = [name for name, count in names.items() if count > 1]
    if twice:
        raise refusal(where, None, f"two practices are called '{twice[0]}'; give one another name.")


def _refuse_far_weeks(snapshot: Snapshot, weeks: int) -> None:
    last = snapshot.as_of + timedelta(weeks=weeks - 1)
    if last.year > LAST_YEAR:
        raise refusal(
            "simulate",
            "weeks",
            f"must end in the year {LAST_YEAR} at the latest; the last of {weeks} Mondays would "
            f"be {last.isoformat()}.",
        )
