"""What a reader must know about the input to read the plan rightly."""

from __future__ import annotations

from collections.abc import Iterator

from caseload_balancer.domain import Snapshot
from caseload_balancer.domain.remarks import a_few_of_each
from caseload_balancer.domain.wording import children, counted, listed
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.index import NOBODY
from caseload_balancer.problem.waits import days_waited

TYPING_ERROR_DAYS = 730
"""Nobody waits two years for a worker."""


def write_notes(facts: Facts) -> tuple[str, ...]:
    """Return the notes, one sentence each."""
    return tuple(_notes(facts))


def _notes(facts: Facts) -> Iterator[str]:
    snapshot = facts.index.snapshot
    yield from a_few_of_each(snapshot.remarks)
    total = len(facts.index.cases)
    held = facts.holder != NOBODY
    unknown = int((facts.history.without_spells & held).sum())
    if unknown:
        whom = "it" if unknown == 1 else "them"
        yield (
            f"Spells are missing for {unknown:,} of {children(total)}: for {whom} only the current "
            "holder is known."
        )
    desks = _cases_at_desks(snapshot)
    if desks:
        yield (
            f"{children(sum(desks.values()))} stood with a manager, a duty desk or a bucket "
            f"({listed(sorted(desks), most=5)}) and counted as waiting."
        )
    undated = sum(
        case.waiting_since is None and case.opened_on is None
        for case, has_holder in zip(facts.index.cases, held.tolist(), strict=True)
        if not has_holder
    )
    if undated:
        yield (
            f"{counted(undated, 'waiting child', 'waiting children')} had neither waiting_since "
            "nor opened_on: the wait is counted from the date of the week."
        )
    yield from _long_waits(facts)
    yield from _wishes_met(facts)
    named = {one for case in snapshot.cases for one in case.co_worker_ids}
    strangers = sorted(named - set(snapshot.worker_by_id))
    if strangers:
        count = "counts" if len(strangers) == 1 else "count"
        yield f"{listed(strangers, most=5)} {count} for nothing as co-worker: not in workers."
    stuck = facts.groups.locked[facts.groups.unit_of_case] & held & ~facts.holder_can_go_on
    if stuck.any():
        yield (f"{children(int(stuck.sum()))} stayed, as locked, with a worker who cannot go on.")


def _long_waits(facts: Facts) -> Iterator[str]:
    waited = zip(facts.index.cases, days_waited(facts).tolist(), strict=True)
    long = [case.case_id for case, days in waited if days > TYPING_ERROR_DAYS]
    if long:
        yield (
            f"{listed(sorted(long), most=5)}: a wait of more than two years is likely a typing "
            "error in waiting_since or opened_on."
        )


def _wishes_met(facts: Facts) -> Iterator[str]:
    rows = zip(facts.index.cases, facts.history.since, facts.history.asked.tolist(), strict=True)
    for case, since, asked in rows:
        wished = case.change_requested or case.change_requested_on is not None
        if wished and not asked and since is not None:
            before = f" before {since}" if case.change_requested_on else ""
            yield (
                f"{case.case_id}: another worker was asked for{before}; with {case.worker_id} "
                f"since {since}, so the wish counts as met."
            )


def _cases_at_desks(snapshot: Snapshot) -> dict[str, int]:
    found: dict[str, int] = {}
    workers = snapshot.worker_by_id
    for case in snapshot.cases:
        if case.worker_id is not None and not workers[case.worker_id].holds_cases:
            found[case.worker_id] = found.get(case.worker_id, 0) + 1
    return found
