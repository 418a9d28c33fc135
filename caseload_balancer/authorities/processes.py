"""Processes of our own that plan an authority at a time each; one that dies costs its task alone.

A pool of `concurrent.futures` is broken as a whole when one of its processes dies, and everything
that waits in it with it. Here each process has one task at a time, so it is known which one it was.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import IO, Any, Final

_ONE_THREAD: Final = dict.fromkeys(
    (
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "MKL_NUM_THREADS",
        "VECLIB_MAXIMUM_THREADS",
        "NUMEXPR_NUM_THREADS",
    ),
    "1",
)
"""Read by libraries when they are loaded: more threads than cores would take turns, and memory."""
_FLAGS: Final[int] = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0) | getattr(
    subprocess, "CREATE_NO_WINDOW", 0
)


class ProcessDiedError(BrokenProcessPool):
    """The process ended before its task did."""


class TaskProcesses(Executor):
    """So many processes, each with one task at a time and one thread for linear algebra.

    Parameters
    ----------
    count
        How many.
    """

    def __init__(self, count: int) -> None:
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="task")
        self._own = threading.local()
        self._all: list[_TaskProcess] = []
        self._lock = threading.Lock()
        self._closed = False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have the next process that is free call a function of a module.

        The future raises `ProcessDiedError` when the process ends before the function does.
        """
        return self._threads.submit(self._call, fn, args, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as Executor has it
        """End the processes: after what they do, or at once where nobody is to wait."""
        if not wait:
            self._kill_all()
        self._threads.shutdown(wait=True, cancel_futures=cancel_futures)
        for process in self._kill_all():
            process.close()

    def _kill_all(self) -> list[_TaskProcess]:
        with self._lock:
            self._closed = True
            for process in self._all:
                process.kill()
            return self._all

    def _call(self, fn: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        process: _TaskProcess | None = getattr(self._own, "process", None)
        if process is None:
            with self._lock:
                if self._closed:
                    raise ProcessDiedError("the run was ended")
                process = self._own.process = _TaskProcess()
                self._all.append(process)
        try:
            return process.call(fn, args, kwargs)
        except ProcessDiedError:
            self._own.process = None
            process.kill()
            process.close()
            raise


class _TaskProcess:
    def __init__(self) -> None:
        script = (
            f"import sys; sys.path[:] = {sys.path!r}; "
            "from caseload_balancer.authorities.processes import serve; serve()"
        )
        self._process = subprocess.Popen(  # noqa: S603 - our own Python and our own module
            [sys.executable, "-c", script],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **_ONE_THREAD},
            start_new_session=True,  # Ctrl-C is for the one who started it
            creationflags=_FLAGS,
        )

    def call(self, fn: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        """Have the process call a function, and return or raise what that does."""
        sends, hears = self._process.stdin, self._process.stdout
        if sends is None or hears is None:
            raise ProcessDiedError("there is no way to it")
        try:
            pickle.dump((fn, args, kwargs), sends)
            sends.flush()
            error, value = pickle.load(hears)  # noqa: S301 - from our own process
        except (OSError, EOFError, ValueError, pickle.UnpicklingError):
            raise ProcessDiedError(self._fate()) from None
        if error is not None:
            raise error
        return value

    def kill(self) -> None:
        """End it at once; a call of it under way raises."""
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """Close the ways to it, which no other thread may be using any more."""
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if stream is not None:
                    stream.close()

    def _fate(self) -> str:
        try:
            code = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            return "it said nothing that can be understood"
        if code < 0:
            with suppress(ValueError):
                return f"ended by {signal.Signals(-code).name}"
        return f"ended with {code}"


def serve() -> None:
    """Do one task after another until nobody sends any: what a process of this kind runs."""
    hears: IO[bytes] = os.fdopen(os.dup(0), "rb")
    says: IO[bytes] = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not come between the answers
    while True:
        try:
            fn, args, kwargs = pickle.load(hears)  # noqa: S301 - from the one who started it
        except EOFError:
            return
        answer: tuple[Exception | None, Any]
        try:
            answer = (None, fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - it is raised where it was asked for
            answer = (error, None)
        try:
            pickle.dump(answer, says)
            says.flush()
        except BrokenPipeError:
            return
