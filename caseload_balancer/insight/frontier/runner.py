"""Searches of a round side by side, until the time is up or somebody asks to stop."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

from caseload_balancer.engine import Parameters, Result, solve, stop_requests
from caseload_balancer.insight.frontier.tasks import Chain, Found, Question

_LOOK_SECONDS: Final = 0.1
_WORKERS_AT_MOST: Final = 4
_AHEAD_AT_MOST: Final = 2
"""Searches side by side up to which one is made ahead of its time: as many as two cores do."""
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
    workers = min(_WORKERS_AT_MOST, os.cpu_count() or 1)
    pool = executor or ThreadPoolExecutor(workers)
    ahead = min(workers, _AHEAD_AT_MOST) if executor is None else 0
    asked = threading.Event()
    runner = Runner(pool, seconds=seconds, seed=seed, stop=stop, asked=asked, ahead=ahead)
    try:
        with stop_requests(asked.set, handle=handle_signals):
            yield runner
    finally:
        runner.end()
        if pool is not executor:
            pool.shutdown(cancel_futures=True)


class Runner:
    """Runs searches in a pool; made by `running`.

    Attributes
    ----------
    by_clock, failed
        Whether the clock ended a search whose result was asked for; whether one failed.
    """

    def __init__(
        self,
        pool: Executor,
        *,
        seconds: float,
        seed: int,
        stop: Callable[[], bool] | None,
        asked: threading.Event,
        ahead: int,
    ) -> None:
        self._pool = pool
        self._threads = isinstance(pool, ThreadPoolExecutor)
        self._began = time.monotonic()
        self._limit = seconds
        self._seed = seed
        self._stop = stop
        self._asked = asked
        self._ended = threading.Event()
        self._at_once = ahead
        self._ahead: dict[bytes, Future[Result]] = {}
        self.by_clock = False
        self.failed = False

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

    def end(self) -> None:
        """End what is still searched."""
        self._ended.set()

    def solve(
        self, questions: Sequence[Question], guesses: Iterable[Question] = ()
    ) -> list[Result | None]:
        """Answer some questions; None for those there was no time for.

        Parameters
        ----------
        guesses
            What may be asked later, looked at where a core would have nothing to do. An answer is
            taken only where just that is asked, so guesses change nothing but the time it takes.
        """
        running = [self._submit(question) for question in questions]
        pending = set(running)
        guessed = iter(guesses)
        while pending:
            beside = self._look_ahead(pending, guessed)
            wait(pending | beside, timeout=_LOOK_SECONDS, return_when=FIRST_COMPLETED)
            pending = {future for future in pending if not future.done()}
            if self._cut_short(pending):
                break
        return [self._result(future) for future in running]

    def follow(self, chains: Sequence[Chain[Found]]) -> list[Found]:
        """Answer the questions of chains side by side, in each one after the other."""
        answers: dict[int, Found] = {}
        running: list[tuple[Future[Result], int]] = []

        def go_on(number: int, result: Result | None, *, first: bool = False) -> None:
            try:
                question = next(chains[number]) if first else chains[number].send(result)
                while self.over:
                    self.by_clock = True
                    question = chains[number].send(None)
            except StopIteration as ended:
                answers[number] = ended.value
            else:
                running.append((self._submit(question), number))

        for number in range(len(chains)):
            go_on(number, None, first=True)
        while running:
            futures = {future for future, _ in running}
            wait(futures, timeout=_LOOK_SECONDS, return_when=FIRST_COMPLETED)
            cut = self._cut_short({future for future in futures if not future.done()})
            ended = [one for one in running if cut or one[0].done()]
            running = [one for one in running if one not in ended]
            for future, number in ended:
                go_on(number, self._result(future))
        return [answers[number] for number in range(len(chains))]

    def peek(self, question: Question) -> Result | None:
        """Return the answer to a question where it was found ahead of its time."""
        future = self._ahead.get(question.key)
        if future is None or not _has_result(future) or future.exception() is not None:
            return None
        return future.result()

    def _submit(self, question: Question) -> Future[Result]:
        known = self._ahead.get(question.key) if self._ahead else None
        if known is not None and not known.cancelled():
            return known
        left = max(0.0, self._limit - self.seconds)
        solver = _Solver(self._seed, left, self._ended.is_set if self._threads else None)
        return self._pool.submit(solver, question)

    def _look_ahead(
        self, pending: set[Future[Result]], guesses: Iterator[Question]
    ) -> set[Future[Result]]:
        """Begin with guesses where cores are idle, and return what is searched besides."""
        while True:
            beside = {one for one in self._ahead.values() if not one.done()} - pending
            if len(pending) + len(beside) >= self._at_once or self.over:
                return beside
            guess = next(guesses, None)
            if guess is None:
                return beside
            if guess.key not in self._ahead:
                self._ahead[guess.key] = self._submit(guess)

    def _cut_short(self, pending: set[Future[Result]]) -> bool:
        """End what is pending if nothing more is to be searched; return whether to wait no more."""
        if not self.over:
            return False
        self._ended.set()
        for future in pending:
            future.cancel()
        return not self._threads

    def _result(self, future: Future[Result]) -> Result | None:
        result = future.result() if _has_result(future) else None
        self.by_clock |= result is None or not result.reproducible
        self.failed |= result is not None and result.failed
        return result


def _has_result(future: Future[Result]) -> bool:
    return future.done() and not future.cancelled()


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
        ties=replace(usual.ties, arcs=1, arcs_of_limits=0),
    )
