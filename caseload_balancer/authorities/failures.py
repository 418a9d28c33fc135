"""Why an authority has no plan: the kind of error, a sentence without data, an exit code."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import Final

from caseload_balancer.authorities.rows import AuthorityRow
from caseload_balancer.domain.wording import counted
from caseload_balancer.errors import (
    CaseloadError,
    DataError,
    MissingInputError,
    OutputError,
    VerificationError,
)

INTERNAL: Final = 70
INTERRUPTED: Final = 130
_KINDS_NAMED: Final = 4


def failed(authority: str, error: BaseException) -> AuthorityRow:
    """Return the row of an authority whose task raised an error."""
    code = error.exit_code if isinstance(error, CaseloadError) else INTERNAL
    return AuthorityRow(
        authority=authority,
        state="failed",
        error=type(error).__name__,
        says=_sentence(error),
        exit_code=code,
    )


def process_ended(authority: str, fate: str = "") -> AuthorityRow:
    """Return the row of an authority that ended its process, alone as well as among others."""
    told = f" ({fate})" if fate else ""
    return AuthorityRow(
        authority=authority,
        state="failed",
        error="ProcessEnded",
        says=f"the process that planned it ended each time{told}: killed, or out of memory. Plan "
        "it by itself with 'caseload allocate', or on a machine with more memory.",
        exit_code=INTERNAL,
    )


def not_reached(authority: str, *, why: str) -> AuthorityRow:
    """Return the row of an authority that was not planned when the run ended."""
    return AuthorityRow(
        authority=authority,
        state="not reached",
        error="NotReached",
        says=f"{why} Run it again: what is finished is kept.",
        exit_code=INTERRUPTED,
    )


def _sentence(error: BaseException) -> str:
    if isinstance(error, DataError):
        return _by_kind(error)
    if isinstance(error, MissingInputError):
        return (
            "its folder, a table of it, or a file named beside it is not there. 'caseload check' "
            "says which."
        )
    if isinstance(error, VerificationError):
        return (
            "the plan failed its own check, so it was not written: a defect of caseload_balancer, "
            "not of the data."
        )
    if isinstance(error, OutputError):
        return (
            "its plan could not be written: the disk is full, or the folder is not to be changed."
        )
    if isinstance(error, MemoryError):
        return "there was not enough memory."
    return f"internal error at {_place(error.__traceback__)}: a defect, please report it."


def _by_kind(error: DataError) -> str:
    """Count the problems of each kind, without an id or a cell."""
    kinds = Counter((one.table, one.column, one.rule) for one in error.problems)
    named = [
        f"{count:,} x {table}{f', column {column}' if column else ''}: {rule}"
        for (table, column, rule), count in kinds.most_common(_KINDS_NAMED)
    ]
    more = [f"{len(kinds) - len(named)} kinds more"] if len(kinds) > len(named) else []
    head = f"{counted(len(error.problems), 'problem')} in its input"
    return f"{head} ({'; '.join([*named, *more])}). 'caseload check' lists them."


def _place(trace: TracebackType | None) -> str:
    """Return where an error was raised: never what it says, which may quote a cell."""
    place = "an unknown place"
    while trace is not None:
        place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
