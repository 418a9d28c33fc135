"""Solve the components of a problem side by side, with the same answer however many run at once.

Each component gets its share of the work in advance, by size. Work that proven components leave
unused goes to the others in a second round, again by size. The time is not shared: the more urgent
components begin first, and where the clock ends the search early the others keep what they have.
Only where the clock alone limits the search, it is shared as well; rounds then go on until the time
is up, each with another seed.
"""

from __future__ import annotations

import itertools
import math
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from typing import Final

from caseload_balancer.arrays import Arrays, Ints
from caseload_balancer.arrays.evaluation import values
from caseload_balancer.arrays.least_costs import least_of_options
from caseload_balancer.engine.bounds import combined
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.parameters import ComponentParameters, Parameters
from caseload_balancer.engine.results import Phase, Result
from caseload_balancer.engine.strategies.choice import choose
from caseload_balancer.engine.strategies.contexts import Context, Report

_POLL_SECONDS: Final = 0.1
"""Between two checks for a request to stop."""


@dataclass(frozen=True, eq=False, kw_only=True)
class ComponentJob:
    """One component to solve.

    Parameters
    ----------
    arrays
        The component.
    constant, given
        See `Context`.
    seed
        See `Context`.
    strategy
        Its name, or ``auto``.
    name
        Of the component, in the phases.
    parameters
        Of the search.
    """

    arrays: Arrays
    constant: tuple[int, ...]
    given: Ints
    seed: int
    strategy: str
    name: str
    parameters: Parameters


def unsolved(job: ComponentJob) -> Result:
    """Return the start of a component, with the bounds that need no search."""
    arrays = job.arrays
    start = values(arrays, arrays.start)
    return Result(
        assignment=arrays.start,
        values=start,
        bounds=tuple(least_of_options(arrays, tier) for tier in range(arrays.tiers)),
        stop_reason="time limit",
        settled=start,
    )


def solve_component(job: ComponentJob, deadline: Deadline, report: Report) -> Result:
    """Solve one component with the strategy that suits it."""
    strategy, why = choose(job.arrays, job.strategy, job.parameters.exact)
    began = time.monotonic()
    context = Context(
        deadline=deadline,
        seed=job.seed,
        constant=job.constant,
        given=job.given,
        report=report,
        parameters=job.parameters,
    )
    result = strategy(job.arrays, context)
    chosen = Phase(job.name, time.monotonic() - began, why)
    phases = (replace(phase, name=f"{job.name}, {phase.name}") for phase in result.phases)
    return replace(
        result,
        phases=(chosen, *phases),
        settled=result.settled or result.values,
        reproducible=result.canonical or not deadline.struck,
    )


def _solve_elsewhere(job: ComponentJob, seconds: float, work: float) -> tuple[Result, float]:
    """Solve one component in another process, where no request to stop arrives."""
    deadline = Deadline(seconds, work=work)
    return solve_component(job, deadline, lambda _assignment, _bounds: None), deadline.spent()


