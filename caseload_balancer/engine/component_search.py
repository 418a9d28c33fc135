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
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from functools import partial
from typing import Final

from caseload_balancer.arrays import Ints
from caseload_balancer.engine.bounds import combined
from caseload_balancer.engine.component_jobs import (
    ComponentJob,
    as_reported,
    solve_component,
    solve_elsewhere,
    unsolved,
)
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.failures import contained
from caseload_balancer.engine.parameters import ComponentParameters
from caseload_balancer.engine.results import Result, StopReason
from caseload_balancer.engine.strategies.contexts import Report

_POLL_SECONDS: Final = 0.1
"""Between two checks for a request to stop."""
_GRACE_SECONDS: Final = 1.0
_STOP_SECONDS: Final = 0.3
"""How long what should have ended is waited for: after its time, and after a request to stop. A
program that HiGHS solves cannot be stopped."""

_Reported = tuple[Ints, tuple[int, ...]]
"""An assignment, and the bounds of the first tiers."""


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
        self._heard: dict[int, _Reported] = {}
        self._bounded: dict[int, _Reported] = {}
        self._abandoned = False
        self._reason: StopReason | None = None
        """Of the deadline, before what did not end was abandoned."""

    def solve(self) -> list[Result]:
        """Return a result for each component, in order."""
        self._poll()
        pool = self._executor or ThreadPoolExecutor(self._workers, thread_name_prefix="component")
        try:
            for number in itertools.count() if self._unlimited else range(self._parameters.rounds):
                left = self._unproven()
                short = self._deadline.work_left() < self._parameters.least_work
                if not left or short or self._abandoned:
                    break
                if self._deadline.passed():
                    self._cut_short(left, self._deadline.reason() or "time limit")
                    break
                self._round(left, pool, seed_offset=max(0, number + 1 - self._parameters.rounds))
        finally:
            if pool is not self._executor:
                pool.shutdown(wait=not self._abandoned, cancel_futures=True)
        return [self._with_reason(result) for result in self._results]

    @property
    def _unlimited(self) -> bool:
        """Whether the clock alone limits the search."""
        return math.isinf(self._deadline.work_left())

    def _with_reason(self, result: Result) -> Result:
        """Return the result, with the reason of the deadline where that stopped an unproven one."""
        reason = self._reason or self._deadline.reason()
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

    def _cut_short(self, components: Iterable[int], reason: StopReason) -> None:
        """Note of components why their search ended early: it need not in another run."""
        for component in components:
            self._results[component] = replace(
                self._results[component], stop_reason=reason, reproducible=False
            )

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
                submit = partial(
                    pool.submit, self._solve_here, job, component, clock, size, work * size
                )
            else:
                seconds = self._deadline.remaining()
                submit = partial(pool.submit, solve_elsewhere, job, seconds, work * size)
            future = contained(submit, None, what="a part", deadline=self._deadline)
            if future is None:
                self._cut_short([component], "failed")
            else:
                running[future] = component
        self._abandoned = not running
        self._await(running)

    def _solve_here(
        self, job: ComponentJob, component: int, clock: _Clock | None, size: int, work: float
    ) -> tuple[Result, float]:
        seconds = math.inf if clock is None else clock.share(size)
        deadline = self._deadline.lane(work, seconds=seconds)
        return solve_component(job, deadline, self._reporter(component)), deadline.spent()

    def _reporter(self, component: int) -> Report:
        def report(assignment: Ints, bounds: tuple[int, ...]) -> None:
            self._heard[component] = assignment, bounds
            most = self._bounded.get(component)
            if most is None or len(bounds) >= len(most[1]):
                self._bounded[component] = assignment, bounds
            self._reports[component](assignment, bounds)

        return report

    def _await(self, running: dict[Future[tuple[Result, float]], int]) -> None:
        pending = set(running)
        try:
            while pending:
                done, pending = wait(pending, timeout=_POLL_SECONDS, return_when=FIRST_COMPLETED)
                for future in sorted(done, key=running.__getitem__):
                    component = running[future]
                    outcome = contained(future.result, None, what="a part", deadline=self._deadline)
                    self._take(component, *(outcome or (self._as_heard(component, "failed"), 0.0)))
                self._poll()
                self._deadline.enforce()
                if self._deadline.stopped() and not self._threads:
                    self._cut_short((running[future] for future in pending), "interrupted")
                    break
                if self._is_overdue():
                    self._abandon([running[future] for future in pending])
                    break
        finally:
            self._stop_running(pending)

    def _is_overdue(self) -> bool:
        """Return whether what still runs is waited for no longer."""
        grace = _STOP_SECONDS if self._deadline.stopped() else _GRACE_SECONDS
        return self._deadline.overdue() > grace

    def _abandon(self, components: Sequence[int]) -> None:
        """Go on without what does not end: whatever it finds now comes too late."""
        self._abandoned, self._reason = True, self._deadline.reason()
        self._deadline.end()
        for component in components:
            self._take(component, self._as_heard(component, self._reason or "time limit"), 0.0)

    def _as_heard(self, component: int, reason: StopReason) -> Result:
        """Return what was reported of a component whose search has no result."""
        job, earlier = self._jobs[component], self._results[component]
        bounded, heard = (
            as_reported(job, earlier, reported.get(component), reason)
            for reported in (self._bounded, self._heard)
        )
        return combined(bounded, heard)

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
            if self._is_overdue():
                self._abandoned = True
                break
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
