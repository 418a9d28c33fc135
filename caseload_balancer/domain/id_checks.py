"""Ids name one row each, are spelled one way, and what they point to is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

from caseload_balancer.domain.checked_tables import CheckedTables
from caseload_balancer.domain.names import nearest, spelling
from caseload_balancer.domain.remarks import Remark
from caseload_balancer.errors import DataProblem

_NO_EFFECT: Final = ", so it has no effect."
_ONLY_NEARNESS: Final = ": it only says which teams are near each other."

SUGGESTIONS_AT_MOST = 100
"""Names looked up for `Did you mean`; when all ids are wrong, more help nobody."""


def ids_are_unique(tables: CheckedTables) -> Iterator[DataProblem]:
    """Find ids that stand in two rows of their table, or that only a spreadsheet tells apart."""
    for table, column in (("cases", "case_id"), ("workers", "worker_id"), ("teams", "team_id")):
        rows = tables.rows(table)
        first: dict[str, int] = {}
        for position, identity in tables.identities(table, column):
            earlier = first.setdefault(spelling(identity), position)
            if earlier == position:
                continue
            earlier_row = tables.row_number(table, earlier)
            if (other := getattr(rows[earlier], column)) != identity:
                rule = "colliding_id"
                message = _two_spellings(column, identity, other, f"row {earlier_row}")
            elif not (tables.is_sure(table, position) and tables.is_sure(table, earlier)):
                rule = "duplicate_id"
                message = (
                    f"{column} '{identity}' is also in row {earlier_row}. Keep the row that is "
                    "right."
                )
            elif rows[earlier] == rows[position]:
                rule = "duplicate_row"
                message = f"{column} '{identity}' repeats row {earlier_row}. Remove one of the two."
            else:
                rule = "duplicate_id"
                message = (
                    f"{column} '{identity}' is also in row {earlier_row}, with other data. "
                    "Keep the row that is right."
                )
            yield tables.problem(table, position, column, rule, message)


def ids_have_one_spelling(tables: CheckedTables) -> Iterator[DataProblem]:
    """Find ids without a table of their own, or with rows long gone, that lost zeros or case.

    A child whose history is under ``0007`` and whose case is ``7`` would look new to everyone.
    """
    cases, workers = _Spellings("case_id"), _Spellings("worker_id")
    families, teams = _Spellings("family_id"), _Spellings("team_id")
    for position, case_id in tables.identities("cases", "case_id"):
        cases.learn("cases", position, case_id)
    for position, worker_id in tables.identities("workers", "worker_id"):
        workers.learn("workers", position, worker_id)
    for position, case in enumerate(tables.cases):
        yield from families.check(tables, "cases", "family_id", position, case.family_id)
        if not tables.teams:
            yield from teams.check(tables, "cases", "team_id", position, case.team_id)
    for position, worker in enumerate(tables.workers):
        for team_id in () if tables.teams else worker.team_ids:
            yield from teams.check(tables, "workers", "team_ids", position, team_id)
    for position, spell in enumerate(tables.spells):
        yield from cases.check(tables, "spells", "case_id", position, spell.case_id)
        yield from workers.check(tables, "spells", "worker_id", position, spell.worker_id)


class _Spellings:
    """Where each id of one kind was first seen, and how it was written there."""

    def __init__(self, column: str) -> None:
        self._column = column
        self._first: dict[str, tuple[str, str, int]] = {}

    def learn(self, table: str, position: int, identity: str) -> tuple[str, str, int]:
        return self._first.setdefault(spelling(identity), (identity, table, position))

    def check(
        self, tables: CheckedTables, table: str, column: str, position: int, identity: str | None
    ) -> Iterator[DataProblem]:
        if identity is None:
            return
        other, first_table, first = self.learn(table, position, identity)
        if other != identity:
            where = f"{first_table} row {tables.row_number(first_table, first)}"
            yield tables.problem(
                table,
                position,
                column,
                "colliding_id",
                _two_spellings(self._column, identity, other, where),
            )


def _two_spellings(column: str, identity: str, other: str, where: str) -> str:
    only = "differ only in leading zeros or case"
    if not (identity.isascii() and other.isascii()):
        only = "look alike, and differ only in zeros, case or letters of another alphabet"
    return (
        f"{column} '{identity}' and '{other}' ({where}) {only}. "
        "Write the id the same way everywhere."
    )


def references_exist(tables: CheckedTables) -> Iterator[DataProblem]:
    """Find holders that are in no row of ``workers``, and ids that only a spreadsheet changed.

    Other ids may be of people and teams that are no longer there; `lost_references` tells them.
    """
    workers = _TableIds.of(tables, "workers", "worker_id")
    for position, case in enumerate(tables.cases):
        yield from workers.check(tables, "cases", "worker_id", position, case.worker_id)
    for known, table, column, position, identity in _references(tables, workers):
        if known.has_another_spelling_of(identity):
            yield from known.check(tables, table, column, position, identity)


def lost_references(tables: CheckedTables) -> Iterator[Remark]:
    """Find exclusions, reductions and localities of whom or what is in no row: once an id."""
    workers = _TableIds.of(tables, "workers", "worker_id")
    rows: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    looked_up: dict[str, _TableIds] = {}
    for known, table, column, position, identity in _references(tables, workers):
        if known.lacks(tables, identity) and not known.has_another_spelling_of(identity):
            rows[table, column, identity].append(position)
            looked_up[column] = known
    for (table, column, identity), positions in rows.items():
        known = looked_up[column]
        more = "" if len(positions) == 1 else f" ({len(positions):,} rows)"
        effect = _ONLY_NEARNESS if column == "parent_id" else _NO_EFFECT
        yield Remark(
            table,
            tables.row_number(table, positions[0]),
            column,
            known.rule,
            f"{column} '{identity}' is not in {known.table}{more}{effect}"
            f"{known.suggestion(identity)}",
        )


_Reference = tuple["_TableIds", str, str, int, str]


def _references(tables: CheckedTables, workers: _TableIds) -> Iterator[_Reference]:
    """Yield the ids that may point at what is no longer there, and where they are looked up."""
    for position, case in enumerate(tables.cases):
        for worker_id in case.excluded_worker_ids:
            yield workers, "cases", "excluded_worker_ids", position, worker_id
        for worker_id in case.co_worker_ids:
            yield workers, "cases", "co_worker_ids", position, worker_id
    for position, worker_id in tables.identities("adjustments", "worker_id"):
        yield workers, "adjustments", "worker_id", position, worker_id
    if tables.teams:
        yield from _references_to_teams(tables)


def _references_to_teams(tables: CheckedTables) -> Iterator[_Reference]:
    teams = _TableIds.of(tables, "teams", "team_id")
    for position, case in enumerate(tables.cases):
        if case.team_id is not None:
            yield teams, "cases", "team_id", position, case.team_id
    for position, worker in enumerate(tables.workers):
        for team_id in worker.team_ids:
            yield teams, "workers", "team_ids", position, team_id
    for position, team in enumerate(tables.teams):
        if team.parent_id is not None:
            yield teams, "teams", "parent_id", position, team.parent_id


class _TableIds:
    """The ids of one table, with a suggestion for each that is not there."""

    def __init__(self, table: str, ids: Sequence[str]) -> None:
        self.table = table
        self.rule = f"unknown_{table.removesuffix('s')}"
        self._ids = frozenset(ids)
        self._suggestions: dict[str, str] = {}

    @classmethod
    def of(cls, tables: CheckedTables, table: str, column: str) -> _TableIds:
        """Return the ids of a table that could be read."""
        return cls(table, [identity for _, identity in tables.identities(table, column)])

    @cached_property
    def _spellings(self) -> frozenset[str]:
        return frozenset(map(spelling, self._ids))

    def lacks(self, tables: CheckedTables, identity: str) -> bool:
        """Say whether an id is in no row, not even in one that could not be read."""
        return identity not in self._ids and not tables.is_unread(self.table, identity)

    def has_another_spelling_of(self, identity: str) -> bool:
        """Say whether an id differs from one of the table only in leading zeros or case."""
        return identity not in self._ids and spelling(identity) in self._spellings

    def check(
        self, tables: CheckedTables, table: str, column: str, position: int, identity: str | None
    ) -> Iterator[DataProblem]:
        if identity is not None and self.lacks(tables, identity):
            yield tables.problem(
                table,
                position,
                column,
                self.rule,
                f"{column} '{identity}' is not in {self.table}.{self.suggestion(identity)}",
            )

    def suggestion(self, identity: str) -> str:
        if identity not in self._suggestions:
            if len(self._suggestions) >= SUGGESTIONS_AT_MOST:
                return ""
            self._suggestions[identity] = nearest(identity, sorted(self._ids))
        return self._suggestions[identity]
