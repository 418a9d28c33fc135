"""Exit codes, and how every error becomes one."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NoReturn

import typer

from caseload_balancer import errors
from caseload_balancer.cli.advice import in_options, where_to_map
from caseload_balancer.cli.stopping import Stopped, stops
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.domain.wording import counted
from caseload_balancer.extras import in_working_order

if TYPE_CHECKING:
    from caseload_balancer.plan import Plan


class ExitCode(IntEnum):
    """What the process says to the script that ran it; 65-73 as in BSD's sysexits."""

    PLAN = 0
    USAGE = 2
    BREACHES = 3
    SOME_WITHOUT_PLAN = 4
    RECORDED_OTHERWISE = 5
    BAD_DATA = 65
    MISSING_INPUT = 66
    INTERNAL = 70
    CANNOT_WRITE = 73
    ANOTHER_RUN = 75
    INTERRUPTED = 130


def exit_code_of(plan: Plan) -> ExitCode:
    """Return what a plan says to a script: met, met with breaches, or cut short."""
    if plan.status == "interrupted":
        return ExitCode.INTERRUPTED
    return ExitCode.PLAN if plan.ok else ExitCode.BREACHES


@contextmanager
def exit_codes(
    command: str, *, as_json: bool, quiet: bool, lists_all: bool = False
) -> Iterator[Terminal]:
    """Turn every error of a command into one message and its exit code, never a traceback.

    A traceback may show cells of the input, and people paste tracebacks into public places.

    Parameters
    ----------
    lists_all
        Whether every problem is listed, not the first few of each kind.

    Yields
    ------
    Terminal
        Where the command speaks.
    """
    terminal = Terminal(command, as_json=as_json, quiet=quiet, lists_all=lists_all)
    try:
        with stops.handled(), _requests_to_end(), in_working_order(), terminal.flushed():
            yield terminal
    except errors.DataError as error:
        from caseload_balancer.intake import Notice  # noqa: PLC0415 - a demo reads nothing

        said = error.in_full if lists_all else str(error)
        message = _by_kind(error) if terminal.quiet else in_options(said)
        terminal.notice(one for one in error.notices if isinstance(one, Notice))
        advice = where_to_map(error.problems)
        terminal.fail(error.exit_code, f"{message}{advice}\nNothing was written.", error.problems)
        raise typer.Exit(error.exit_code) from None
    except errors.VerificationError as error:
        message = (
            "The plan failed its own check, so it was not written. This is a defect of "
            "caseload_balancer, not of your data. Please report it with the output of "
            "'caseload --version', your policy file and this exit code; send no case data."
        )
        terminal.fail(error.exit_code, message)
        raise typer.Exit(error.exit_code) from None
    except errors.CaseloadError as error:
        terminal.fail(error.exit_code, str(error))
        raise typer.Exit(error.exit_code) from None
    except (KeyboardInterrupt, Stopped):
        _interrupted(terminal)
    except (typer.Exit, typer.Abort, typer.BadParameter):
        raise
    except Exception as error:  # noqa: BLE001 - the last line of defence: no traceback with data
        terminal.fail(ExitCode.INTERNAL, _without_data(error, terminal.written))
        raise typer.Exit(ExitCode.INTERNAL) from None


@contextmanager
def _requests_to_end() -> Iterator[None]:
    """Take what was made of a request to end, by libraries or by readers, as that request."""
    try:
        yield
    except (typer.Exit, typer.Abort, typer.BadParameter):
        raise
    except Exception:
        if stops.cut_short:
            raise Stopped from None
        raise


def _interrupted(terminal: Terminal) -> NoReturn:
    terminal.fail(ExitCode.INTERRUPTED, "Interrupted before there was a plan; nothing written.")
    raise typer.Exit(ExitCode.INTERRUPTED) from None


def _by_kind(error: errors.DataError) -> str:
    """Count the problems of each kind, without an id or a cell."""
    kinds = Counter((one.table, one.column, one.rule) for one in error.problems)
    lines = [
        f"  {count:,} x {table}{f', column {column}' if column else ''}: {rule}"
        for (table, column, rule), count in kinds.items()
    ]
    return "\n".join([f"{counted(len(error.problems), 'problem')} in the input", *lines])


def _without_data(error: Exception, written: Path | None) -> str:
    """Say what failed and where in the source, leaving out the message and every value."""
    places = [
        f"{Path(file).name}:{line}"
        for file, line in _frames(error.__traceback__)
        if not file.startswith("<")
    ]
    kind = type(error).__name__
    if isinstance(error, ImportError) and error.name:
        kind += f" of {error.name}"
    left = "Nothing was written." if written is None else f"The result is in {written}."
    return (
        f"Internal error: {kind} at {' < '.join(reversed(places[-4:]))} "
        f"(Python {sys.version_info.major}.{sys.version_info.minor}). {left} "
        "This is a defect of caseload_balancer. Please report this line with the output of "
        "'caseload --version'; it holds none of your data."
    )


def _frames(trace: TracebackType | None) -> Iterator[tuple[str, int]]:
    while trace is not None:
        yield trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
