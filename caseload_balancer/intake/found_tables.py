"""What tables looked like as they were found: titles and counts, for the week after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict

from caseload_balancer.domain.words import Many
from caseload_balancer.intake.columns import ALL_TABLES
from caseload_balancer.intake.headers import Titles, below_a_heading
from caseload_balancer.intake.own_words import OwnWords
from caseload_balancer.intake.raw_tables import Cell, RawTable, is_blank


class FoundTable(BaseModel):
    """One table as it was found: no id and no cell of it.

    Parameters
    ----------
    titles
        Titles as they stand there.
    rows
        Rows in which something stands.
    last_row
        Number of the last of them, as a spreadsheet shows it.
    filled
        Cells with something in them, by title.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    titles: Annotated[tuple[str, ...], Many] = ()
    rows: int = 0
    last_row: int = 0
    filled: dict[str, int] = {}


_KEPT: Final[ContextVar[dict[str, FoundTable] | None]] = ContextVar("found_tables", default=None)


@contextmanager
def kept_tables() -> Iterator[dict[str, FoundTable]]:
    """Keep what the tables that are read within look like."""
    kept: dict[str, FoundTable] = {}
    token = _KEPT.set(kept)
    try:
        yield kept
    finally:
        _KEPT.reset(token)


def keep_tables(raw: Mapping[str, RawTable | None], own: OwnWords) -> None:
    """Keep what tables look like, for whoever wants to know."""
    kept = _KEPT.get()
    if kept is None:
        return
    for name, table in raw.items():
        if table is not None and name in ALL_TABLES:
            kept[name] = _found(below_a_heading(table, Titles(ALL_TABLES[name], own)))


def _found(table: RawTable) -> FoundTable:
    titles = tuple(title.strip() for title in table.header)
    filled = dict.fromkeys((title for title in titles if title), 0)
    rows = last_row = 0
    for number, row in zip(table.row_numbers, table.rows, strict=False):
        if any(_count(titles, row, filled)):
            rows, last_row = rows + 1, number
    return FoundTable(
        titles=tuple(title for title in titles if title),
        rows=rows,
        last_row=last_row,
        filled=filled,
    )


def _count(titles: Sequence[str], row: Sequence[Cell], filled: dict[str, int]) -> Iterable[bool]:
    """Count the cells of a row that hold something; says so of each."""
    found = []
    for place, cell in enumerate(row):
        found.append(not is_blank(cell))
        if found[-1] and place < len(titles) and titles[place]:
            filled[titles[place]] += 1
    return found
