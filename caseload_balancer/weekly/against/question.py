"""What is odd about a week's tables, held against those of the week before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from caseload_balancer.arguments import checked
from caseload_balancer.domain import Snapshot, a_snapshot
from caseload_balancer.plan import Plan, a_plan
from caseload_balancer.weekly.against.findings import InputFinding
from caseload_balancer.weekly.against.id_rules import ids_between
from caseload_balancer.weekly.against.limits import InputLimits, some_limits
from caseload_balancer.weekly.against.people_rules import (
    dates_between,
    holders_between,
    people_between,
    stale,
    teams_between,
    weeks_apart,
)
from caseload_balancer.weekly.against.table_rules import rows_between, titles_between
from caseload_balancer.weekly.against.weeks import Intended, WeekInput


@checked(last=a_snapshot, now=a_snapshot, plan=a_plan, limits=some_limits)
def compare_inputs(
    last: Snapshot,
    now: Snapshot,
    *,
    plan: Plan | None = None,
    limits: InputLimits | Mapping[str, Any] | None = None,
) -> tuple[InputFinding, ...]:
    """Say what is odd about a week's tables beside those of the week before.

    Half the rows gone, ids without their zeros, dates with day and month in each other's place, a
    team that is missing: what a cut, mixed or wrong export looks like. The weekly run stops at
    each, unless somebody accepts it. docs/weekly.md lists every code.

    Parameters
    ----------
    last, now
        The two weeks as they were read.
    plan
        What was planned for the week before: who has the worker of the plan was not changed by
        anybody else.
    limits
        From when on a difference is odd; a dictionary replaces some of the limits.

    Returns
    -------
    tuple of InputFinding
        Table by table; empty when the week looks as it should.
    """
    intended = Intended() if plan is None else Intended(planned=plan.allocation)
    return findings_between(
        WeekInput(snapshot=last),
        WeekInput(snapshot=now),
        intended=intended,
        limits=InputLimits() if limits is None else some_limits(limits),
    )


def findings_between(
    last: WeekInput, now: WeekInput, *, intended: Intended, limits: InputLimits
) -> tuple[InputFinding, ...]:
    """Return everything odd between two weeks, files included."""
    before, after = last.snapshot, now.snapshot
    return (
        *weeks_apart(before.as_of, after.as_of, limits),
        *rows_between(last, now, limits),
        *titles_between(last, now, limits),
        *ids_between(last, now, limits),
        *people_between(before, after, limits),
        *holders_between(before, after, intended, limits),
        *dates_between(before, after, limits),
        *teams_between(before, after, limits),
        *stale(before, after, limits),
    )
