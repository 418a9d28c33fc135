"""Who may hold and who may be given a case (section 2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from caseload_balancer.checker.co_work import has_support
from caseload_balancer.checker.groups import Unit
from caseload_balancer.checker.remembered import remembered
from caseload_balancer.checker.transfers import goes_later
from caseload_balancer.checker.week import JudgedWeek
from caseload_balancer.domain import Case, Worker
from caseload_balancer.policy import Rule


class Objection(NamedTuple):
    """Why a worker may not hold or be given a case: the rule's code, and the reason in words."""

    rule: Rule
    reason: str


def in_words(code: str) -> str:
    """Return a word of a closed vocabulary as people write it."""
    return code.replace("_", " ")


def against_holding(week: JudgedWeek, case: Case, worker: Worker) -> Iterator[Objection]:
    """Yield every reason why `worker` may not hold `case`, the sentences of the page in order."""
    rules = week.policy.eligibility
    kind = in_words(case.case_type)
    yield from _cannot_hold(week, worker)
    if worker.role not in rules.registered_roles:
        role = in_words(worker.role)
        if week.must_hold(case):
            reason = f"a {role} is not registered, and such a case needs a registered worker"
            yield Objection("eligibility", reason)
        elif case.case_type not in rules.unregistered_may_hold:
            yield Objection("eligibility", f"a {role} may not hold {kind}")
    yield from _newly_qualified(week, case, worker)
    if worker.may_hold and case.case_type not in worker.may_hold:
        yield Objection("eligibility", f"{worker.worker_id} does not hold {kind}")
    if not _a_team_accepts(week, case, worker):
        yield Objection("eligibility", f"no team of {worker.worker_id} accepts {kind}")
    if worker.worker_id in case.excluded_worker_ids:
        yield Objection("eligibility", f"{worker.worker_id} is excluded for this case")


@remembered
def may_hold(week: JudgedWeek, case_id: str, worker_id: str) -> bool:
    """Say whether nothing is against a worker who holds a case."""
    return not any(against_holding(week, week.case_by_id[case_id], week.worker_by_id[worker_id]))


def _newly_qualified(week: JudgedWeek, case: Case, worker: Worker) -> Iterator[Objection]:
    if worker.role != "asye":
        return
    rules = week.policy.eligibility
    alone = not has_support(week, case)
    barred = {
        "an enquiry": alone
        and case.case_type == "section_47"
        and not rules.asye_may_hold_section_47,
        "child protection": alone
        and case.case_type == "child_protection"
        and not rules.asye_may_hold_child_protection,
        "a case in court": case.in_court and not rules.asye_may_hold_court,
    }
    for what, is_barred in barred.items():
        if is_barred:
            yield Objection("eligibility", f"a newly qualified worker may not hold {what}")


def against_giving(week: JudgedWeek, case: Case, worker: Worker) -> Iterator[Objection]:
    """Yield every reason why `case` may not be given to `worker`, who does not hold it."""
    yield from against_holding(week, case, worker)
    presence = week.presence[worker.worker_id]
    if presence.can_hold and not presence.takes_cases:
        yield Objection("absence-and-leaving", str(presence.why_not))
    if week.scope_beyond(case, worker):
        near = week.scope_step(case, worker) == 1
        where = "the case's team" if near else "the case's team and locality"
        yield Objection("scope", f"{worker.worker_id} is outside {where}")
    unit = week.unit_of[case.case_id]
    if unit.holder not in {None, worker.worker_id} and stays_until_transfer(week, unit):
        yield Objection("transfers", f"{case.case_id} stays until the day of its transfer")


def stays_until_transfer(week: JudgedWeek, unit: Unit) -> bool:
    """Say whether a unit that somebody holds waits where it is for its day.

    Where somebody asked for another worker, or the holder may not have the children, one change
    now is better than two.
    """
    if unit.holder is None or not goes_later(week, unit):
        return False
    holder = week.worker_by_id[unit.holder]
    asked = any(week.asks(one) for one in unit.cases)
    return not asked and not any(any(against_holding(week, one, holder)) for one in unit.cases)


def _cannot_hold(week: JudgedWeek, worker: Worker) -> Iterator[Objection]:
    presence = week.presence[worker.worker_id]
    if not presence.can_hold:
        rule: Rule = "absence-and-leaving" if worker.holds_cases else "eligibility"
        yield Objection(rule, str(presence.why_not))


def _a_team_accepts(week: JudgedWeek, case: Case, worker: Worker) -> bool:
    team_by_id = week.team_by_id
    teams = [team_by_id[team_id] for team_id in worker.team_ids if team_id in team_by_id]
    if not teams:
        return True
    return any(not team.accepts or case.case_type in team.accepts for team in teams)
