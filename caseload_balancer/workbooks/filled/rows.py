"""One row of a filled sheet: what is wrong with it, and what it says."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, get_args

from caseload_balancer.domain.names import nearest
from caseload_balancer.domain.wording import listed
from caseload_balancer.domain.words import SpellReason
from caseload_balancer.errors import DataProblem
from caseload_balancer.workbooks.decision_sheet import (
    DECISION_WORDS,
    FILLED_IN,
    NOBODY,
    DecisionColumn,
    DecisionWord,
    id_of,
    row_key,
)
from caseload_balancer.workbooks.filled.sheets import FilledRow

_WORDS: Final[Mapping[str, DecisionWord]] = {word.casefold(): word for word in DECISION_WORDS}
_REASONS: Final[Mapping[str, SpellReason]] = {code: code for code in get_args(SpellReason)}
_NEEDS_DECISION: Final[tuple[DecisionColumn, ...]] = ("to", "reason", "decided by")


@dataclass(frozen=True)
class SheetRow:
    """A row as it stands.

    Parameters
    ----------
    sheet, number
        The sheet's title, and the row as the spreadsheet shows it.
    cells
        Text by column.
    not_worked_out
        Columns with a formula no program has worked out.
    """

    sheet: str
    number: int
    cells: Mapping[DecisionColumn, str]
    not_worked_out: frozenset[str]

    def says(self, column: DecisionColumn) -> str:
        """Return what stands in a column."""
        return self.cells[column]

    @property
    def key(self) -> str:
        """What ties the row to its run, its child and whom the plan names."""
        return self.says("key")

    @property
    def filled(self) -> bool:
        """Whether anything was filled in."""
        return any(self.says(name) for name in FILLED_IN) or bool(self.not_worked_out)

    def problem(self, column: DecisionColumn, rule: str, message: str) -> DataProblem:
        """Return what is wrong with a cell."""
        return DataProblem(self.sheet, self.number, column, rule, message)


def faults(row: SheetRow, run: str, workers: Collection[str]) -> Iterator[DataProblem]:
    """Yield what is wrong with a row.

    Parameters
    ----------
    run
        The run of the workbook.
    workers
        The ids the drop-down offers; none where its list is gone.
    """
    if row.key != row_key(run, row.says("child"), id_of(row.says("plan"))):
        yield _changed(row)
    for column in FILLED_IN:
        if column in row.not_worked_out:
            message = f"'{column}' is a formula that was not worked out. Type the answer instead."
            yield row.problem(column, "formula_without_value", message)
    if row.not_worked_out:
        return
    word = row.says("decision")
    if not word:
        yield from _half(row)
    elif word.casefold() not in _WORDS:
        message = f"'{word}' is none of {listed(DECISION_WORDS)}. Choose one, or leave it blank."
        yield row.problem("decision", "unknown_decision", message)
    else:
        yield from _wrong_worker(row, _WORDS[word.casefold()])
        yield from _unknown_worker(row, workers)
    reason = row.says("reason")
    if reason and _code(reason) is None:
        message = f"'{reason}' is none of {listed(list(_REASONS))}. Choose one of the list."
        yield row.problem("reason", "unknown_reason", message)


def decided(row: SheetRow) -> FilledRow:
    """Return what a row without faults says."""
    decision = _WORDS[row.says("decision").casefold()]
    other = id_of(row.says("to")) if decision == "another worker" else NOBODY
    return FilledRow(
        number=row.number,
        case_id=row.says("child"),
        decision=decision,
        worker_id=None if other == NOBODY else other,
        reason=_code(row.says("reason")),
        comment=row.says("comment"),
        decided_by=row.says("decided by"),
    )


def _changed(row: SheetRow) -> DataProblem:
    if not row.key:
        message = (
            "the row was not written with the pack. Delete it; a decision about another child goes "
            "into a CSV file of decisions."
        )
        return row.problem("child", "added_row", message)
    message = (
        f"the child '{row.says('child')}' or whom the plan names, '{row.says('plan')}', is not "
        "what was written in this row, or the row is of another run. Undo the change, or copy the "
        "decision into a fresh pack; columns are sorted together, never one alone."
    )
    return row.problem("child", "changed_row", message)


def _half(row: SheetRow) -> Iterator[DataProblem]:
    filled = [name for name in _NEEDS_DECISION if row.says(name)]
    if filled:
        have = "is" if len(filled) == 1 else "are"
        message = (
            f"{listed([repr(name) for name in filled])} {have} filled in, and 'decision' is blank. "
            f"Choose {' or '.join(DECISION_WORDS)}, or clear the row."
        )
        yield row.problem("decision", "half_a_row", message)


def _wrong_worker(row: SheetRow, word: DecisionWord) -> Iterator[DataProblem]:
    other, planned = id_of(row.says("to")), id_of(row.says("plan"))
    if word == "another worker" and not other:
        yield row.problem("to", "half_a_row", "'to' is blank: to which worker? Choose one.")
    elif word == "another worker" and other == planned:
        message = f"{other} is whom the plan names. Choose accept, or another worker."
        yield row.problem("to", "same_worker", message)
    elif word == "reject" and other:
        message = "'reject' names no worker. Choose 'another worker', or clear 'to'."
        yield row.problem("to", "unexpected_worker", message)
    elif word == "accept" and other not in {"", planned}:
        message = (
            f"'accept' means {planned}, and 'to' says {other}. Choose 'another worker', or clear "
            "'to'."
        )
        yield row.problem("to", "unexpected_worker", message)


def _unknown_worker(row: SheetRow, workers: Collection[str]) -> Iterator[DataProblem]:
    other = id_of(row.says("to"))
    if other and workers and other not in workers:
        meant = nearest(other, workers)
        message = f"'{other}' is no worker of the list.{meant} Choose one of the list."
        yield row.problem("to", "unknown_worker", message)


def _code(text: str) -> SpellReason | None:
    """Return the code that a choice begins with."""
    return _REASONS.get(text.partition(":")[0].strip().upper())
