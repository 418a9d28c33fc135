"""Rows that say nothing for the week are left out before anything is checked, and it is said.

A case that is closed, a reduction that is there twice, a team that is nowhere: a week with such
rows is the week without them, with the same fingerprint and the same plan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from caseload_balancer.domain.adjustments import Adjustment
from caseload_balancer.domain.checked_tables import CheckedTables
from caseload_balancer.domain.closing import (
    contradicts_itself,
    is_over,
    plain,
    says_closed,
    says_open,
)
from caseload_balancer.domain.names import nearest, spelling
from caseload_balancer.domain.remarks import SHOWN_ALIKE, Remark
from caseload_balancer.domain.teams import Team
from caseload_balancer.domain.wording import listed as listed_ids
from caseload_balancer.domain.words import Row


def tidy(tables: CheckedTables) -> tuple[CheckedTables, tuple[Remark, ...]]:
    """Return the tables without what has no effect, and what is to be said of it.

    Row numbers stay those of the rows that came in. Tidy tables come back as they are.
    """
    remarks: list[Remark] = []
    steps = (_without_closed, _without_repeats, _with_known_teams)
    # What could not be read in full is refused whatever else is put right in it.
    for step in steps[:1] if tables.unsure else steps:
        tables, said = step(tables)
        remarks += said
    return tables, tuple(remarks)


def _keeping(tables: CheckedTables, table: str, positions: Sequence[int]) -> CheckedTables:
    """Return the tables with some rows of one, under their own numbers."""
    rows = tables.rows(table)
    if len(positions) == len(rows):
        return tables
    numbers = [tables.row_number(table, position) for position in positions]
    known = tables.row_number

    def row_number(of: str, position: int) -> int:
        return numbers[position] if of == table else known(of, position)

    kept: Any = tuple(rows[position] for position in positions)
    return replace(tables, row_number=row_number, **{table: kept})


def _without_closed(tables: CheckedTables) -> tuple[CheckedTables, list[Remark]]:
    remarks = list(_odd_states(tables))
    still_open = [
        position
        for position, case in enumerate(tables.cases)
        if not is_over(case.closed_on, case.status, tables.as_of)
    ]
    if closed := len(tables.cases) - len(still_open):
        said = "1 case is" if closed == 1 else f"{closed:,} cases are"
        message = f"{said} closed and left out."
        remarks.append(Remark("cases", None, None, "closed_cases", message, is_warning=False))
    return _keeping(tables, "cases", still_open), remarks


def _odd_states(tables: CheckedTables) -> Iterator[Remark]:
    """Find words for neither open nor closed, and words that a date contradicts."""
    unknown: dict[str, int] = {}
    count: Counter[str] = Counter()
    for position, case in enumerate(tables.cases):
        status, row = case.status, tables.row_number("cases", position)
        if contradicts_itself(case.closed_on, status, tables.as_of):
            yield Remark(
                "cases",
                row,
                "status",
                "status_and_date",
                f"status '{status}' and closed_on {case.closed_on} of '{case.case_id}' contradict "
                "each other: taken as open. Mend the one that is wrong.",
            )
        elif status is not None and not says_closed(status) and not says_open(status):
            unknown.setdefault(status, row)
            count[status] += not is_over(case.closed_on, status, tables.as_of)
    for status, row in unknown.items():
        if count[status]:
            cases = "1 case is" if count[status] == 1 else f"{count[status]:,} cases are"
            yield Remark(
                "cases",
                row,
                "status",
                "unknown_status",
                f"status '{status}' is no word for closed: {cases} taken as open. Write Closed or "
                "fill closed_on if that is meant.",
                is_warning=False,
            )


def _without_repeats(tables: CheckedTables) -> tuple[CheckedTables, list[Remark]]:
    remarks = []
    for table in ("adjustments", "spells"):
        rows = tables.rows(table)
        first: dict[object, int] = {}
        for position, row in enumerate(rows):
            first.setdefault(_said_by(row), position)
        if repeats := len(rows) - len(first):
            repeated = next(p for p, row in enumerate(rows) if first[_said_by(row)] != p)
            said = "1 row repeats" if repeats == 1 else f"{repeats:,} rows repeat"
            counts = "counts" if repeats == 1 else "count"
            remarks.append(
                Remark(
                    table,
                    tables.row_number(table, repeated),
                    None,
                    "repeated_rows",
                    f"{said} an earlier row in everything and {counts} once.",
                )
            )
            tables = _keeping(tables, table, tuple(first.values()))
    return tables, remarks


def _said_by(row: Row) -> object:
    """Return what two rows that say the same have in common."""
    if isinstance(row, Adjustment) and row.kind is not None:
        return row.model_copy(update={"kind": plain(row.kind)})
    return row


def _with_known_teams(tables: CheckedTables) -> tuple[CheckedTables, list[Remark]]:
    """Give teams that cases and workers both name a row, and take away those that are nowhere."""
    if not tables.teams:
        return tables, []
    listed = {team.team_id for team in tables.teams}
    of_cases = {case.team_id for case in tables.cases if case.team_id is not None}
    of_workers = {team_id for worker in tables.workers for team_id in worker.team_ids}
    spelled = {spelling(team_id) for team_id in listed}
    # One that is spelled like a team with a row is no team of its own: the checks refuse it.
    unknown = {
        team_id
        for team_id in (of_cases | of_workers) - listed
        if spelling(team_id) not in spelled and not tables.is_unread("teams", team_id)
    }
    if not unknown:
        return tables, []
    named_by_both = sorted(unknown & of_cases & of_workers)
    nowhere = unknown - of_cases | unknown - of_workers
    remarks = [*_of_bare_teams(tables, named_by_both), *_of_lost_teams(tables, nowhere, listed)]
    cases = tuple(
        case.model_copy(update={"team_id": None}) if case.team_id in nowhere else case
        for case in tables.cases
    )
    workers = tuple(
        worker.model_copy(
            update={"team_ids": tuple(one for one in worker.team_ids if one not in nowhere)}
        )
        if nowhere.intersection(worker.team_ids)
        else worker
        for worker in tables.workers
    )
    teams = (*tables.teams, *(Team(team_id=team_id) for team_id in named_by_both))
    own, known = len(tables.teams), tables.row_number

    def row_number(table: str, position: int) -> int:
        past_the_last = table == "teams" and position >= own
        return (
            known(table, own - 1) + 1 + position - own if past_the_last else known(table, position)
        )

    tidied = replace(tables, cases=cases, workers=workers, teams=teams, row_number=row_number)
    return tidied, remarks


def _of_bare_teams(tables: CheckedTables, team_ids: Sequence[str]) -> Iterator[Remark]:
    for team_id in team_ids:
        position = next(p for p, case in enumerate(tables.cases) if case.team_id == team_id)
        yield Remark(
            "cases",
            tables.row_number("cases", position),
            "team_id",
            "team_without_row",
            f"team_id '{team_id}' is not in teams, but workers have it too: taken as a team with "
            "no figures of its own. Add its row to teams.",
        )


def _of_lost_teams(tables: CheckedTables, nowhere: set[str], listed: set[str]) -> Iterator[Remark]:
    for team_id in sorted(nowhere):
        cases = [p for p, case in enumerate(tables.cases) if case.team_id == team_id]
        workers = [p for p, worker in enumerate(tables.workers) if team_id in worker.team_ids]
        if cases:
            table, column, first = "cases", "team_id", cases[0]
            whom = "its case is" if len(cases) == 1 else f"its {len(cases):,} cases are"
            taken = f"no worker has it: {whom} taken as of no team, which any worker may hold"
        else:
            table, column, first = "workers", "team_ids", workers[0]
            taken = f"no case has it: it has no effect{_of_free_workers(tables, workers, nowhere)}"
        yield Remark(
            table,
            tables.row_number(table, first),
            column,
            "unknown_team",
            f"{column} '{team_id}' is not in teams, and {taken}.{nearest(team_id, sorted(listed))}",
        )


def _of_free_workers(tables: CheckedTables, workers: Sequence[int], nowhere: set[str]) -> str:
    """Say who is left without a team, since then no team's cases are out of reach."""
    free = sorted(
        tables.workers[position].worker_id
        for position in workers
        if nowhere.issuperset(tables.workers[position].team_ids)
    )
    if not free:
        return ""
    return f", and cases of any team may go to {listed_ids(free, most=SHOWN_ALIKE)}"
