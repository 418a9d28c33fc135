"""The watch list: what is not as it should be, or soon may not be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from caseload_balancer.domain.wording import CASE_WORDS, children, counted, percent
from caseload_balancer.plan.certainty import as_far, not_mended
from caseload_balancer.plan.meeting.words import sentence

if TYPE_CHECKING:
    from caseload_balancer.checker import Breach
    from caseload_balancer.plan.plans import Plan

_TRANSFERS: Final = {
    "due": "waits for a place in the team the case moves to",
    "coming": "moves to another team later",
    "blocked": "would move to another team",
}


@dataclass(frozen=True, kw_only=True)
class WatchRow:
    """One thing to keep an eye on.

    Parameters
    ----------
    what
        Which kind of thing, in words; rows of a kind stand together.
    team_id, worker_id, case_id
        Whom it is about, where it is about one.
    on, days
        The day it is about; days until then, since then, or of waiting.
    more
        One sentence.
    """

    what: str
    more: str
    team_id: str | None = None
    worker_id: str | None = None
    case_id: str | None = None
    on: date | None = None
    days: int | None = None


def watch_list(plan: Plan) -> tuple[WatchRow, ...]:
    """Return what to keep an eye on, whatever is decided about the children."""
    return (
        *_unmet(plan),
        *_waits(plan),
        *_heavy(plan),
        *_overdue(plan),
        *_late(plan),
        *_staff(plan),
        *_transfers(plan),
    )


def unmet_kinds(plan: Plan) -> tuple[tuple[str, tuple[Breach, ...]], ...]:
    """Return what is not met under the words that may be said of it, and what gave way."""
    gave_way = [row for row in plan.breaches if row.gave_way]
    broken = [row for row in plan.breaches if not row.gave_way]
    could_not, has_not = not_mended(plan.certainty, broken, plan.terms)
    return (
        ("could not be put right", tuple(could_not)),
        (f"not put right{as_far(finished=plan.certainty.complete)}", tuple(has_not)),
        (f"gave way{as_far(finished=plan.certainty.complete)}", tuple(gave_way)),
    )


def _unmet(plan: Plan) -> Iterator[WatchRow]:
    for what, rows in unmet_kinds(plan):
        for row in rows:
            child = row.case_ids[0] if len(row.case_ids) == 1 else None
            yield WatchRow(
                what=what, worker_id=row.worker_id, case_id=child, more=sentence(row.sentence)
            )


def _waits(plan: Plan) -> Iterator[WatchRow]:
    teams = {row.case_id: row.team_id for row in plan.cases}
    for row in plan.waiting:
        if row.escalation != "none":
            yield WatchRow(
                what="a wait to look at",
                team_id=teams[row.case_id],
                case_id=row.case_id,
                on=plan.as_of - timedelta(days=row.days_waited),
                days=row.days_waited,
                more=sentence(f"{CASE_WORDS[row.case_type]}: {row.action}"),
            )


def _heavy(plan: Plan) -> Iterator[WatchRow]:
    for row in plan.workers:
        if row.after.band == "deep red":
            before, after = percent(row.before.percent), percent(row.after.percent)
            yield WatchRow(
                what="a very heavy load",
                team_id=row.team_ids[0] if row.team_ids else None,
                worker_id=row.worker_id,
                more=f"{after} after the plan, {before} before.",
            )


def _overdue(plan: Plan) -> Iterator[WatchRow]:
    for row in plan.due:
        if row.overdue:
            yield WatchRow(
                what="overdue",
                team_id=row.team_id,
                worker_id=row.worker_id,
                case_id=row.case_id,
                on=row.next_due_on,
                days=-row.days,
                more=sentence(
                    f"{CASE_WORDS[row.case_type]}: {row.next_due or 'something'} was due"
                ),
            )


def _late(plan: Plan) -> Iterator[WatchRow]:
    for row in plan.late:
        assessment = row.measure == "assessment"
        yield WatchRow(
            what="an assessment takes long" if assessment else "a decision takes long",
            team_id=row.team_id,
            worker_id=row.worker_id,
            case_id=row.case_id,
            on=row.opened_on,
            more=f"Opened on that day, {counted(row.working_days, 'working day')} ago; it should "
            f"take {row.allowed} at most.",
        )


def _staff(plan: Plan) -> Iterator[WatchRow]:
    for row in plan.staff_changes:
        yield WatchRow(
            what=f"worker {row.event}",
            team_id=row.team_id,
            worker_id=row.worker_id,
            on=row.on,
            days=row.days,
            more=sentence(f"{row.employment}, {row.fte:g} FTE, with {children(row.children)}"),
        )


def _transfers(plan: Plan) -> Iterator[WatchRow]:
    for row in plan.transfers:
        if row.state != "made":
            yield WatchRow(
                what=_TRANSFERS[row.state],
                team_id=row.team_id,
                worker_id=row.from_worker_id,
                case_id=row.case_id,
                on=row.transfer_on,
                more=row.reason,
            )
