"""What could not be met, and the shortage it comes to (section 6)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import ceil

from caseload_balancer.checker.allocation import Allocation
from caseload_balancer.checker.eligibility import against_holding, in_words
from caseload_balancer.checker.findings import Breach
from caseload_balancer.checker.measures import CAP, MEASURES
from caseload_balancer.domain import Case


def breaches(allocation: Allocation) -> Iterator[Breach]:
    """Yield everything the plan leaves unmet."""
    yield from _must_hold_waiting(allocation)
    yield from _standing(allocation)
    yield from _over_limits(allocation)
    yield from _spread(allocation)


def shortage_fte(allocation: Allocation) -> Decimal:
    """Return the social workers it would take to meet what is unmet, in tenths of an FTE.

    Must-hold children who wait, and children over cap, divided by the children a full-time
    worker may hold.
    """
    week = allocation.week
    short = sum(week.must_hold(case) for case in allocation.waiting)
    short += sum(CAP.excess(week, worker_id, held) for worker_id, held in allocation.held.items())
    tenths = ceil(10 * Fraction(short, week.policy.cap.children_per_fte))
    return Decimal(tenths).scaleb(-1)


def _must_hold_waiting(allocation: Allocation) -> Iterator[Breach]:
    for case in allocation.waiting:
        if allocation.week.must_hold(case):
            kind = in_words(case.case_type) + (" in court" if case.in_court else "")
            yield Breach(
                rule="must-hold",
                sentence=f"case {case.case_id} ({kind}) waits, and may not be without a worker",
                case_ids=(case.case_id,),
                family_id=case.family_id,
            )


def standing_cases(allocation: Allocation) -> Iterator[tuple[Case, str]]:
    """Yield the cases that stay with a holder who may not hold them, and that holder."""
    week = allocation.week
    for worker_id, cases in allocation.held.items():
        worker = week.worker_by_id[worker_id]
        for case in cases:
            if week.holder(case) == worker_id and any(against_holding(week, case, worker)):
                yield case, worker_id


def _standing(allocation: Allocation) -> Iterator[Breach]:
    week = allocation.week
    for case, worker_id in standing_cases(allocation):
        objections = list(against_holding(week, case, week.worker_by_id[worker_id]))
        yield Breach(
            rule=objections[0].rule,
            sentence=f"case {case.case_id} stays with {worker_id}, who may not hold it: "
            + "; ".join(objection.reason for objection in objections),
            case_ids=(case.case_id,),
            worker_id=worker_id,
            family_id=case.family_id,
        )


def _over_limits(allocation: Allocation) -> Iterator[Breach]:
    week = allocation.week
    for worker_id, held in allocation.held.items():
        for measure in MEASURES:
            excess = measure.excess(week, worker_id, held)
            if excess:
                used = measure.used(week, held)
                yield Breach(
                    rule=measure.rule,
                    sentence=f"worker {worker_id} holds {measure.words(used)}, "
                    f"{measure.words(excess)} more than allowed",
                    worker_id=worker_id,
                    amount=excess,
                )


def _spread(allocation: Allocation) -> Iterator[Breach]:
    for group in allocation.week.groups:
        workers = allocation.workers_with(group)
        if len(workers) > 1:
            yield Breach(
                rule="families",
                sentence=f"family {group.family_id} is spread over {len(workers)} workers: "
                + ", ".join(workers),
                case_ids=tuple(case.case_id for case in group.cases),
                family_id=group.family_id,
                amount=len(workers) - 1,
            )
