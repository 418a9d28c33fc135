"""Searches of a round side by side, until the time is up or somebody asks to stop."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

from caseload_balancer.engine import Parameters, Result, solve, stop_requests
from caseload_balancer.insight.frontier.tasks import Question

_LOOK_SECONDS: Final = 0.1
_WORKERS_AT_MOST: Final = 4
_SLOWER_AT_MOST: Final = 120.0
"""How many times its seconds a search may take before the clock ends it."""


@contextmanager
def running(
    executor: Executor | None,
    *,
    seconds: float,
    seed: int,
    stop: Callable[[], bool] | None,
    handle_signals: bool,
) -> Iterator[Runner]:
    """Run searches in threads, or in an executor of the caller's.

    Parameters
    ----------
    executor
        The caller's; None for threads made here.
    seconds
        For all searches together, from now on.
    seed
        Of each search.
    stop, handle_signals
        As for `allocate`.
    """
    pool = executor or ThreadPoolExecutor(min(_WORKERS_AT_MOST, os.cpu_count() or 1))
    asked = threading.Event()
    try:
        with stop_requests(asked.set, handle=handle_signals):
            yield Runner(pool, seconds=seconds, seed=seed, stop=stop, asked=asked)
    finally:
        if pool is not executor:
            pool.shutdown(cancel_futures=True)


class Runner:
    """Runs searches in a pool; made by `running`."""

    def __init__(
        self,
        pool: Executor,
        *,
        seconds: float,
        seed: int,
        stop: Callable[[], bool] | None,
        asked: threading.Event,
    ) -> None:
        self._pool = pool
        self._threads = isinstance(pool, ThreadPoolExecutor)
        self._began = time.monotonic()
        self._limit = seconds
        self._seed = seed
        self._stop = stop
        self._asked = asked
        self._ended = threading.Event()

    @property
    def seconds(self) -> float:
        """Seconds since it was made."""
        return time.monotonic() - self._began

    @property
    def interrupted(self) -> bool:
        """Whether somebody asked to stop."""
        if self._stop is not None and self._stop():
            self._asked.set()
        return self._asked.is_set()

    @property
    def over(self) -> bool:
        """Whether nothing more is to be searched."""
        return self.interrupted or self.seconds > self._limit

    def solve(self, questions: Sequence[Question]) -> list[Result | None]:
        """Answer some questions; None for those there was no time for."""
        left = max(0.0, self._limit - self.seconds)
        solver = _Solver(self._seed, left, self._ended.is_set if self._threads else None)
        running = [self._pool.submit(solver, question) for question in questions]
        pending = set(running)
        while pending:
            _, pending = wait(pending, timeout=_LOOK_SECONDS, return_when=FIRST_COMPLETED)
            if self.over:
                self._ended.set()
                for future in pending:
                    future.cancel()
                if not self._threads:
                    break
        done = (future.done() and not future.cancelled() for future in running)
        return [
            future.result() if there else None for future, there in zip(running, done, strict=True)
        ]


@dataclass(frozen=True)
class _Solver:
    """One search; without a `stop` to ask it can be sent to another process."""

    seed: int
    left: float
    stop: Callable[[], bool] | None = None

    def __call__(self, question: Question) -> Result:
        # The seconds grant work, the same on a slow machine, so that the plan is the same.
        return solve(
            question.arrays,
            time_limit=min(self.left, _SLOWER_AT_MOST * question.seconds),
            granted=question.seconds,
            seed=self.seed,
            stop=self.stop,
            workers=1,
            begin=question.arrays.start if question.begun else None,
            parameters=_parameters(question),
        )


def _parameters(question: Question) -> Parameters:
    """Return how a question is searched: as far as it asks for, with no choice among equals."""
    usual = Parameters()
    return replace(
        usual,
        gaps=question.gaps,
        start_will_do=True,
        components=replace(usual.components, rounds=question.rounds, least_work=0.0),
        ties=replace(usual.ties, arcs=1),
    )
