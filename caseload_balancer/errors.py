"""Everything that can go wrong, as one tree.

CaseloadError
├── DataError            the input is broken: every problem at once      exit 65
│   ├── PolicyError      a policy file is broken                         exit 65
│   └── ArgumentError    a function was given what it cannot work with   exit 65
├── MissingInputError    a file or folder is not there                   exit 66
│   └── MissingExtraError  a package is not installed                    exit 66
├── OutputError          a result could not be written                   exit 73
│   └── LedgerError      the ledger cannot be used                       exit 73
│       └── RecordedWeekError  the week is recorded with other input     exit 5
├── AnotherRunError      another weekly run is under way                 exit 75
└── VerificationError    a plan failed its own check; never returned     exit 70

CaseloadWarning          something was left out that a person should look at
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

__all__ = [
    "AnotherRunError",
    "ArgumentError",
    "CaseloadError",
    "CaseloadWarning",
    "DataError",
    "DataProblem",
    "LedgerError",
    "MissingExtraError",
    "MissingInputError",
    "OutputError",
    "PolicyError",
    "RecordedWeekError",
    "VerificationError",
]


@dataclass(frozen=True, order=True)
class DataProblem:
    """One thing wrong with the input: where it is, the rule, and the fix.

    Parameters
    ----------
    table
        ``cases``, ``workers``, ... or the name of the policy.
    row
        Row number as a spreadsheet shows it (the header is row 1), or the position
        counted from 1 for tables built in Python; None when the problem is not in one row.
    column
        Column name, or None.
    rule
        Stable code, for scripts: ``unknown_worker``, ``duplicate_id``, ...
    message
        What is wrong and how to mend it, in words. May quote ids.
    """

    table: str
    row: int | None
    column: str | None
    rule: str
    message: str

    def __str__(self) -> str:
        where = self.table if self.row is None else f"{self.table} row {self.row}"
        return f"{where}: {self.message}"

    def without_values(self) -> str:
        """Return the problem without any cell value or id, safe for a log.

        What a table is called stays out as well where people choose it: scenario 'W-003 leaves'.
        """
        table, _, _ = self.table.partition(" '")
        where = table if self.row is None else f"{table} row {self.row}"
        column = f", column {self.column}" if self.column else ""
        return f"{where}{column}: {self.rule}"


class CaseloadError(Exception):
    """Base of every error this library raises on purpose."""

    exit_code = 70


@dataclass(eq=False)
class DataError(CaseloadError):
    """The input is broken. Carries every problem found, in table and row order."""

    problems: tuple[DataProblem, ...] = field(default=())
    notices: tuple[object, ...] = field(default=())
    """What a reading put right, left out or asks beside its problems."""

    exit_code = 65
    _shown = 20
    _shown_alike = 3
    _where = "the input"

    def __init__(self, problems: Iterable[DataProblem], notices: Iterable[object] = ()) -> None:
        self.problems = tuple(problems)
        self.notices = tuple(notices)
        super().__init__(str(self))

    def __reduce__(
        self,
    ) -> tuple[type[DataError], tuple[tuple[DataProblem, ...], tuple[object, ...]]]:
        """Travel between processes with the problems, not with their text alone."""
        return type(self), (self.problems, self.notices)

    def __str__(self) -> str:
        return self._told(self._shown, self._shown_alike)

    @property
    def in_full(self) -> str:
        """Every problem, a line each; what is said alike of many rows is one line."""
        return self._told(len(self.problems), len(self.problems))

    def _told(self, most: int, most_alike: int) -> str:
        count = len(self.problems)
        head = f"{count:,} problem{'' if count == 1 else 's'} in {self._where}"
        # One word that stands in many rows is one thing to mend.
        same = Counter(_said(problem) for problem in self.problems)
        # One column in a wrong format must not hide the other things wrong.
        alike: Counter[tuple[str, str | None, str]] = Counter()
        lines: list[str] = []
        told = 0
        for problem in self.problems:
            rows = same.pop(_said(problem), 0)
            if not rows:
                continue
            kind = (problem.table, problem.column, problem.rule)
            alike[kind] += 1
            if alike[kind] <= most_alike and len(lines) < most:
                lines.append(f"  {problem}{_and_more_rows(rows - 1)}")
                told += rows
        if count > told:
            lines.append(f"  ... and {count - told:,} more (see .problems)")
        return "\n".join([head, *lines])


def _said(problem: DataProblem) -> tuple[str, str | None, str, str]:
    return problem.table, problem.column, problem.rule, problem.message


def _and_more_rows(rows: int) -> str:
    if not rows:
        return ""
    return " (and 1 more row)" if rows == 1 else f" (and {rows:,} more rows)"


class PolicyError(DataError):
    """A policy file is broken: an unknown key, a value out of range, goals that contradict."""


class ArgumentError(DataError, ValueError, TypeError):
    """A function or a row was given what it cannot work with; raised before any work is done.

    Also a `ValueError` and a `TypeError`, for code that expects what Python itself would raise.
    """

    _where = "what was given"


class MissingInputError(CaseloadError):
    """A file or folder that is needed is not there."""

    exit_code = 66


class MissingExtraError(MissingInputError, ImportError):
    """A package that only this needs is not installed; nothing was done.

    Also an `ImportError`, for code that expects what Python itself would raise.

    Parameters
    ----------
    message
        What needs which package.
    extra
        The extra of this library that brings it.
    otherwise
        A sentence on what can be done without it.
    """

    def __init__(self, message: str, extra: str, otherwise: str = "") -> None:
        brings = f'{message}: pip install "caseload-balancer[{extra}]".'
        super().__init__(f"{brings} {otherwise}".strip())
        self.extra = extra
        self._given = (message, extra, otherwise)

    def __reduce__(self) -> tuple[type[MissingExtraError], tuple[str, str, str]]:
        """Travel between processes with the extra."""
        return type(self), self._given


class OutputError(CaseloadError):
    """A result could not be written; what was there before is untouched."""

    exit_code = 73


class AnotherRunError(CaseloadError):
    """Another weekly run has the ledger or the folder; try again when it has ended."""

    exit_code = 75


class LedgerError(OutputError):
    """The ledger cannot be used, or refuses what it was given; what is in it is untouched.

    Parameters
    ----------
    message
        What happened and what to do.
    rule
        Stable code, for scripts: ``gone``, ``locked``, ``full``, ``cannot_write``, ``newer``,
        ``older``, ``not_a_ledger``, ``another_input``, ``no_such_week`` or ``broken``.
    """

    def __init__(self, message: str, rule: str = "cannot_write") -> None:
        super().__init__(message)
        self.rule = rule

    def __reduce__(self) -> tuple[type[LedgerError], tuple[str, str]]:
        """Travel between processes with the rule."""
        return type(self), (str(self), self.rule)


class RecordedWeekError(LedgerError):
    """A week is recorded already with other input or another policy; nothing was written."""

    exit_code = 5

    def __init__(self, message: str, rule: str = "another_input") -> None:
        super().__init__(message, rule)


class VerificationError(CaseloadError):
    """The checker found the plan wrong. A defect of this library: please report it."""

    exit_code = 70


class CaseloadWarning(UserWarning):
    """Something in the input was left out or read in another way; may quote ids."""
