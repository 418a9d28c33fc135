"""The command line: one week's files in, a checked plan out, an exit code a script can act on."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from caseload_balancer.cli.stopping import Stopped, stops

if TYPE_CHECKING:
    from caseload_balancer.cli.commands import app

__all__ = ["app", "main"]

_INTERRUPTED: Final = 130
_CANNOT_WRITE: Final = 73
_OBJECTS_BETWEEN_SWEEPS: Final = 500_000
"""Most commands are over before Python's sweeps for rubbish, a tenth of their time, find any: that
for a county of 2,700 children too, and one sweep of so much is a twentieth of a second."""


if not TYPE_CHECKING:  # type checkers know the name from above

    def __getattr__(name: str) -> Any:
        if name != "app":
            raise AttributeError(f"module 'caseload_balancer.cli' has no attribute '{name}'")
        # A request to end is heard before.
        from caseload_balancer.cli.commands import app  # noqa: PLC0415 - as said

        return app


def main() -> None:
    """Run ``caseload`` with the arguments of this process, and end it."""
    gc.set_threshold(_OBJECTS_BETWEEN_SWEEPS)
    with stops.handled():
        try:
            _run()
        except SystemExit as ended:
            if isinstance(ended.code, int):
                _end_at_once(ended.code)
            raise
        except (Exception, Stopped):
            if not stops.cut_short:
                raise
            sys.stderr.write("Interrupted before anything was done; nothing was written.\n")
            _end_at_once(_INTERRUPTED)


def _end_at_once(code: int) -> None:
    """End with what was said, while requests to end are still heard here.

    Python would take apart what was read and loaded. That takes its time, and a request to end that
    comes meanwhile would end a command that has done its work with the code of one that has not.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    os._exit(code)


def _run() -> None:
    from caseload_balancer.cli.streams import make_streams_patient  # noqa: PLC0415 - as above
    from caseload_balancer.engine import start_process  # noqa: PLC0415 - as above

    make_streams_patient()
    # Looking for plugins of Pydantic reads what is known of every package installed.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # No command does linear algebra itself: threads for it only cost numpy time to load.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    asked = sys.argv[1:]
    ready = start_process() if searches(asked) else None
    # All else is loaded beside that process, which takes as long to load.
    from caseload_balancer.engine import SolverProcesses  # noqa: PLC0415 - as above

    with SolverProcesses(ready=ready):
        from caseload_balancer.cli.commands import app_for  # noqa: PLC0415 - as above

        try:
            try:
                app_for(asked)(prog_name="caseload")
            finally:
                sys.stdout.flush()
        except OSError as error:
            sys.stderr.write(f"cannot write to standard output: {error.strerror or 'denied'}.\n")
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(_CANNOT_WRITE) from None


def searches(arguments: list[str]) -> bool:
    """Return whether a command is likely to search, so that a solver may be made ready."""
    return bool(arguments) and arguments[0] in _SEARCHING and "--help" not in arguments


_SEARCHING: Final = frozenset(
    {
        "allocate",
        "board",
        "demo",
        "doctor",
        "explain",
        "export",
        "fairness",
        "frontier",
        "govern",
        "reallocate",
        "reproduce",
        "resilience",
        "shortage",
        "solve",
        "staffing",
        "weekly",
        "what-if",
        "why-not",
    }
)
"""Commands that search. ``simulate`` starts a solver when it needs one: with ``--jobs`` it has
processes of its own, as ``allocate-many`` has."""
