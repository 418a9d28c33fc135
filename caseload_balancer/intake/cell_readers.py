"""Which function reads the cells of which column."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final

from caseload_balancer.intake import cells, dates, identities
from caseload_balancer.intake.cells import Read
from caseload_balancer.intake.columns import ID_KINDS, Column, Kind
from caseload_balancer.intake.findings import quoted
from caseload_balancer.intake.raw_tables import Cell

_READERS: Final[Mapping[Kind, Read]] = {
    Kind.ID: identities.identity,
    Kind.IDS: identities.identities,
    Kind.WORD: cells.word,
    Kind.WORDS: cells.words,
    Kind.YES_NO: cells.yes_no,
    Kind.DATE: dates.iso_date,
    Kind.NUMBER: cells.number,
    Kind.WHOLE: cells.whole,
}


def cell_reader(column: Column, date_format: str | None) -> Read:
    """Return the function that reads the cells of `column`."""
    if column.kind is Kind.CHOICE:
        return partial(cells.choice, allowed=column.choices)
    if column.kind is Kind.CHOICES:
        return partial(cells.choices, allowed=column.choices)
    if column.kind is Kind.DATE and date_format is not None:
        return partial(dates.formatted_date, date_format=date_format)
    if column.kind is Kind.NUMBER and column.places is not None:
        return partial(cells.rounded, places=column.places)
    return _READERS[column.kind]


def say_not_text(column: Column, cell: Cell) -> str:
    """Say what happened to a column of text that came as numbers."""
    read = f"Read the column as text: dtype={{'{column.name}': str}} in pandas."
    if column.kind not in ID_KINDS:
        return f"{column.name} holds {quoted(cell)}, which is not text. {read}"
    if isinstance(cell, float):
        return (
            f"{column.name} holds the number {quoted(cell)}: a column with a blank in it turned "
            f"ids into decimals, and zeros in front are lost. {read}"
        )
    return (
        f"{column.name} holds {quoted(cell)}, and ids are text: as a number it has lost any zeros "
        f"in front. {read}"
    )
