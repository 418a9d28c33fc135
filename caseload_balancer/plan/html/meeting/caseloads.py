"""Each worker's part of the page: what they give, take and keep, and the whole caseload."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from caseload_balancer.domain.wording import counted
from caseload_balancer.domain.words import CaseType
from caseload_balancer.plan.meeting.families import holder_before
from caseload_balancer.plan.meeting.staff import worker_notes
from caseload_balancer.plan.meeting.swaps import Swap, list_swaps

if TYPE_CHECKING:
    from caseload_balancer.plan.drift.rows import DueCase
    from caseload_balancer.plan.plans import Plan
    from caseload_balancer.plan.rows import Decision, Move, WorkerWeek


@dataclass(frozen=True)
class Said:
    """One sentence about several children.

    Parameters
    ----------
    case_ids, case_type
        The children, all of one type.
    reason
        What the plan says of each of them.
    """

    case_ids: tuple[str, ...]
    case_type: CaseType
    reason: str


@dataclass(frozen=True)
class Together:
    """Children of one family who go the same way, or one child.

    Parameters
    ----------
    family_id
        The family, where the case has one.
    other
        Who gives or takes them; None: nobody.
    rows
        The children.
    """

    family_id: str | None
    other: str | None
    rows: tuple[Decision, ...]

    @property
    def said(self) -> tuple[Said, ...]:
        """What is said of them, once where it is the same."""
        found: dict[tuple[CaseType, str], list[str]] = {}
        for row in self.rows:
            found.setdefault((row.case_type, row.reason), []).append(row.case_id)
        return tuple(Said(tuple(ids), kind, reason) for (kind, reason), ids in found.items())


@dataclass(frozen=True, kw_only=True)
class Caseload:
    """What the page shows of one worker.

    Parameters
    ----------
    row
        The worker before and after.
    gives, takes
        Children who leave the worker, and who come, siblings together.
    swaps
        With whom the worker changes children.
    rows
        All the worker holds after the plan, siblings together.
    going
        When the worker leaves, goes away, starts or comes back, in sentences.
    notes
        What else to know, in clauses.
    """

    row: WorkerWeek
    gives: tuple[Together, ...]
    takes: tuple[Together, ...]
    swaps: tuple[Swap, ...]
    rows: tuple[Decision, ...]
    going: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def keeps(self) -> int:
        """Children who stay with the worker."""
        return len(self.rows) - sum(len(one.rows) for one in self.takes)

    @property
    def changes(self) -> bool:
        """Whether anything changes for the worker."""
        return bool(self.gives or self.takes)


def list_caseloads(plan: Plan) -> tuple[Caseload, ...]:
    """Return every worker's part, in the order of the plan."""
    held: dict[str, list[Decision]] = defaultdict(list)
    gone: dict[str, list[Decision]] = defaultdict(list)
    for row in plan.cases:
        if row.worker_id is not None:
            held[row.worker_id].append(row)
        before = holder_before(row)
        if before is not None and before != row.worker_id:
            gone[before].append(row)
    swaps = list_swaps(plan)
    return tuple(
        Caseload(
            row=row,
            gives=_together((one, one.worker_id) for one in gone[row.worker_id]),
            takes=_together(
                (one, one.previous_worker_id) for one in held[row.worker_id] if one.change != "kept"
            ),
            swaps=tuple(one for one in swaps if row.worker_id in {one.first, one.second}),
            rows=tuple(sorted(held[row.worker_id], key=_by_family)),
            going=_going(plan, row),
            notes=tuple(worker_notes(row)),
        )
        for row in plan.workers
    )


def due_by_case(plan: Plan) -> dict[str, DueCase]:
    """Return what is overdue or due soon by child."""
    return {row.case_id: row for row in plan.due}


def moves_by_case(plan: Plan) -> dict[str, Move]:
    """Return the changes of worker by child."""
    return {row.case_id: row for row in plan.moves}


def _together(rows: Iterable[tuple[Decision, str | None]]) -> tuple[Together, ...]:
    groups: dict[tuple[str, str, str | None], list[Decision]] = defaultdict(list)
    for row, other in rows:
        key = ("family", row.family_id) if row.family_id is not None else ("child", row.case_id)
        groups[(*key, other)].append(row)
    found = [Together(_family(rows), key[2], tuple(rows)) for key, rows in groups.items()]
    return tuple(sorted(found, key=lambda one: (one.other or "", one.rows[0].case_id)))


def _family(rows: Sequence[Decision]) -> str | None:
    return rows[0].family_id


def _by_family(row: Decision) -> tuple[str, str, str]:
    return (row.family_id or row.case_id, row.family_id or "", row.case_id)


def _going(plan: Plan, row: WorkerWeek) -> tuple[str, ...]:
    """Return when a worker comes or goes; what the weeks ahead do not show, the row does."""
    soon = [one for one in plan.staff_changes if one.worker_id == row.worker_id]
    found = [f"{one.event} on {one.on} (in {counted(one.days, 'day')})" for one in soon]
    if row.leaves_on is not None and all(one.event != "leaves" for one in soon):
        found.append(f"{'left' if row.leaves_on < plan.as_of else 'leaves'} on {row.leaves_on}")
    elif row.hindrance and not found:
        found.append(row.hindrance.removeprefix(f"{row.worker_id} "))
    return tuple(found)
