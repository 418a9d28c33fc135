"""All that drifts in one allocation of a week."""

from __future__ import annotations

from dataclasses import dataclass

from caseload_balancer.arrays import Ints
from caseload_balancer.domain import Snapshot
from caseload_balancer.plan.drift.due import list_due, list_late, time_cases
from caseload_balancer.plan.drift.places import homes_of_cases
from caseload_balancer.plan.drift.rows import DueCase, LateCase, StaffChange, TeamWeek
from caseload_balancer.plan.drift.staff import list_staff_changes
from caseload_balancer.plan.drift.teams import Listed, measure_teams
from caseload_balancer.policy import Policy
from caseload_balancer.problem.facts import Facts


@dataclass(frozen=True, kw_only=True)
class Drift:
    """What is late or soon may be, who comes and goes, and each team's week.

    Parameters
    ----------
    due
        Cases with something overdue or due soon, by team and worker.
    late
        Assessments and first decisions that have taken longer than they should.
    staff_changes
        Workers who leave, go away for long, start or come back in the weeks ahead.
    teams
        The service, its localities and their teams.
    """

    due: tuple[DueCase, ...]
    late: tuple[LateCase, ...]
    staff_changes: tuple[StaffChange, ...]
    teams: tuple[TeamWeek, ...]

    @classmethod
    def at_the_start(cls, snapshot: Snapshot, policy: Policy) -> Drift:
        """Look at a week before anything is allocated."""
        facts = Facts.of(snapshot, policy)
        return look(facts, facts.holder)


def look(facts: Facts, worker: Ints) -> Drift:
    """Look at a week under an allocation.

    Parameters
    ----------
    worker
        Shape (cases,): number of the worker of each case, or `NOBODY`.
    """
    homes = homes_of_cases(facts, worker)
    timings = time_cases(facts)
    due = list_due(facts, worker, homes)
    staff = list_staff_changes(facts, worker)
    listed = Listed(worker=worker, homes=homes, due=due, timings=timings, staff=staff)
    return Drift(
        due=due,
        late=list_late(facts, worker, homes, timings),
        staff_changes=staff,
        teams=measure_teams(facts, listed),
    )