class ComponentSearch:
    """The components of a problem and where they are solved.

    Parameters
    ----------
    jobs
        The components.
    deadline
        For all of them together.
    executor
        Where they run; without one, in a pool of threads of their own. A request to stop does not
        reach a component that runs in another process: its last result is used instead.
    workers
        How many run at once in the pool of their own.
    parameters
        Of the search over components.
    reports
        One for each component, called with better assignments and bounds.
    poll
        Called from the calling thread a few times a second.
    """

    def __init__(
        self,
        jobs: Sequence[ComponentJob],
        deadline: Deadline,
        *,
        executor: Executor | None,
        workers: int,
        parameters: ComponentParameters,
        reports: Sequence[Report],
        poll: Callable[[], None],
    ) -> None:
        self._jobs = jobs
        self._deadline = deadline
        self._executor = executor
        self._threads = executor is None or isinstance(executor, ThreadPoolExecutor)
        self._workers = max(1, workers)
        self._parameters = parameters
        self._reports = reports
        self._poll = poll
        self._results = [unsolved(job) for job in jobs]

    def solve(self) -> list[Result]:
        """Return a result for each component, in order."""
        pool = self._executor or ThreadPoolExecutor(self._workers, thread_name_prefix="component")
        try:
            for number in itertools.count() if self._unlimited else range(self._parameters.rounds):
                left = self._unproven()
                if not left or self._deadline.work_left() < self._parameters.least_work:
                    break
                if self._deadline.passed():
                    self._cut_short(left)
                    break
                self._round(left, pool, seed_offset=max(0, number + 1 - self._parameters.rounds))
        finally:
            if pool is not self._executor:
                pool.shutdown(cancel_futures=True)
        return [self._with_reason(result) for result in self._results]

    @property
    def _unlimited(self) -> bool:
        """Whether the clock alone limits the search."""
        return math.isinf(self._deadline.work_left())

    def _with_reason(self, result: Result) -> Result:
        """Return the result, with the reason of the deadline where that stopped an unproven one."""
        reason = self._deadline.reason()
        if all(result.proven) or reason is None:
            return result
        if reason == "interrupted" or self._unlimited:
            return replace(result, stop_reason=reason)
        return result

    def _unproven(self) -> list[int]:
        """Return the components that are not proven, those furthest from it in early tiers first.

        What must not happen counts in early tiers, so the clock should not end the search before
        these were looked at everywhere.
        """
        left = [component for component, one in enumerate(self._results) if not all(one.proven)]

        def gaps(component: int) -> tuple[int, ...]:
            one = self._results[component]
            pairs = zip(one.settled[:-1], one.bounds[:-1], strict=True)
            return tuple(bound - value for value, bound in pairs)

        return sorted(left, key=gaps)

    def _cut_short(self, components: Iterable[int]) -> None:
        """Note of components that the clock ended their search."""
        for component in components:
            self._results[component] = replace(self._results[component], reproducible=False)

    def _round(self, left: Sequence[int], pool: Executor, *, seed_offset: int) -> None:
        """Give each component its share, and wait for all of them.

        Parameters
        ----------
        seed_offset
            Added to the seeds, so that the same search is not made again.
        """
        sizes = [self._jobs[component].arrays.arcs for component in left]
        clock = _Clock(self._deadline, sum(sizes), self._workers) if self._unlimited else None
        work = self._deadline.work_left() / sum(sizes)
        running: dict[Future[tuple[Result, float]], int] = {}
        for component, size in zip(left, sizes, strict=True):
            job = self._jobs[component]
            begin = replace(job.arrays, start=self._results[component].assignment)
            job = replace(job, arrays=begin, seed=job.seed + seed_offset)
            if self._threads:
                future = pool.submit(self._solve_here, job, component, clock, size, work * size)
            else:
                seconds = self._deadline.remaining()
                future = pool.submit(_solve_elsewhere, job, seconds, work * size)
            running[future] = component
        self._await(running)

    def _solve_here(
        self, job: ComponentJob, component: int, clock: _Clock | None, size: int, work: float
    ) -> tuple[Result, float]:
        seconds = math.inf if clock is None else clock.share(size)
        deadline = self._deadline.lane(work, seconds=seconds)
        return solve_component(job, deadline, self._reports[component]), deadline.spent()

    def _await(self, running: dict[Future[tuple[Result, float]], int]) -> None:
        pending = set(running)
        try:
            while pending:
                done, pending = wait(pending, timeout=_POLL_SECONDS, return_when=FIRST_COMPLETED)
                for future in sorted(done, key=running.__getitem__):
                    self._take(running[future], *future.result())
                self._poll()
                self._deadline.enforce()
                if self._deadline.stopped() and not self._threads:
                    self._cut_short(running[future] for future in pending)
                    break
        finally:
            self._stop_running(pending)

    def _take(self, component: int, result: Result, spent: float) -> None:
        self._deadline.spend(spent)
        earlier = self._results[component]
        better = combined(earlier, result)
        changed = (better.settled, better.bounds) != (earlier.settled, earlier.bounds)
        if self._unlimited and earlier.phases and not changed:  # there can be very many rounds
            better = replace(better, phases=earlier.phases)
        self._results[component] = better
        self._reports[component](better.assignment, better.bounds)

    def _stop_running(self, pending: set[Future[tuple[Result, float]]]) -> None:
        """End at once what still runs: an error or Ctrl-C is being raised."""
        for future in pending:
            future.cancel()
        while self._threads and pending:
            self._deadline.end()
            self._deadline.enforce()
            _, pending = wait(pending, timeout=_POLL_SECONDS)


class _Clock:
    """Shares out the seconds left among the components, as each begins."""

    def __init__(self, deadline: Deadline, size: int, lanes: int) -> None:
        self._deadline = deadline
        self._size = size
        self._lanes = lanes
        self._lock = threading.Lock()

    def share(self, size: int) -> float:
        """Return the seconds for a component of that size, whose search begins now."""
        with self._lock:
            left = self._size
            self._size -= size
        return self._deadline.remaining() * min(1.0, self._lanes * size / left)
