"""The columns of each table, in the order they are written and explained."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Final, get_args

from caseload_balancer.domain import Adjustment, Case, Spell, Team, Worker
from caseload_balancer.domain.words import CASE_TYPES, ROLES, Employment, Row, SpellReason


class Kind(Enum):
    """How the cells of a column are read."""

    ID = "id"
    IDS = "list of ids"
    WORD = "text"
    WORDS = "list of texts"
    CHOICE = "one of a list"
    CHOICES = "some of a list"
    YES_NO = "yes or no"
    DATE = "date"
    NUMBER = "number"
    WHOLE = "whole number"


TEXT_KINDS: Final = frozenset({Kind.ID, Kind.IDS, Kind.WORD, Kind.WORDS, Kind.CHOICE, Kind.CHOICES})
ID_KINDS: Final = frozenset({Kind.ID, Kind.IDS})
EXAMPLE: Final = "EXAMPLE-"
"""What the ids of the example rows of an empty week begin with."""


@dataclass(frozen=True)
class Column:
    """One column: its title, how its cells are read, and whether every row needs one.

    Parameters
    ----------
    choices
        The words of a list.
    points_to
        The table whose ids stand in the column.
    places
        Decimal places that numbers with more of them are rounded to; None refuses those.
    """

    name: str
    kind: Kind
    required: bool = False
    choices: tuple[str, ...] = ()
    points_to: str | None = None
    places: int | None = None


@dataclass(frozen=True)
class InputTable:
    """One table: its columns, and what a row of it becomes.

    Parameters
    ----------
    identity
        The column that names a row; None where rows have no name.
    """

    name: str
    row: type[Row]
    columns: tuple[Column, ...]
    required_file: bool = False
    identity: str | None = None

    @cached_property
    def required(self) -> tuple[Column, ...]:
        """The columns that every row needs."""
        return tuple(column for column in self.columns if column.required)


_PERIOD: Final = (Column("from", Kind.DATE), Column("to", Kind.DATE))

CASES: Final = InputTable(
    "cases",
    Case,
    (
        Column("case_id", Kind.ID, required=True),
        Column("case_type", Kind.CHOICE, required=True, choices=CASE_TYPES),
        Column("worker_id", Kind.ID, points_to="workers"),
        Column("team_id", Kind.ID, points_to="teams"),
        Column("family_id", Kind.ID),
        Column("may_separate", Kind.YES_NO),
        Column("opened_on", Kind.DATE),
        Column("waiting_since", Kind.DATE),
        Column("in_court", Kind.YES_NO),
        Column("points", Kind.NUMBER),
        Column("area", Kind.WORD),
        Column("needs", Kind.WORDS),
        Column("next_due_on", Kind.DATE),
        Column("next_due", Kind.WORD),
        Column("expected_weeks", Kind.WHOLE),
        Column("locked", Kind.YES_NO),
        Column("excluded_worker_ids", Kind.IDS, points_to="workers"),
        Column("change_requested", Kind.YES_NO),
        Column("change_requested_on", Kind.DATE),
        Column("closed_on", Kind.DATE),
        Column("status", Kind.WORD),
        Column("transfer_on", Kind.DATE),
        Column("may_exceed_cap", Kind.YES_NO),
        Column("co_worker_ids", Kind.IDS, points_to="workers"),
        Column("co_worker_share", Kind.NUMBER),
    ),
    required_file=True,
    identity="case_id",
)
WORKERS: Final = InputTable(
    "workers",
    Worker,
    (
        Column("worker_id", Kind.ID, required=True),
        Column("employment", Kind.CHOICE, required=True, choices=get_args(Employment)),
        Column("role", Kind.CHOICE, choices=ROLES),
        Column("fte", Kind.NUMBER, places=3),
        Column("team_ids", Kind.IDS, points_to="teams"),
        Column("cap", Kind.WHOLE),
        Column("points_capacity", Kind.NUMBER),
        Column("available_from", Kind.DATE),
        Column("leaves_on", Kind.DATE),
        Column("area", Kind.WORD),
        Column("skills", Kind.WORDS),
        Column("may_hold", Kind.CHOICES, choices=CASE_TYPES),
        Column("max_new", Kind.WHOLE),
        Column("holds_cases", Kind.YES_NO),
    ),
    required_file=True,
    identity="worker_id",
)
ADJUSTMENTS: Final = InputTable(
    "adjustments",
    Adjustment,
    (
        Column("worker_id", Kind.ID, required=True, points_to="workers"),
        Column("kind", Kind.WORD),
        Column("percent", Kind.NUMBER, required=True),
        *_PERIOD,
    ),
)
TEAMS: Final = InputTable(
    "teams",
    Team,
    (
        Column("team_id", Kind.ID, required=True),
        Column("name", Kind.WORD),
        Column("parent_id", Kind.ID, points_to="teams"),
        Column("accepts", Kind.CHOICES, choices=CASE_TYPES),
        Column("cap", Kind.WHOLE),
        Column("target", Kind.WHOLE),
    ),
    identity="team_id",
)
SPELLS: Final = InputTable(
    "spells",
    Spell,
    (
        Column("case_id", Kind.ID, required=True, points_to="cases"),
        Column("worker_id", Kind.ID, required=True, points_to="workers"),
        Column("from", Kind.DATE, required=True),
        Column("to", Kind.DATE),
        Column("reason", Kind.CHOICE, choices=get_args(SpellReason)),
    ),
)
NAMES: Final = InputTable(
    "names",
    Row,
    (
        Column("id", Kind.ID, required=True, points_to="workers"),
        Column("name", Kind.WORD, required=True),
    ),
    identity="id",
)
"""Who is who: beside the data, and no part of a week."""
ALL_TABLES: Final = {table.name: table for table in (CASES, WORKERS, ADJUSTMENTS, TEAMS, SPELLS)}
"""The tables of a week."""
TABLES_AND_NAMES: Final = {**ALL_TABLES, NAMES.name: NAMES}
