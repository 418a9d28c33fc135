"""A worker's own week put together: their load, their children, and whom to talk to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from caseload_balancer.domain import Snapshot
from caseload_balancer.domain.steps import refuse_another_week
from caseload_balancer.plan.meeting.handing_over import falls_due
from caseload_balancer.plan.own.counting import Step, cap_steps, points_steps
from caseload_balancer.plan.own.happening import Happenings
from caseload_balancer.plan.own.points import points_in_words
from caseload_balancer.problem.facts import Facts

if TYPE_CHECKING:
    from caseload_balancer.plan.html.meeting.caseloads import Caseload, Together
    from caseload_balancer.plan.plans import Plan
    from caseload_balancer.plan.rows import Decision


@dataclass(frozen=True, kw_only=True)
class OwnChild:
    """One child on a worker's page.

    Parameters
    ----------
    row
        What happens to the child.
    points
        Points of work the child is for its holder.
    counted
        What these are made of.
    says
        What to know, in sentences.
    due
        What falls due next and when; empty where nothing does soon.
    """

    row: Decision
    points: float
    counted: str
    says: str
    due: str


@dataclass(frozen=True, kw_only=True)
class OwnGroup:
    """Children of one family, or one child, who come from or go to the same worker.

    Parameters
    ----------
    other
        Who gives or takes them; None: nobody.
    children
        The children.
    """

    other: str | None
    children: tuple[OwnChild, ...]

    @property
    def said(self) -> tuple[tuple[tuple[str, ...], OwnChild], ...]:
        """What is said of them, once where it is the same: ids, and the first of these children."""
        found: dict[tuple[str, str, str], list[OwnChild]] = {}
        for one in self.children:
            found.setdefault((one.row.case_type, one.says, one.due), []).append(one)
        return tuple((tuple(one.row.case_id for one in same), same[0]) for same in found.values())


@dataclass(frozen=True, kw_only=True)
class OwnWeek:
    """What a worker's page shows.

    Parameters
    ----------
    caseload
        The worker's part of the meeting page.
    goes, comes
        Children who leave the worker and who come, siblings together.
    has
        All the worker has after the plan.
    cap, time
        How the cap and the points there is time for come about.
    managers
        Managers of the worker's teams, as far as the week's tables name any.
    """

    caseload: Caseload
    goes: tuple[OwnGroup, ...]
    comes: tuple[OwnGroup, ...]
    has: tuple[OwnChild, ...]
    cap: tuple[Step, ...]
    time: tuple[Step, ...]
    managers: tuple[str, ...]


def own_weeks(snapshot: Snapshot, plan: Plan, caseloads: Iterable[Caseload]) -> Iterator[OwnWeek]:
    """Yield each worker's own week, in the order of the plan.

    Raises
    ------
    DataError
        When the plan was made from another week.
    """
    refuse_another_week(plan, snapshot.fingerprint)
    facts = Facts.of(snapshot, plan.policy)
    happen = Happenings(plan, facts)
    due = {row.case_id: falls_due(row) for row in plan.due}

    def child(row: Decision, says: str) -> OwnChild:
        number = facts.index.case_number[row.case_id]
        return OwnChild(
            row=row,
            points=int(facts.points[number]) / 10,
            counted=points_in_words(facts, number),
            says=says,
            due=due.get(row.case_id, ""),
        )

    def groups(found: Iterable[Together], one: Caseload, *, come: bool) -> tuple[OwnGroup, ...]:
        return tuple(
            OwnGroup(
                other=group.other,
                children=tuple(
                    child(row, happen.comes(row) if come else happen.goes(row, one.row))
                    for row in group.rows
                ),
            )
            for group in found
        )

    for one in caseloads:
        number = facts.index.worker_number[one.row.worker_id]
        yield OwnWeek(
            caseload=one,
            goes=groups(one.gives, one, come=False),
            comes=groups(one.takes, one, come=True),
            has=tuple(
                child(row, happen.stays(row) if row.change == "kept" else "Comes to you.")
                for row in one.rows
            ),
            cap=cap_steps(facts, number),
            time=points_steps(facts, number),
            managers=_managers(snapshot, one.row.team_ids),
        )


def _managers(snapshot: Snapshot, team_ids: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        row.worker_id
        for row in sorted(snapshot.workers, key=lambda row: row.worker_id)
        if row.role == "manager" and not set(row.team_ids).isdisjoint(team_ids)
    )
