"""Tiny weeks by hand: every row is dull unless a test says otherwise."""

from datetime import date, timedelta
from decimal import Decimal

from caseload_balancer.checker import check
from caseload_balancer.domain import Adjustment, Case, Snapshot, Spell, Team, Worker
from tests.figures import with_figures

MONDAY = date(2026, 3, 2)
"""The day of the week in all tests: no bank holiday is near."""


def day(offset):
    return MONDAY + timedelta(days=offset)


def case(case_id, case_type="child_in_need", **columns):
    return Case(case_id=case_id, case_type=case_type, **columns)


def cases(count, holder, letter="c", **columns):
    return [case(f"{letter}{number}", worker_id=holder, **columns) for number in range(count)]


def worker(worker_id, employment="permanent", **columns):
    return Worker(worker_id=worker_id, employment=employment, **columns)


def away(worker_id, percent=100, until=None, since=None):
    return Adjustment(worker_id=worker_id, percent=Decimal(percent), starts_on=since, ends_on=until)


def spell(case_id, worker_id, first, last=None, reason=None):
    return Spell(
        case_id=case_id,
        worker_id=worker_id,
        starts_on=day(first),
        ends_on=None if last is None else day(last),
        reason=reason,
    )


def team(team_id, **columns):
    return Team(team_id=team_id, **columns)


def week(case_rows, worker_rows, *, as_of=MONDAY, adjustments=(), teams=(), spells=()):
    return Snapshot(
        as_of=as_of,
        cases=tuple(case_rows),
        workers=tuple(worker_rows),
        adjustments=tuple(adjustments),
        teams=tuple(teams),
        spells=tuple(spells),
    )


PAIR = [worker("ann"), worker("ben")]
"""Whoever holds the case, and whoever else there is."""

STEADY = with_figures()
steady = with_figures


def checked(snapshot, changes=None, policy=None):
    """Check the plan in which everybody stays where the table says, but for `changes`."""
    plan = {row.case_id: row.worker_id for row in snapshot.cases} | (changes or {})
    return check(snapshot, policy or STEADY, plan)


def broken(snapshot, changes=None, policy=None):
    """Return the rules that plan breaks, in the order of the report."""
    return [violation.rule for violation in checked(snapshot, changes, policy).violations]


def value(goal, snapshot, changes=None, policy=None):
    """Return what that plan is worth by one goal."""
    return checked(snapshot, changes, policy).goal_values[goal]


def points_over(worker_id, snapshot, changes=None, policy=None):
    """Return the tenths of a point by which that plan leaves a worker over the hard limit."""
    found = checked(snapshot, changes, policy).breaches
    return sum(
        breach.amount
        for breach in found
        if breach.rule == "points-limit" and breach.worker_id == worker_id
    )
