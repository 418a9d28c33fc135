"""The history of the weeks, read from the rows of a ledger."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select

from caseload_balancer.ledger.completing import missed_of
from caseload_balancer.ledger.reading import IN_FORCE, between
from caseload_balancer.ledger.rows import NotCarriedOut
from caseload_balancer.ledger.schema import CASE_WEEKS, RUNS, TEAM_WEEKS
from caseload_balancer.ledger.team_figures import TeamFigures
from caseload_balancer.ledger.weeks_so_far import WeeksSoFar


def weeks_so_far(connection: Connection, since: date | None, until: date | None) -> WeeksSoFar:
    """Return the history of the weeks between two dates, both included."""
    wanted = select(TEAM_WEEKS, RUNS.c.as_of).join(RUNS, TEAM_WEEKS.c.run == RUNS.c.entry)
    wanted = wanted.where(IN_FORCE, *between(since, until))
    rows = connection.execute(wanted.order_by(RUNS.c.as_of, TEAM_WEEKS.c.entry))
    return WeeksSoFar(
        tuple(
            TeamFigures(
                as_of=row.as_of,
                level=row.level,
                team_id=row.team_id,
                parent_id=row.parent_id,
                children=row.children,
                cap=row.cap,
                workers=row.workers,
                fte=row.fte,
                agency_fte=row.agency_fte,
                waiting=row.waiting,
                overdue=row.overdue,
                changed=row.changed,
                third_workers=row.third_workers,
                planned_moves=row.moved,
                over_cap=row.over_cap,
            )
            for row in rows
        ),
        _missed(connection, since, until),
    )


def _missed(
    connection: Connection, since: date | None, until: date | None
) -> tuple[NotCarriedOut, ...]:
    """Return who was not where the plan before had them, in the newest week of a stretch."""
    weeks = select(RUNS.c.entry, RUNS.c.as_of).where(IN_FORCE, *between(since, until))
    newest = connection.execute(weeks.order_by(RUNS.c.as_of.desc()).limit(1)).first()
    if newest is None:
        return ()
    held = select(CASE_WEEKS.c.case_id, CASE_WEEKS.c.holder_id)
    rows = connection.execute(held.where(CASE_WEEKS.c.run == newest.entry))
    return missed_of(connection, {row.case_id: row.holder_id for row in rows}, newest.as_of)
