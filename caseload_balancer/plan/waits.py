"""The children nobody holds after the plan, and what their wait calls for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from caseload_balancer.domain.wording import counted
from caseload_balancer.plan.certainty import Certainty
from caseload_balancer.plan.exceptions import least_bad_exception
from caseload_balancer.plan.rows import Decision, WaitingChild
from caseload_balancer.plan.week import PlannedWeek
from caseload_balancer.plan.words import Escalation
from caseload_balancer.policy import Policy
from caseload_balancer.problem.waits import days_waited

ACTIONS: Final[dict[Escalation, str]] = {
    "none": "no review due yet",
    "review": "review this week",
    "escalate": "escalate to the next manager up",
    "stop": "must not wait any longer",
}


def list_waiting(
    week: PlannedWeek, decisions: Sequence[Decision], certainty: Certainty
) -> tuple[WaitingChild, ...]:
    """Return a row for each case that waits, those who may never wait first, then the longest.

    Who could take a child over the cap is told only where it is settled that there is no place.
    """
    no_place = certainty.knows("must_hold_waiting")
    waited = days_waited(week.facts).tolist()
    must_hold = week.facts.must_hold.tolist()
    rows = []
    for number, decision in enumerate(decisions):
        if decision.worker_id is not None:
            continue
        escalation = _escalation(waited[number], week.problem.policy)
        rows.append(
            WaitingChild(
                case_id=decision.case_id,
                case_type=decision.case_type,
                previous_worker_id=decision.previous_worker_id,
                must_hold=must_hold[number],
                days_waited=waited[number],
                escalation=escalation,
                action=_action(escalation, week.problem.policy),
                reason=decision.reason,
                exception=_exception(week, number) if must_hold[number] and no_place else "",
            )
        )
    return tuple(sorted(rows, key=lambda row: (not row.must_hold, -row.days_waited, row.case_id)))


def _exception(week: PlannedWeek, case: int) -> str:
    text = least_bad_exception(week, int(week.facts.groups.unit_of_case[case]))
    return "" if text is None else f"{text}."


def _escalation(days: int, policy: Policy) -> Escalation:
    rules = policy.waiting
    if days >= 7 * rules.stop_weeks:
        return "stop"
    if days >= 7 * rules.escalate_weeks:
        return "escalate"
    return "review" if days >= 7 * rules.review_weeks else "none"


def _action(escalation: Escalation, policy: Policy) -> str:
    rules = policy.waiting
    weeks = {
        "review": rules.review_weeks,
        "escalate": rules.escalate_weeks,
        "stop": rules.stop_weeks,
    }
    if escalation == "none":
        return ACTIONS[escalation]
    return f"{ACTIONS[escalation]} ({counted(weeks[escalation], 'week')} or more)"
