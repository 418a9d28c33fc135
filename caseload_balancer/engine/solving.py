"""Arrays in, the best assignment within a time limit out, with what is proven about it."""

from __future__ import annotations

import os
import threading
import time
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from caseload_balancer.arrays import Arrays, Ints
from caseload_balancer.arrays.components import split
from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.arrays.least_costs import least_of_tiers
from caseload_balancer.arrays.restriction import Restriction
from caseload_balancer.engine.bounds import joined
from caseload_balancer.engine.deadlines import WORK_PER_SECOND, Deadline
from caseload_balancer.engine.first_assignments import begun
from caseload_balancer.engine.parameters import DEFAULTS, Parameters
from caseload_balancer.engine.presolving import Presolved, presolve
from caseload_balancer.engine.results import (
    ImprovementCallback,
    Phase,
    ProgressCallback,
    Result,
    StandingCallback,
    StopReason,
    phases_of_failures,
)
from caseload_balancer.engine.scoreboard import Scoreboard
from caseload_balancer.engine.signals import stop_requests
from caseload_balancer.engine.solver_processes import processes_in_use
from caseload_balancer.errors import VerificationError

if TYPE_CHECKING:
    from caseload_balancer.engine.component_jobs import ComponentJob

_SECONDS_AN_ARC: Final = 1.5e-6
_CHECKING_SHARE: Final = 0.05
"""Of the time limit, what joining and checking the results may take at most."""
_WORK_AN_ARC: Final = 5e-7
_BEGINNING_SHARE: Final = 0.1
"""Of presolve and the first assignment, up to a share of the work granted: 0.7 s were measured for
78,000 arcs and 1 s for 241,000."""


def solve(
    arrays: Arrays,
    *,
    time_limit: float = 30.0,
    granted: float | None = None,
    seed: int = 0,
    strategy: str = "auto",
    progress: ProgressCallback | None = None,
    on_improvement: ImprovementCallback | None = None,
    on_standing: StandingCallback | None = None,
    stop: Callable[[], bool] | None = None,
    handle_signals: bool = False,
    workers: int | None = None,
    executor: Executor | None = None,
    begin: Ints | None = None,
    parameters: Parameters = DEFAULTS,
) -> Result:
    """Find the best assignment.

    An assignment that is good in all tiers is built first, in any time limit. The search that
    follows is limited by work that is counted, not timed; the time limit grants the work and cuts
    it off only on a machine much slower than usual. So the same arrays, seed and time limit give
    the same assignment, with any number of workers, and the result says whether that holds of it.
    Where unlimited work is granted, the clock alone limits the search: what is not proven is
    searched on until the time is up, and another run may end with another assignment.

    Parameters
    ----------
    arrays
        The problem; its start is feasible. `caseload_balancer.arrays` builds and reads them.
    time_limit
        Seconds, from the call on. Passed by less than half a second, or by what the first
        assignment takes: milliseconds for a team, up to a second for a county, some seconds for
        20,000 units.
    granted
        Seconds whose work is granted, `time_limit` if None. A caller who spent some of its own
        limit before the call passes the whole of it here, for how long that took differs from
        run to run, and the assignment must not. ``math.inf`` grants unlimited work.
    seed
        Of every random choice.
    strategy
        ``auto``, or the name of one of `STRATEGIES` for all components of the problem.
    progress
        Called from this thread with the best so far, a few times a second at most. What it raises
        ends the search and is raised here.
    on_improvement
        Called from this thread as ``on_improvement(values, bounds, seconds)`` when an assignment
        is better than the best so far or more is proven, ten times a second at most, and for the
        last time with the values and bounds of the result. A bound holds among the assignments
        that are no worse than `values` in the tiers before: so it may fall again when an earlier
        tier is improved at the cost of one in between. Where a tier has slack, its value may rise
        by that again. When it raises an exception there is a `RuntimeWarning`, it is not called
        again, and the search goes on.
    on_standing
        Called from this thread as ``on_standing(assignment, bounds)`` with the best assignment so
        far, ten times a second at most, for who must have one whatever becomes of the search.
    stop
        Asked from this thread about ten times a second whether to return the best so far.
    handle_signals
        Have SIGINT and SIGTERM do the same, while this runs, unless they are ignored. In the
        main thread only.
    workers
        How many components of the problem are solved at once; by default up to four.
    executor
        Where the components are solved, instead of a pool of threads of its own. Without one, and
        within `SolverProcesses`, all of the search runs in another process.
    begin
        Shape (units,): an assignment that an earlier solve of the same arrays came to, to begin
        from. By default one is built.
    parameters
        What tunes the search: see `caseload_balancer.engine.parameters`.

    Returns
    -------
    Result
        Never worse than the start.

    Raises
    ------
    ValueError
        When there is no such strategy.
    VerificationError
        When the result is not feasible: a defect, never returned.
    """
    processes = processes_in_use()
    in_vain = stop is not None and stop()  # then no process is started that nobody waits for
    if processes is not None and executor is None and (in_vain or processes.warm_up()):
        return processes.solve(
            arrays,
            time_limit=time_limit,
            granted=granted,
            seed=seed,
            strategy=strategy,
            progress=progress,
            on_improvement=on_improvement,
            on_standing=on_standing,
            stop=stop,
            handle_signals=handle_signals,
            workers=workers,
            begin=begin,
            parameters=parameters,
        )
    began = time.monotonic()
    from caseload_balancer.engine.component_search import ComponentSearch  # noqa: PLC0415
    from caseload_balancer.engine.strategies.choice import choose  # noqa: PLC0415

    # All of the strategies: a process that has another one search needs none of them.
    choose(arrays, strategy, parameters.exact)  # a wrong name is known before any time is spent
    asked = threading.Event()
    work = WORK_PER_SECOND * (time_limit if granted is None else granted)
    checking = min(_CHECKING_SHARE * time_limit, _SECONDS_AN_ARC * arrays.arcs)
    deadline = Deadline(time_limit - checking, work=work, stop=asked.is_set)
    with stop_requests(asked.set, handle=handle_signals):
        presolved = presolve(arrays)
        given = presolved.left.problem.start

        def stopping() -> bool:
            if stop is not None and stop():
                asked.set()
            return asked.is_set()

        presolved = begun(presolved, work=work, stop=stopping, begin=begin, parameters=parameters)
        deadline.spend(min(_BEGINNING_SHARE * work, _WORK_AN_ARC * arrays.arcs))
        components = split(presolved.left.problem)
        phase = Phase(
            "presolve", time.monotonic() - began, _presolve_note(arrays, presolved, len(components))
        )
        board = Scoreboard(
            presolved.left,
            components,
            progress=progress,
            on_improvement=on_improvement,
            on_standing=None
            if on_standing is None
            else lambda inner, bounds: on_standing(presolved.lift(inner), bounds),
            began=began,
            ends=began + time_limit,
        )

        def poll() -> None:
            stopping()
            board.show(f"solving {len(components)} part{'' if len(components) == 1 else 's'}")

        results = ComponentSearch(
            _jobs(presolved, components, given, seed, strategy, parameters),
            deadline,
            executor=executor,
            workers=workers or _workers_for(len(components), parameters.components.at_once),
            parameters=parameters.components,
            reports=[board.reporter(number) for number in range(len(components))],
            poll=poll,
        ).solve()
    result = _assembled(arrays, presolved, components, results, phase)
    if deadline.failures:
        result = _telling_failures(result, deadline.failures)
    board.close(result)
    return result


