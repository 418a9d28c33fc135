"""What could not be met, and the shortage it comes to (section 6)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import ceil

from caseload_balancer.checker.allocation import Allocation
from caseload_balancer.checker.capacity import TENTHS
from caseload_balancer.checker.eligibility import against_holding, in_words
from caseload_balancer.checker.findings import Breach
from caseload_balancer.checker.limits import arrivals_beyond, arrivals_limit
from caseload_balancer.checker.measures import CAP, MEASURES, counted
from caseload_balancer.checker.wishes_and_waits import back_with_a_rejected_worker, past_stop
from caseload_balancer.domain import Case


def breaches(allocation: Allocation) -> Iterator[Breach]:
    """Yield everything the plan leaves unmet."""
    yield from _must_hold_waiting(allocation)
    yield from _standing(allocation)
    yield from _over_limits(allocation)
    yield from _over_arrivals(allocation)
    yield from far_away(allocation)
    yield from spread(allocation)
    yield from back_with_a_rejected_worker(allocation)
    yield from past_stop(allocation)


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
                    price=excess * measure.price(week.policy)
                    if measure.goal == "concessions"
                    else 0,
                )


def _over_arrivals(allocation: Allocation) -> Iterator[Breach]:
    week = allocation.week
    for worker_id in allocation.held:
        beyond = arrivals_beyond(allocation, worker_id)
        if beyond:
            groups = allocation.arriving_groups(worker_id)
            given = counted(len(groups), "family", "families")
            limit = arrivals_limit(week, worker_id)
            must = any(week.homeless(case) for group in groups for case in group.cases)
            cause = "; it gives way to children who must have a worker" if must else ""
            yield Breach(
                rule="weekly-intake",
                sentence=f"worker {worker_id} is given {given} this week, {beyond} more than the "
                f"limit of {limit}{cause}",
                worker_id=worker_id,
                amount=beyond,
            )


def far_away(allocation: Allocation) -> Iterator[Breach]:
    """Yield each case that is given farther away than the scope lets it go."""
    week = allocation.week
    for worker_id, cases in allocation.held.items():
        worker = week.worker_by_id[worker_id]
        for case in cases:
            steps = 0 if week.holder(case) == worker_id else week.scope_beyond(case, worker)
            if steps:
                teams = ", ".join(worker.team_ids)
                yield Breach(
                    rule="scope",
                    sentence=f"case {case.case_id} of team {case.team_id} goes to {worker_id} of "
                    f"{teams}: it may not wait, and nobody nearer has a place for it",
                    case_ids=(case.case_id,),
                    worker_id=worker_id,
                    family_id=case.family_id,
                    price=TENTHS * week.policy.concessions.scope_step * steps,
                )


def spread(allocation: Allocation) -> Iterator[Breach]:
    """Yield each family with more than one worker."""
    week = allocation.week
    conceded = {id(unit.group) for unit in week.units if week.gives_way_to(unit)}
    for group in week.groups:
        workers = allocation.workers_with(group)
        more = len(workers) - 1
        if more > 0:
            given = id(group) in conceded
            yield Breach(
                rule="families",
                sentence=f"family {group.family_id} is spread over {len(workers)} workers: "
                + ", ".join(workers),
                case_ids=tuple(case.case_id for case in group.cases),
                family_id=group.family_id,
                amount=more,
                price=TENTHS * week.policy.concessions.split_family * more if given else 0,
            )
