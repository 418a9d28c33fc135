"""One solver's process, as the one who started it sees it."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from enum import Enum, auto
from typing import Any, Final

from caseload_balancer.engine.solver_messages import read_message, write_message

_START_SECONDS: Final = 20.0
"""Within which a process has loaded the engine, on a very busy machine."""
_LATE_SECONDS: Final = 1.5
"""How long after its time an answer is waited for."""
_STOP_SECONDS: Final = 0.03
"""How long after a request to stop; what it found a moment before is here already."""
_MEMORY_SHARE: Final = 0.75
"""Of the machine's memory, what a process may take."""
_FLAGS: Final[int] = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0) | getattr(
    subprocess, "CREATE_NO_WINDOW", 0
)
"""On Windows: no window of its own, and no Ctrl-C, which is for the one who started it."""
_ONE_THREAD: Final = dict.fromkeys(
    ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)
"""Read by numpy's linear algebra when it is loaded. The systems of equations behind Gomory cuts are
small: a second thread did nothing for them but wait, and took a third of all processor time. With
one, results do not depend on the number of cores either. Who sets these keeps what was set."""


class _Request(Enum):
    """What is asked of a process besides a job."""

    STOP = auto()
    CLOSE = auto()


def start_process(command: Sequence[str] | None = None) -> SolverProcess | None:
    """Start a process; None where that is impossible.

    Parameters
    ----------
    command
        Starts it; by default this Python with what it has on its path.
    """
    try:
        return SolverProcess(command or _command())
    except OSError:
        return None


def _command() -> Sequence[str]:
    script = (
        f"import sys; sys.path[:] = {sys.path!r}; "
        f"from caseload_balancer.engine.solver_child import main; main({_memory()!r})"
    )
    return [sys.executable, "-c", script]


def _memory() -> int | None:
    """Return how many bytes a process may take of the machine's, None where nobody knows."""
    try:
        pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return None
    return int(_MEMORY_SHARE * pages * size) if pages > 0 else None


class SolverProcess:
    """A process that searches, and what it said.

    Parameters
    ----------
    command
        Starts it.

    Raises
    ------
    OSError
        When it cannot be started.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own Python and our own module
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_ONE_THREAD | os.environ,
            start_new_session=True,  # Ctrl-C is for the one who started it
            creationflags=_FLAGS,
        )
        self._requests: queue.SimpleQueue[dict[str, Any] | _Request] = queue.SimpleQueue()
        self._messages: queue.SimpleQueue[tuple[Any, ...] | None] = queue.SimpleQueue()
        self._began = time.monotonic()
        self._loaded: float | None = None
        self._stopped: float | None = None
        self._over = False
        self.fate = ""
        """Why it is not waited for any more."""
        # Each thread alone touches its stream, and closes it: to close one that another thread
        # writes to is to wait for that thread, which may hang, or to break its memory.
        for serve in (self._send, self._listen):
            threading.Thread(target=serve, daemon=True).start()

    @property
    def lives(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    @property
    def has_loaded(self) -> bool:
        """Whether it can begin at once."""
        return self._loaded is not None

    def begin(self, job: dict[str, Any]) -> None:
        """Have it do a job."""
        self._began, self._stopped = time.monotonic(), None
        self._requests.put(job)

    def stop(self) -> None:
        """Ask it, once, to return the best so far."""
        if self._stopped is None:
            self._stopped = time.monotonic()
            self._requests.put(_Request.STOP)

    def is_trusted(self, ends: float) -> bool:
        """Return whether it may still answer a job that ends at that time."""
        now = time.monotonic()
        if self._over:
            code = self._process.poll()
            self.fate = "its process died" if code is None else f"its process died with {code}"
        elif self._stopped is not None and now > self._stopped + _STOP_SECONDS:
            self.fate = "it did not stop"
        elif self._loaded is None and now > self._began + _START_SECONDS:
            self.fate = "it did not start"
        elif (
            self._loaded is not None and now > max(ends, self._began, self._loaded) + _LATE_SECONDS
        ):
            self.fate = "it did not end"
        else:
            return True
        return False

    def next_message(self, patience: float) -> tuple[Any, ...] | None:
        """Return what it says next within so many seconds, None where it says nothing."""
        try:
            message = self._messages.get(timeout=patience)
        except queue.Empty:
            return None
        if message is None:
            self._over = True
        return message

    def kill(self, *, wait: bool = True) -> None:
        """End it at once, and clear up after it unless nobody is to wait for that."""
        self._process.kill()
        self._requests.put(_Request.CLOSE)
        if wait:
            self._process.wait()

    def _send(self) -> None:
        """Send what is asked, in a thread of its own: the process may hang and never read it."""
        stream = self._process.stdin
        if stream is None:
            return
        with contextlib.suppress(OSError), stream:  # its end is told by the other stream
            while (request := self._requests.get()) is not _Request.CLOSE:
                write_message(stream, None if request is _Request.STOP else request)

    def _listen(self) -> None:
        stream = self._process.stdout
        if stream is None:
            return
        try:
            with stream:
                while True:
                    message = read_message(stream)
                    if message[0] == "loaded":
                        self._loaded = self._loaded or time.monotonic()
                    else:
                        self._messages.put(message)
        except Exception:  # noqa: BLE001 - a torn message is the last of a process that died
            self._messages.put(None)
