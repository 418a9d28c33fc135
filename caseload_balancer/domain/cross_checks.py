"""What rows of different tables, or two rows of one, must not say together."""

from __future__ import annotations

import difflib
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from caseload_balancer.domain.adjustments import Adjustment
from caseload_balancer.domain.cases import Case
from caseload_balancer.domain.spells import Spell
from caseload_balancer.domain.teams import Team
from caseload_balancer.domain.words import Row
from caseload_balancer.domain.workers import Worker
from caseload_balancer.errors import DataProblem

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""Dates outside are typing errors or a spreadsheet's serial numbers."""

RowNumber = Callable[[str, int], int]


@dataclass(frozen=True)
class _Tables:
    as_of: date
    cases: Sequence[Case]
    workers: Sequence[Worker]
    adjustments: Sequence[Adjustment]
    teams: Sequence[Team]
    spells: Sequence[Spell]
    row_number: RowNumber

    def problem(
        self, table: str, position: int, column: str | None, rule: str, message: str
    ) -> DataProblem:
        return DataProblem(table, self.row_number(table, position), column, rule, message)


def by_position(_table: str, position: int) -> int:
    """Return the number of a row counted from 1, as a table built in Python has no header."""
    return position + 1


def cross_check(
    as_of: date,
    cases: Sequence[Case],
    workers: Sequence[Worker],
    adjustments: Sequence[Adjustment] = (),
    teams: Sequence[Team] = (),
    spells: Sequence[Spell] = (),
    *,
    row_number: RowNumber = by_position,
) -> tuple[DataProblem, ...]:
    """Find every contradiction between rows.

    Parameters
    ----------
    row_number
        Gives the number a reader knows a row by, from its table and position; intake passes
        the numbers of the file.

    Returns
    -------
    tuple of DataProblem
        In table and row order; empty when the tables agree.
    """
    tables = _Tables(as_of, cases, workers, adjustments, teams, spells, row_number)
    problems: list[DataProblem] = []
    for check in (
        _ids_are_unique,
        _references_exist,
        _dates_make_sense,
        _locks_can_hold,
        _families_can_stay_together,
        _teams_form_a_tree,
    ):
        problems.extend(check(tables))
    order = {"cases": 0, "workers": 1, "adjustments": 2, "teams": 3, "spells": 4}
    return tuple(sorted(problems, key=lambda p: (order[p.table], p.row or 0, p.column or "")))


def nearest(name: str, known: Iterable[str]) -> str:
    """Return `` Did you mean 'W7'?`` for the nearest known name, or nothing."""
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f" Did you mean '{close[0]}'?" if close else ""


