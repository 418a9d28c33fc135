"""What runs in a solver's process: one search after the other, of whole numbers only.

It gets arrays on its standard input and sends what it finds to its standard output; both are kept
from everybody else in the process, for solvers print where they like. When whoever started it is
gone it ends at once.
"""

from __future__ import annotations

import contextlib
import os
import queue
import sys
import threading
import time
from importlib import import_module
from pathlib import Path
from typing import IO, Any, Final

from caseload_balancer.engine.cpsat.loading import load_cp_sat
from caseload_balancer.engine.solver_messages import read_message, write_message

_ENGINE: Final = (
    "caseload_balancer.engine.solving",
    "caseload_balancer.engine.component_search",
    "caseload_balancer.engine.strategies.choice",
)
_LINEAR_PROGRAMS: Final = "ortools.math_opt.core.python.solver"


def main(memory: int | None = None) -> None:
    """Serve searches until nobody asks any more.

    Parameters
    ----------
    memory
        Bytes that the process may take, where the system can limit that.
    """
    asked, told = _take_streams()
    _be_the_first_to_go(memory)
    child = _Child(told)
    threading.Thread(target=child.listen, args=(asked,), daemon=True).start()
    child.work()


def _take_streams() -> tuple[IO[bytes], IO[bytes]]:
    """Return the two streams, with nothing in their place for whoever prints."""
    asked, told = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return asked, told


def _be_the_first_to_go(memory: int | None) -> None:
    """Have memory run out here rather than where the plan is."""
    with contextlib.suppress(OSError):  # there is such a file on Linux only
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    if memory is not None and sys.platform != "win32":
        import resource  # noqa: PLC0415 - not on every system

        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


def _load(*names: str) -> None:
    for name in names:
        with contextlib.suppress(Exception):  # the search tells what it lacks
            import_module(name)


class _Child:
    """Searches in its main thread, and listens in another.

    Parameters
    ----------
    told
        Where answers go.
    """

    def __init__(self, told: IO[bytes]) -> None:
        self._told = told
        self._jobs: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        self._stop = threading.Event()

    def listen(self, asked: IO[bytes]) -> None:
        """Take in jobs and requests to stop; end the process when nobody is left to ask."""
        try:
            while True:
                job = read_message(asked)
                if job is None:
                    self._stop.set()
                else:
                    self._stop.clear()
                    self._jobs.put(job)
        finally:
            os._exit(0)

    def work(self) -> None:
        """Load what is needed, then do one job after the other."""
        _load(*_ENGINE)
        self._tell("loaded")
        if self._jobs.empty():  # a search loads what it needs
            _load(_LINEAR_PROGRAMS)
            with contextlib.suppress(Exception):  # as above
                load_cp_sat()
        while True:
            self._do(self._jobs.get())

    def _do(self, job: dict[str, Any]) -> None:
        from caseload_balancer.engine.solving import solve  # noqa: PLC0415 - when it is needed

        shown = {name: self._teller(name) for name in job.pop("told")}
        ends: float = job.pop("ends")
        try:
            result = solve(
                **job,
                **shown,
                on_standing=self._teller("standing"),
                time_limit=max(0.0, ends - time.monotonic()),
                stop=self._stop.is_set,
            )
        except ValueError as error:
            self._tell("refused", str(error))
        except Exception as error:  # noqa: BLE001 - it is told, and the asker goes on without
            self._tell("failed", type(error).__name__)
        else:
            self._tell("result", result)

    def _teller(self, name: str) -> Any:
        return lambda *news: self._tell(name, *news)

    def _tell(self, name: str, *news: object) -> None:
        write_message(self._told, (name, *news))
