"""Ids name one row each, are spelled one way, and what they point to is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from caseload_balancer.domain.checked_tables import CheckedTables
from caseload_balancer.domain.names import nearest, spelling
from caseload_balancer.domain.words import Row
from caseload_balancer.errors import DataProblem

SUGGESTIONS_AT_MOST = 100
"""Names looked up for `Did you mean`; when all ids are wrong, more help nobody."""


def ids_are_unique(tables: CheckedTables) -> Iterator[DataProblem]:
    """Find ids that stand in two rows of their table, or that only a spreadsheet tells apart."""
    named: list[tuple[str, str, Sequence[Row]]] = [
        ("cases", "case_id", tables.cases),
        ("workers", "worker_id", tables.workers),
        ("teams", "team_id", tables.teams),
    ]
    for table, column, rows in named:
        first: dict[str, int] = {}
        for position, row in enumerate(rows):
            identity: str = getattr(row, column)
            earlier = first.setdefault(spelling(identity), position)
            if earlier == position:
                continue
            earlier_row = tables.row_number(table, earlier)
            if (other := getattr(rows[earlier], column)) != identity:
                rule = "colliding_id"
                message = _two_spellings(column, identity, other, f"row {earlier_row}")
            elif rows[earlier] == row:
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
    for position, case in enumerate(tables.cases):
        cases.learn("cases", position, case.case_id)
        yield from families.check(tables, "cases", "family_id", position, case.family_id)
        if not tables.teams:
            yield from teams.check(tables, "cases", "team_id", position, case.team_id)
    for position, worker in enumerate(tables.workers):
        workers.learn("workers", position, worker.worker_id)
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
    return (
        f"{column} '{identity}' and '{other}' ({where}) differ only in leading zeros or case. "
        "Write the id the same way everywhere."
    )


def references_exist(tables: CheckedTables) -> Iterator[DataProblem]:
    """Find ids of workers and teams that are in no row of their table."""
    workers = _TableIds("workers", [worker.worker_id for worker in tables.workers])
    for position, case in enumerate(tables.cases):
        yield from workers.check(tables, "cases", "worker_id", position, case.worker_id)
        for worker_id in case.excluded_worker_ids:
            yield from workers.check(tables, "cases", "excluded_worker_ids", position, worker_id)
    for position, adjustment in enumerate(tables.adjustments):
        yield from workers.check(tables, "adjustments", "worker_id", position, adjustment.worker_id)
    if tables.teams:
        yield from _teams_exist(tables)


def _teams_exist(tables: CheckedTables) -> Iterator[DataProblem]:
    teams = _TableIds("teams", [team.team_id for team in tables.teams])
    for position, case in enumerate(tables.cases):
        yield from teams.check(tables, "cases", "team_id", position, case.team_id)
    for position, worker in enumerate(tables.workers):
        for team_id in worker.team_ids:
            yield from teams.check(tables, "workers", "team_ids", position, team_id)
    for position, team in enumerate(tables.teams):
        yield from teams.check(tables, "teams", "parent_id", position, team.parent_id)


class _TableIds:
    """The ids of one table, with a suggestion for each that is not there."""

    def __init__(self, table: str, ids: Sequence[str]) -> None:
        self._table = table
        self._ids = frozenset(ids)
        self._suggestions: dict[str, str] = {}

    def check(
        self, tables: CheckedTables, table: str, column: str, position: int, identity: str | None
    ) -> Iterator[DataProblem]:
        if identity is None or identity in self._ids or tables.is_unread(self._table, identity):
            return
        yield tables.problem(
            table,
            position,
            column,
            f"unknown_{self._table.removesuffix('s')}",
            f"{column} '{identity}' is not in {self._table}.{self._suggestion(identity)}",
        )

    def _suggestion(self, identity: str) -> str:
        if identity not in self._suggestions:
            if len(self._suggestions) >= SUGGESTIONS_AT_MOST:
                return ""
            self._suggestions[identity] = nearest(identity, sorted(self._ids))
        return self._suggestions[identity]
