"""Searches in processes of their own, which may crash, hang or be killed: the plan is elsewhere.

The process gets whole numbers only, and sends back every better assignment at once. Each is
checked here before it counts. When a process dies another goes on from the best assignment; when
that dies too, the best assignment is the answer.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Final, Self

from caseload_balancer.arrays import Arrays, Ints
from caseload_balancer.engine.deadlines import WORK_PER_SECOND
from caseload_balancer.engine.first_assignments import first_assignment
from caseload_balancer.engine.parameters import Parameters
from caseload_balancer.engine.results import (
    ImprovementCallback,
    ProgressCallback,
    Result,
    StandingCallback,
)
from caseload_balancer.engine.signals import stop_requests
from caseload_balancer.engine.solver_process import SolverProcess, start_process
from caseload_balancer.engine.told_results import ToldResults

_LOOK_SECONDS: Final = 0.02
_open: Final[list[SolverProcesses]] = []


def processes_in_use() -> SolverProcesses | None:
    """Return those that were opened last in this process, or None."""
    return _open[-1] if _open and _open[-1].mine else None


def make_ready(searches: int) -> None:
    """Have processes started for so many searches at once, where searches run in processes.

    No more than there are cores.
    """
    processes = processes_in_use()
    if processes is not None:
        processes.warm_up(min(searches, os.cpu_count() or 1))


class SolverProcesses:
    """While it is open, every `solve` of this process runs in another one.

    That holds for all of its threads: a search that another thread has begun by the time this is
    closed goes on in its process, which ends with it.

    Parameters
    ----------
    command
        Starts such a process; by default this Python with what it has on its path.
    ready
        A process that was started before, if any.
    attempts
        How many processes may die of one search.
    """

    def __init__(
        self,
        command: Sequence[str] | None = None,
        *,
        ready: SolverProcess | None = None,
        attempts: int = 3,
    ) -> None:
        self._command = command
        self._attempts = attempts
        self._owner = os.getpid()
        self._idle: list[SolverProcess] = [] if ready is None else [ready]
        self._all = [*self._idle]
        self._busy: set[SolverProcess] = set()
        self._closed = False
        self._lock = threading.Lock()

    @property
    def mine(self) -> bool:
        """Whether they were opened by this process, not by one that it was forked from."""
        return self._owner == os.getpid()

    def __enter__(self) -> Self:
        self._closed = False
        _open.append(self)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        _open.remove(self)
        self._closed = True
        # A program that ends does not wait: the system clears up after it.
        if kind is not None and not issubclass(kind, Exception):
            for process in self._all:
                process.kill(wait=False)
        else:
            self._end_unused()

    def warm_up(self, searches: int = 1) -> bool:
        """Start processes until so many are idle, and return whether that was possible."""
        with self._lock:
            while len(self._idle) < searches:
                process = start_process(self._command)
                if process is None:
                    return False
                self._all.append(process)
                self._idle.append(process)
            return True

    @contextmanager
    def _in_use(self) -> Iterator[None]:
        """Have what the block leaves end with it, where this was closed meanwhile."""
        try:
            yield
        finally:
            if self._closed:
                self._end_unused()

    def _end_unused(self) -> None:
        with self._lock:
            self._idle.clear()
            unused = [process for process in self._all if process not in self._busy]
        for process in unused:
            process.kill()

    def solve(
        self,
        arrays: Arrays,
        *,
        time_limit: float,
        granted: float | None,
        seed: int,
        strategy: str,
        progress: ProgressCallback | None,
        on_improvement: ImprovementCallback | None,
        on_standing: StandingCallback | None,
        stop: Callable[[], bool] | None,
        handle_signals: bool,
        workers: int | None,
        begin: Ints | None,
        parameters: Parameters,
    ) -> Result:
        """Find the best assignment in a process of its own; see the engine's `solve`."""
        ends = time.monotonic() + time_limit
        asked = threading.Event()
        granted = time_limit if granted is None else granted
        job: dict[str, Any] = {
            "arrays": arrays,
            "granted": granted,
            "strategy": strategy,
            "workers": workers,
            "parameters": parameters,
            "ends": ends,
        }

        def stopped() -> bool:
            if stop is not None and stop():
                asked.set()
            return asked.is_set()

        with self._in_use(), stop_requests(asked.set, handle=handle_signals):
            if not parameters.start_will_do:
                # Here, while the process is still loading: the answer if that says nothing.
                begin = first_assignment(
                    arrays,
                    work=WORK_PER_SECOND * granted,
                    stop=stopped,
                    begin=begin,
                    parameters=parameters,
                )
            first = arrays.start if begin is None else begin
            standing = ToldResults(arrays, first, progress, on_improvement, on_standing)
            for attempt in range(self._attempts):
                if stopped() or (attempt and time.monotonic() >= ends):
                    break
                job |= {"begin": begin, "told": standing.wanted, "seed": seed + attempt}
                self._attempt(job, standing, stopped)
                begin = standing.best
                if standing.result is not None:
                    return standing.result
            late = time.monotonic() >= ends
        if asked.is_set():
            return standing.as_result("interrupted")
        return standing.as_result("time limit" if late else "failed")

    def _attempt(
        self, job: dict[str, Any], standing: ToldResults, stopped: Callable[[], bool]
    ) -> None:
        """Have one process do the job, and keep what it tells, until it ends in any way."""
        process = self._take()
        if process is None:
            standing.fail("no process could be started")
            return
        done = False
        try:
            process.begin(job)
            standing.tell_first()
            while process.is_trusted(job["ends"]):
                if stopped():
                    process.stop()
                message = process.next_message(_LOOK_SECONDS)
                if message is not None and standing.hear(*message):
                    done = standing.result is not None
                    return
            standing.fail(process.fate)
        finally:
            gone = not done and not stopped()  # who stopped it waits for the answer
            if not done:
                process.kill(wait=gone)
            with self._lock:
                self._busy.remove(process)
                if done:
                    self._idle.append(process)
                elif gone:
                    self._all.remove(process)

    def _take(self) -> SolverProcess | None:
        """Return an idle process, started if there is none; None where that is impossible."""
        while self.warm_up():
            with self._lock:
                if self._idle:
                    loaded = [one for one in self._idle if one.has_loaded]
                    process = (loaded or self._idle)[-1]
                    self._idle.remove(process)
                    if process.lives:
                        self._busy.add(process)
                        return process
                    self._all.remove(process)
                    process.kill()
        return None
