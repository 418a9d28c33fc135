"""What could not be met, and the shortage it comes to (section 6)."""

from __future__ import annotations

from collections.abc import Iterator

from caseload_balancer.checker.allocation import Allocation
from caseload_balancer.checker.capacity import TENTHS
from caseload_balancer.checker.eligibility import against_holding, in_words
from caseload_balancer.checker.findings import Breach
from caseload_balancer.checker.limits import arrivals_beyond, arrivals_limit
from caseload_balancer.checker.measures import MEASURES, counted
from caseload_balancer.checker.remembered import remembered
from caseload_balancer.checker.week import JudgedWeek
from caseload_balancer.checker.wishes_and_waits import back_with_a_rejected_worker, past_stop
from caseload_balancer.domain import Case


def breaches(allocation: Allocation) -> Iterator[Breach]:
    """Yield everything the plan leaves unmet."""
    yield from _must_hold_waiting(allocation)
    yield from _standing(allocation)
    yield from _over_arrivals(allocation)
    yield from past_stop(allocation)
    yield from priced(allocation)


@remembered
def priced(allocation: Allocation) -> tuple[Breach, ...]:
    """Return what is unmet that may have a price: where a local limit can give way."""
    return (
        *_over_limits(allocation),
        *far_away(allocation),
        *spread(allocation),
        *back_with_a_rejected_worker(allocation),
    )


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


def _standing(allocation: Allocation) -> Iterator[Breach]:
    week = allocation.week
    for case, worker_id in allocation.standing:
        if week.is_last_days(case):
            yield _to_the_last_day(allocation, case, worker_id)
            continue
        objections = list(against_holding(week, case, week.worker_by_id[worker_id]))
        yield Breach(
            rule=objections[0].rule,
            sentence=f"case {case.case_id} stays with {worker_id}, who may not hold it: "
            + "; ".join(objection.reason for objection in objections)
            + _in_progress(week, case),
            case_ids=(case.case_id,),
            worker_id=worker_id,
            family_id=case.family_id,
        )


def _in_progress(week: JudgedWeek, case: Case) -> str:
    """Return why `case` stays whoever has room, where it or a sibling is work in progress."""
    busy = [one.case_id for one in week.unit_of[case.case_id].cases if week.in_progress(one)]
    if not busy:
        return ""
    whose = "it" if case.case_id in busy else f"sibling {busy[0]}"
    return f", and {whose} is work in progress, which stays with its worker"


def _to_the_last_day(allocation: Allocation, case: Case, worker_id: str) -> Breach:
    week = allocation.week
    last = week.presence[worker_id].last_day
    until = f"until {last}, the last day" if last is not None else "until the last day"
    return Breach(
        rule="absence-and-leaving",
        sentence=f"case {case.case_id} stays with {worker_id} {until}: this plan names "
        f"nobody for the days after ({week.presence[worker_id].why_not})",
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
                    price=measure.counted(week, worker_id, held)
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
            must = sum(any(map(week.homeless, group.cases)) for group in groups)
            needed = must - (len(groups) - beyond)
            price = week.policy.new_case_share.beyond_limit
            causes = (
                "it gives way to children who must have a worker" if needed > 0 else "",
                f"a family beyond it costs {price} cost points" if needed < beyond else "",
            )
            yield Breach(
                rule="weekly-intake",
                sentence=f"worker {worker_id} is given {given} this week, {beyond} more than the "
                f"limit of {limit}; " + ", and ".join(filter(None, causes)),
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
                    f"{teams}, farther away than the scope: it may not wait",
                    case_ids=(case.case_id,),
                    worker_id=worker_id,
                    family_id=case.family_id,
                    price=TENTHS * week.policy.concessions.scope_step * steps,
                )


def spread(allocation: Allocation) -> Iterator[Breach]:
    """Yield each family with more than one worker."""
    week = allocation.week
    for group in week.families:
        workers = allocation.workers_with(group)
        more = len(workers) - 1
        if more > 0:
            given = any(week.gives_way_to(week.unit_of[case.case_id]) for case in group.cases)
            yield Breach(
                rule="families",
                sentence=f"family {group.family_id} is spread over {len(workers)} workers: "
                + ", ".join(workers),
                case_ids=tuple(case.case_id for case in group.cases),
                family_id=group.family_id,
                amount=more,
                price=TENTHS * week.policy.concessions.split_family * more if given else 0,
            )