def _normalised(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold().strip()
    return folded.lstrip("0") or folded


def _ids_are_unique(tables: _Tables) -> Iterator[DataProblem]:
    named: list[tuple[str, str, Sequence[str]]] = [
        ("cases", "case_id", [case.case_id for case in tables.cases]),
        ("workers", "worker_id", [worker.worker_id for worker in tables.workers]),
        ("teams", "team_id", [team.team_id for team in tables.teams]),
    ]
    rows: dict[str, Sequence[Row]] = {
        "cases": tables.cases,
        "workers": tables.workers,
        "teams": tables.teams,
    }
    for table, column, ids in named:
        first: dict[str, int] = {}
        for position, identity in enumerate(ids):
            key = _normalised(identity)
            if key not in first:
                first[key] = position
                continue
            earlier = first[key]
            earlier_row = tables.row_number(table, earlier)
            if ids[earlier] != identity:
                yield tables.problem(
                    table,
                    position,
                    column,
                    "colliding_id",
                    f"{column} '{identity}' and '{ids[earlier]}' (row {earlier_row}) differ only "
                    "in leading zeros or case. Write the id the same way everywhere.",
                )
            elif rows[table][earlier] == rows[table][position]:
                yield tables.problem(
                    table,
                    position,
                    column,
                    "duplicate_row",
                    f"{column} '{identity}' repeats row {earlier_row}. Remove one of the two.",
                )
            else:
                yield tables.problem(
                    table,
                    position,
                    column,
                    "duplicate_id",
                    f"{column} '{identity}' is also in row {earlier_row}, with other data. "
                    "Keep the row that is right.",
                )


def _references_exist(tables: _Tables) -> Iterator[DataProblem]:
    workers = {worker.worker_id for worker in tables.workers}
    teams = {team.team_id for team in tables.teams}

    def missing(
        table: str, position: int, column: str, value: str, known: set[str], known_table: str
    ) -> Iterator[DataProblem]:
        if value not in known:
            yield tables.problem(
                table,
                position,
                column,
                f"unknown_{known_table[:-1]}",
                f"{column} '{value}' is not in {known_table}.{nearest(value, sorted(known))}",
            )

    for position, case in enumerate(tables.cases):
        if case.worker_id is not None:
            yield from missing("cases", position, "worker_id", case.worker_id, workers, "workers")
        for worker_id in case.excluded_worker_ids:
            yield from missing(
                "cases", position, "excluded_worker_ids", worker_id, workers, "workers"
            )
        if teams and case.team_id is not None:
            yield from missing("cases", position, "team_id", case.team_id, teams, "teams")
    for position, worker in enumerate(tables.workers):
        for team_id in worker.team_ids if teams else ():
            yield from missing("workers", position, "team_ids", team_id, teams, "teams")
    for position, adjustment in enumerate(tables.adjustments):
        yield from missing(
            "adjustments", position, "worker_id", adjustment.worker_id, workers, "workers"
        )
    for position, team in enumerate(tables.teams):
        if team.parent_id is not None:
            yield from missing("teams", position, "parent_id", team.parent_id, teams, "teams")


def _dates_make_sense(tables: _Tables) -> Iterator[DataProblem]:
    every: dict[str, Sequence[Row]] = {
        "cases": tables.cases,
        "workers": tables.workers,
        "adjustments": tables.adjustments,
        "spells": tables.spells,
    }
    titles = {"starts_on": "from", "ends_on": "to"}
    for table, rows in every.items():
        for position, row in enumerate(rows):
            for name in type(row).model_fields:
                value = getattr(row, name)
                if isinstance(value, date) and not FIRST_YEAR <= value.year <= LAST_YEAR:
                    yield tables.problem(
                        table,
                        position,
                        titles.get(name, name),
                        "date_out_of_range",
                        f"{titles.get(name, name)} {value.isoformat()} is not between "
                        f"{FIRST_YEAR} and {LAST_YEAR}.",
                    )
    for position, case in enumerate(tables.cases):
        for column in ("opened_on", "waiting_since"):
            day: date | None = getattr(case, column)
            if day is not None and day > tables.as_of:
                yield tables.problem(
                    "cases",
                    position,
                    column,
                    "date_in_future",
                    f"{column} {day.isoformat()} is after the week's date "
                    f"{tables.as_of.isoformat()}.",
                )
    ordered: tuple[tuple[str, Sequence[Row], str, str], ...] = (
        ("workers", tables.workers, "available_from", "leaves_on"),
        ("adjustments", tables.adjustments, "starts_on", "ends_on"),
        ("spells", tables.spells, "starts_on", "ends_on"),
    )
    for table, rows, first, last in ordered:
        for position, row in enumerate(rows):
            start, end = getattr(row, first), getattr(row, last)
            if start is not None and end is not None and end < start:
                column = titles.get(last, last)
                yield tables.problem(
                    table,
                    position,
                    column,
                    "dates_reversed",
                    f"{column} {end.isoformat()} is before {titles.get(first, first)} "
                    f"{start.isoformat()}.",
                )
    for position, spell in enumerate(tables.spells):
        if spell.starts_on > tables.as_of:
            yield tables.problem(
                "spells",
                position,
                "from",
                "date_in_future",
                f"from {spell.starts_on.isoformat()} is after the week's date "
                f"{tables.as_of.isoformat()}.",
            )


def _locks_can_hold(tables: _Tables) -> Iterator[DataProblem]:
    workers: Mapping[str, Worker] = {worker.worker_id: worker for worker in tables.workers}
    for position, case in enumerate(tables.cases):
        if not case.locked:
            continue
        holder = workers.get(case.worker_id) if case.worker_id is not None else None
        if case.worker_id is None:
            reason = "the case has no worker to stay with. Fill worker_id or unlock the case."
        elif case.worker_id in case.excluded_worker_ids:
            reason = (
                f"excluded_worker_ids names the holder '{case.worker_id}' too. Take one of the "
                "two away."
            )
        elif holder is None:
            continue
        elif not holder.holds_cases:
            reason = f"'{case.worker_id}' holds no cases. Unlock the case or name a worker."
        elif holder.leaves_on is not None and holder.leaves_on < tables.as_of:
            reason = (
                f"worker '{case.worker_id}' left on {holder.leaves_on.isoformat()}. Unlock the "
                "case or name another worker."
            )
        else:
            continue
        yield tables.problem(
            "cases", position, "locked", "lock_cannot_hold", f"locked, but {reason}"
        )


def _families_can_stay_together(tables: _Tables) -> Iterator[DataProblem]:
    locked: dict[str, dict[str, int]] = defaultdict(dict)
    for position, case in enumerate(tables.cases):
        together = case.family_id is not None and not case.may_separate
        if together and case.locked and case.worker_id is not None:
            locked[str(case.family_id)].setdefault(case.worker_id, position)
    for family_id, positions in locked.items():
        if len(positions) < 2:
            continue
        (one, first), (other, second), *_ = positions.items()
        yield tables.problem(
            "cases",
            second,
            "locked",
            "family_locked_apart",
            f"family '{family_id}' is locked with '{other}' here and with '{one}' in row "
            f"{tables.row_number('cases', first)}. Unlock one, or set may_separate.",
        )


def _teams_form_a_tree(tables: _Tables) -> Iterator[DataProblem]:
    parent = {team.team_id: team.parent_id for team in tables.teams}
    for position, team in enumerate(tables.teams):
        seen = {team.team_id}
        above = team.parent_id
        while above is not None and above not in seen:
            seen.add(above)
            above = parent.get(above)
        if above == team.team_id:
            yield tables.problem(
                "teams",
                position,
                "parent_id",
                "teams_in_a_circle",
                f"team '{team.team_id}' is its own parent through parent_id '{team.parent_id}'.",
            )
