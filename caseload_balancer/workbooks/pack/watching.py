"""The watch list: what is not as it should be, or soon may not be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from caseload_balancer.domain.wording import CASE_WORDS, children, counted, percent
from caseload_balancer.plan import Plan
from caseload_balancer.plan.certainty import as_far, not_mended
from caseload_balancer.workbooks.pack.tables import CellValue, PackSheet, SheetColumn
from caseload_balancer.workbooks.pack.wording import sentence

_Row = tuple[CellValue, ...]

_TRANSFERS: Final = {
    "due": "waits for a place in the team the case moves to",
    "coming": "moves to another team later",
    "blocked": "would move to another team",
}


def watch_sheet(plan: Plan) -> PackSheet:
    """Return what to keep an eye on, whatever is decided about the children."""
    days = counted(plan.policy.timescales.due_soon_days, "day")
    return PackSheet(
        title="Watch list",
        about="What could not be met, what is late, whose wait has to be looked at, who leaves. "
        f"What falls due within {days} is in due.csv.",
        columns=(
            SheetColumn("what", 24, "sentence"),
            SheetColumn("team", 11),
            SheetColumn("worker", 11, "worker"),
            SheetColumn("child", 12),
            SheetColumn("day", 13, "date"),
            SheetColumn("days", 8, "count"),
            SheetColumn("more", 78, "sentence"),
        ),
        rows=(
            *_unmet(plan),
            *_waits(plan),
            *_heavy(plan),
            *_overdue(plan),
            *_late(plan),
            *_staff(plan),
            *_transfers(plan),
        ),
        empty="Nothing to watch.",
    )


def _unmet(plan: Plan) -> Iterator[_Row]:
    gave_way = [row for row in plan.breaches if row.price]
    broken = [row for row in plan.breaches if not row.price]
    could_not, has_not = not_mended(plan.certainty, broken, plan.terms)
    for what, rows in (
        ("could not be put right", could_not),
        (f"not put right{as_far(finished=plan.certainty.complete)}", has_not),
        ("gave way", gave_way),
    ):
        for row in rows:
            child = row.case_ids[0] if len(row.case_ids) == 1 else None
            yield (what, None, row.worker_id, child, None, None, sentence(row.sentence))


def _waits(plan: Plan) -> Iterator[_Row]:
    teams = {row.case_id: row.team_id for row in plan.cases}
    for row in plan.waiting:
        if row.escalation != "none":
            since = plan.as_of - timedelta(days=row.days_waited)
            yield (
                "a wait to look at",
                teams[row.case_id],
                None,
                row.case_id,
                since,
                row.days_waited,
                sentence(f"{CASE_WORDS[row.case_type]}: {row.action}"),
            )


def _heavy(plan: Plan) -> Iterator[_Row]:
    for row in plan.workers:
        if row.after.band == "deep red":
            before, after = percent(row.before.percent), percent(row.after.percent)
            text = f"{after} after the plan, {before} before."
            team = row.team_ids[0] if row.team_ids else None
            yield ("a very heavy load", team, row.worker_id, None, None, None, text)


def _overdue(plan: Plan) -> Iterator[_Row]:
    for row in plan.due:
        if row.overdue:
            yield (
                "overdue",
                row.team_id,
                row.worker_id,
                row.case_id,
                row.next_due_on,
                -row.days,
                sentence(f"{CASE_WORDS[row.case_type]}: {row.next_due or 'something'} was due"),
            )


def _late(plan: Plan) -> Iterator[_Row]:
    for row in plan.late:
        what = (
            "an assessment takes long" if row.measure == "assessment" else "a decision takes long"
        )
        text = (
            f"Opened on that day, {counted(row.working_days, 'working day')} ago; it should take "
            f"{row.allowed} at most."
        )
        yield (what, row.team_id, row.worker_id, row.case_id, row.opened_on, None, text)


def _staff(plan: Plan) -> Iterator[_Row]:
    for row in plan.staff_changes:
        text = sentence(f"{row.employment}, {row.fte:g} FTE, with {children(row.children)}")
        yield (f"worker {row.event}", row.team_id, row.worker_id, None, row.on, row.days, text)


def _transfers(plan: Plan) -> Iterator[_Row]:
    for row in plan.transfers:
        if row.state != "made":
            what = _TRANSFERS[row.state]
            yield (
                what,
                row.team_id,
                row.from_worker_id,
                row.case_id,
                row.transfer_on,
                None,
                row.reason,
            )