def _telling_failures(result: Result, failures: tuple[str, ...]) -> Result:
    """Return the result with a phase that tells what failed, and warn of it."""
    warnings.warn(
        f"some of the search failed, and the plan goes on without that: {'; '.join(failures)}",
        RuntimeWarning,
        stacklevel=3,
    )
    return replace(result, phases=result.phases + phases_of_failures(failures))


def _workers_for(components: int, at_once: int) -> int:
    """Return how many components to solve at once: few share the time best side by side."""
    cores = min(at_once, os.cpu_count() or 1)
    return components if components <= at_once else cores


def _presolve_note(arrays: Arrays, presolved: Presolved, components: int) -> str:
    plural = "" if components == 1 else "s"
    return (
        f"{presolved.fixed} of {arrays.units} units have one option; {presolved.arcs} of "
        f"{arrays.arcs} arcs are gone; {components} independent part{plural} left"
    )


def _jobs(
    presolved: Presolved,
    components: Sequence[Restriction],
    given: Ints,
    seed: int,
    strategy: str,
    parameters: Parameters,
) -> list[ComponentJob]:
    from caseload_balancer.engine.component_jobs import ComponentJob  # noqa: PLC0415 - as in `solve`

    return [
        ComponentJob(
            arrays=component.problem,
            constant=presolved.left.constant,
            given=component.cut(given),
            seed=seed,
            strategy=strategy,
            name=f"part {number}",
            parameters=parameters,
        )
        for number, component in enumerate(components, start=1)
    ]


def _assembled(
    arrays: Arrays,
    presolved: Presolved,
    components: Sequence[Restriction],
    results: Sequence[Result],
    phase: Phase,
) -> Result:
    """Put the components together again, exactly."""
    inner = presolved.left.problem
    assignment = inner.start
    for component, result in zip(components, results, strict=True):
        assignment = component.lift(result.assignment, assignment)
    assignment = presolved.lift(assignment)
    broken = broken_limits(arrays, assignment)
    if broken:
        raise VerificationError("; ".join(broken[:5]))
    constant = np.array(presolved.left.constant, object)
    settled = sum((np.array(result.settled, object) for result in results), constant)
    least = least_of_tiers(inner)
    bounds = constant + np.array(joined(results, least), object)
    proven = bool((settled == bounds).all())
    return Result(
        assignment=assignment,
        values=values(arrays, assignment),
        bounds=tuple(bounds.tolist()),
        stop_reason="proven" if proven else _first_reason(results),
        phases=(phase, *(one for result in results for one in result.phases)),
        settled=tuple(settled.tolist()),
        canonical=all(result.canonical for result in results),
        reproducible=all(result.reproducible for result in results),
    )


def _first_reason(results: Sequence[Result]) -> StopReason:
    """Return the most pressing reason for which some component was left unproven."""
    reasons = {result.stop_reason for result in results}
    pressing: tuple[StopReason, ...] = ("interrupted", "failed", "time limit")
    return next((reason for reason in pressing if reason in reasons), "work limit")
