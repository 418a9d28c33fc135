"""Children and workers: who is gone, who changed hands, and what cannot have changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from caseload_balancer.domain import Case, Snapshot
from caseload_balancer.domain.wording import children, counted
from caseload_balancer.weekly.against.findings import InputFinding
from caseload_balancer.weekly.against.id_rules import respelled
from caseload_balancer.weekly.against.limits import InputLimits
from caseload_balancer.weekly.against.weeks import Intended


def holders_between(
    last: Snapshot, now: Snapshot, intended: Intended, limits: InputLimits
) -> Iterator[InputFinding]:
    """Find too many children with another worker than they had and than was planned.

    Children of workers who are gone are left out: somebody had to take them.
    """
    before = {row.case_id: row.worker_id for row in last.cases}
    here = {row.worker_id for row in now.workers}
    both = [
        row
        for row in now.cases
        if row.case_id in before and (before[row.case_id] is None or before[row.case_id] in here)
    ]
    changed = [
        row.case_id
        for row in both
        if row.worker_id not in intended.workers(row.case_id, before[row.case_id])
    ]
    if len(both) >= limits.counted_from and len(changed) > len(both) * limits.holders_changed:
        yield InputFinding(
            code="holders-changed",
            table="cases",
            column="worker_id",
            says=(
                f"{len(changed):,} of {children(len(both))} have another worker than last week, "
                f"whom nobody planned: more than {limits.holders_changed:.0%}."
            ),
            count=len(changed),
            examples=tuple(changed),
        )


def people_between(last: Snapshot, now: Snapshot, limits: InputLimits) -> Iterator[InputFinding]:
    """Find too many of last week's children or workers gone."""
    for code, table, who, before, after in (
        ("children-changed", "cases", "children", _children(last), _children(now)),
        ("workers-changed", "workers", "workers", _workers(last), _workers(now)),
    ):
        gone = before - after
        # Those that are only spelled otherwise are told as such.
        left = len(gone) - len(respelled(gone, after - before))
        if len(before) >= limits.counted_from and left > len(before) * limits.people_changed:
            yield InputFinding(
                code=code,
                table=table,
                says=(
                    f"{left:,} of last week's {len(before):,} {who} are gone: more than "
                    f"{limits.people_changed:.0%}."
                ),
                count=left,
            )


def teams_between(last: Snapshot, now: Snapshot, limits: InputLimits) -> Iterator[InputFinding]:
    """Find teams of which everybody is gone."""
    yield from _emptied("workers", "worker", limits.team_of, _of_teams(last), _of_teams(now))
    yield from _emptied(
        "cases", "child", 2 * limits.team_of, _cases_of_teams(last), _cases_of_teams(now)
    )


def _emptied(
    table: str, one: str, least: int, before: dict[str, set[str]], after: dict[str, set[str]]
) -> Iterator[InputFinding]:
    for team_id, members in before.items():
        if len(members) >= least and members.isdisjoint(after.get(team_id, ())):
            many = "children" if one == "child" else f"{one}s"
            yield InputFinding(
                code="team-emptied",
                table=table,
                column="team_id" if table == "cases" else "team_ids",
                says=f"all {counted(len(members), one, many)} of a team are gone from it.",
                count=len(members),
                examples=(team_id,),
            )


def dates_between(last: Snapshot, now: Snapshot, limits: InputLimits) -> Iterator[InputFinding]:
    """Find dates of opening that changed, above all those whose day and month changed places."""
    before = {row.case_id: row.opened_on for row in last.cases if row.opened_on}
    both = [row for row in now.cases if row.opened_on and row.case_id in before]
    changed = [row for row in both if row.opened_on != before[row.case_id]]
    swapped = [row for row in changed if row.opened_on == _swapped(before[row.case_id])]
    if len(swapped) >= limits.dates_swapped:
        yield _dates("dates-swapped", "day and month of it in each other's place", swapped, both)
    elif len(both) >= limits.counted_from and len(changed) > len(both) * limits.dates_changed:
        yield _dates("dates-changed", "another date of opening than last week", changed, both)


def _dates(code: str, what: str, rows: Sequence[Case], both: Sequence[Case]) -> InputFinding:
    return InputFinding(
        code=code,
        table="cases",
        column="opened_on",
        says=f"{len(rows):,} of {children(len(both))} have {what}.",
        count=len(rows),
        examples=tuple(row.case_id for row in rows),
    )


def stale(last: Snapshot, now: Snapshot, limits: InputLimits) -> Iterator[InputFinding]:
    """Find cases in which nothing at all has changed, though the date is another."""
    if now.as_of == last.as_of or len(now.cases) < limits.same_rows:
        return
    if set(now.cases) == set(last.cases):
        yield InputFinding(
            code="same-rows",
            table="cases",
            says=f"not one of {children(len(now.cases))} differs in anything from last week.",
            count=len(now.cases),
        )


def weeks_apart(last: date, now: date, limits: InputLimits) -> Iterator[InputFinding]:
    """Find a date that is not later than last week's, or far from it."""
    if now <= last:
        yield InputFinding(
            code="date-not-later",
            table="service",
            column="as_of",
            says=f"as_of is {now.isoformat()}, and {last.isoformat()} is recorded already.",
        )
    elif (now - last).days > 7 * limits.weeks_apart:
        yield InputFinding(
            code="date-far",
            table="service",
            column="as_of",
            says=(
                f"as_of is {now.isoformat()}, more than {limits.weeks_apart} weeks after "
                f"{last.isoformat()}."
            ),
        )


def _swapped(day: date) -> date | None:
    """Return a date with day and month in each other's place; None where that is none."""
    if day.day > 12 or day.day == day.month:
        return None
    return day.replace(month=day.day, day=day.month)


def _children(week: Snapshot) -> set[str]:
    return {row.case_id for row in week.cases}


def _workers(week: Snapshot) -> set[str]:
    return {row.worker_id for row in week.workers}


def _of_teams(week: Snapshot) -> dict[str, set[str]]:
    return _grouped(
        (team_id, row.worker_id)
        for row in week.workers
        if row.holds_cases
        for team_id in row.team_ids
    )


def _cases_of_teams(week: Snapshot) -> dict[str, set[str]]:
    return _grouped((row.team_id, row.case_id) for row in week.cases if row.team_id)


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for team_id, one in pairs:
        found.setdefault(team_id, set()).add(one)
    return found
