"""Teams of a few workers, made by hand."""

from datetime import date

import caseload_balancer as cb

MONDAY = date(2026, 3, 2)


def case(number, worker_id, **columns):
    columns.setdefault("case_type", "child_in_need")
    return cb.Case(case_id=f"C{number}", worker_id=worker_id, opened_on=date(2026, 1, 5), **columns)


def worker(worker_id, **columns):
    columns.setdefault("employment", "permanent")
    return cb.Worker(worker_id=worker_id, **columns)


def week_of(cases, workers, *, teams=(), **tables):
    return cb.Snapshot(
        as_of=MONDAY,
        cases=tuple(cases),
        workers=tuple(workers),
        teams=tuple(cb.Team(team_id=team) for team in teams),
        **tables,
    )
