"""Whether each unit takes one of its options: stay, go to a worker who may have it, or wait."""

from __future__ import annotations

from collections.abc import Iterator

from caseload_balancer.checker.allocation import Allocation
from caseload_balancer.checker.eligibility import against_giving
from caseload_balancer.checker.findings import Violation
from caseload_balancer.checker.groups import Unit
from caseload_balancer.domain import Case
from caseload_balancer.policy import Rule


def placing(allocation: Allocation) -> Iterator[Violation]:
    """Yield every case that is where it may not be, and every unit that is torn apart."""
    for unit in allocation.week.units:
        places = {allocation.worker_of[case_id] for case_id in unit.case_ids}
        if len(places) > 1 and not allocation.week.gives_way_to(unit):
            family = unit.group.family_id
            start = f"with {unit.holder}" if unit.holder else "waiting"
            yield Violation(
                rule="families",
                sentence=f"family {family} is torn apart: {', '.join(unit.case_ids)} were {start}",
                case_ids=unit.case_ids,
                family_id=family,
                amount=len(places) - 1,
            )
        for case in unit.cases:
            yield from _misplaced(allocation, unit, case)


def _misplaced(allocation: Allocation, unit: Unit, case: Case) -> Iterator[Violation]:
    week, worker_id = allocation.week, allocation.worker_of[case.case_id]
    name = f"case {case.case_id}"
    if unit.locked and worker_id != unit.holder:
        yield _violation("locked", f"{name} is locked with {unit.holder} and leaves", unit, case)
    if worker_id is None:
        if week.has_cases(unit.holder):
            sentence = f"{name} waits although {unit.holder} is here"
            yield _violation("keeps-a-worker", sentence, unit, case)
    elif worker_id != unit.holder:
        if week.in_progress(case):
            sentence = f"{name} is work in progress and is taken from {unit.holder}"
            yield _violation("work-in-progress", sentence, unit, case, worker_id)
        for rule, reason in against_giving(week, case, week.worker_by_id[worker_id]):
            if rule == "scope" and week.gives_way_to(unit):
                continue
            sentence = f"{name} may not be given to {worker_id}: {reason}"
            yield _violation(rule, sentence, unit, case, worker_id)
    elif not (unit.locked or week.has_cases(worker_id)):
        sentence = f"{name} stays with {worker_id}, who cannot go on"
        yield _violation("absence-and-leaving", sentence, unit, case, worker_id)


def _violation(
    rule: Rule, sentence: str, unit: Unit, case: Case, worker_id: str | None = None
) -> Violation:
    return Violation(
        rule=rule,
        sentence=sentence,
        case_ids=(case.case_id,),
        worker_id=worker_id or unit.holder,
        family_id=case.family_id,
    )
