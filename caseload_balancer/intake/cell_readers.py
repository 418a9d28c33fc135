"""Which function reads the cells of which column."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Final

from caseload_balancer.domain.names import name_key
from caseload_balancer.domain.words import CASE_TYPES
from caseload_balancer.intake import cells, dates, identities
from caseload_balancer.intake.cells import Note, Read
from caseload_balancer.intake.columns import ID_KINDS, Column, Kind
from caseload_balancer.intake.findings import quoted
from caseload_balancer.intake.forms import Form
from caseload_balancer.intake.known_words import KNOWN_WORDS
from caseload_balancer.intake.own_words import OwnWords
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


def cell_reader(column: Column, form: Form) -> Read:
    """Return the function that reads the cells of `column`."""
    if column.choices:
        several = column.kind is Kind.CHOICES
        read = cells.choices if several else cells.choice
        return partial(read, allowed=column.choices, known=words_of(column, form.own))
    if column.kind is Kind.DATE and form.date_format is not None:
        return partial(dates.formatted_date, date_format=form.date_format)
    if form.own.teams and (column.points_to == "teams" or column.name == "team_id"):
        return partial(_team, read=_READERS[column.kind], teams=form.own.teams)
    if form.people and (column.points_to == "workers" or column.name == "worker_id"):
        return partial(_person, read=_READERS[column.kind], people=form.people)
    if column.kind is Kind.NUMBER and column.places is not None:
        return partial(cells.rounded, places=column.places)
    return _READERS[column.kind]


def words_of(column: Column, own: OwnWords) -> Mapping[str, str]:
    """Return what words beside the listed ones mean in a column."""
    name = "case_type" if column.choices == CASE_TYPES else column.name
    return {
        **KNOWN_WORDS.get(name, {}),
        **own.words.get(name, {}),
        **own.words.get(column.name, {}),
    }


def _team(cell: Cell, note: Note, read: Read, teams: Mapping[str, str]) -> object:
    """Read the id of a team, or of several, by what the files call them."""
    if isinstance(cell, str):
        found = [teams.get(part.strip(), part) for part in cell.split(";")]
        return read(";".join(found), note)
    return read(cell, note)


def _person(cell: Cell, note: Note, read: Read, people: Mapping[str, str]) -> object:
    """Read the id of a worker, or of several, who stand there by their names."""
    if not isinstance(cell, str):
        return read(cell, note)
    parts = cell.split(";")
    found = [people.get(name_key(part), part) for part in parts]
    for part, one in zip(parts, found, strict=True):
        if part != one:
            note("name_as_id")
    return read(";".join(found), note)


def say_not_text(column: Column, cell: Cell) -> str:
    """Say what happened to a column of text that came as numbers."""
    read = (
        "Format the column as Text in the spreadsheet and type it again, or in pandas read it with "
        f"dtype={{'{column.name}': str}}."
    )
    if column.kind not in ID_KINDS:
        return f"{column.name} holds {quoted(cell)}, which is not text. {read}"
    if isinstance(cell, date):
        return (
            f"{column.name} holds a date ({quoted(cell)}): a spreadsheet made one of the id. {read}"
        )
    if isinstance(cell, float):
        return (
            f"{column.name} holds the number {quoted(cell)}: a column with a blank in it turned "
            f"ids into decimals, and zeros in front are lost. {read}"
        )
    return (
        f"{column.name} holds {quoted(cell)}, and ids are text: as a number it has lost any zeros "
        f"in front. {read}"
    )
