"""Cases that move on to another team: which are due, and which wait for their day (section 1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseload_balancer.checker.scope import OWN_TEAM, WIDEST

if TYPE_CHECKING:
    from caseload_balancer.checker.groups import Unit
    from caseload_balancer.checker.week import JudgedWeek
    from caseload_balancer.domain import Case, Worker


def is_outside(week: JudgedWeek, case: Case, worker: Worker) -> bool:
    """Say whether a case is to move on from a worker, as one of another team.

    A case with the day of a transfer goes to the team it names; without one, as near as the
    policy's scope wants it.
    """
    near_enough = OWN_TEAM if case.transfer_on else WIDEST[week.policy.eligibility.scope]
    return week.scope_step(case, worker) > near_enough


def is_due(week: JudgedWeek, unit: Unit) -> bool:
    """Say whether the children of a unit are to go to another team now, all of them."""
    of_a_team = [case for case in unit.cases if case.team_id is not None]
    if unit.locked or not of_a_team:
        return False
    # Few start outside, and that is seen at once; work in progress takes the case's history.
    goes = all(
        _starts_outside(week, unit, case) and not _is_later(week, case) for case in of_a_team
    )
    return goes and not any(week.in_progress(case) for case in unit.cases)


def goes_later(week: JudgedWeek, unit: Unit) -> bool:
    """Say whether a child of a unit is to go to another team on a day that has not come."""
    return not unit.locked and any(
        _starts_outside(week, unit, case) and _is_later(week, case) for case in unit.cases
    )


def _starts_outside(week: JudgedWeek, unit: Unit, case: Case) -> bool:
    if unit.holder is None:
        return False
    return is_outside(week, case, week.worker_by_id[unit.holder])


def _is_later(week: JudgedWeek, case: Case) -> bool:
    return case.transfer_on is not None and case.transfer_on > week.snapshot.as_of
