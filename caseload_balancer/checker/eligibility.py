"""Who may hold and who may be given a case (section 2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from caseload_balancer.checker.scope import WIDEST
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
    if worker.role == "asye":
        child_protection = case.case_type == "child_protection"
        if child_protection and not rules.asye_may_hold_child_protection:
            yield Objection("eligibility", "a newly qualified worker may not hold child protection")
        if case.in_court and not rules.asye_may_hold_court:
            yield Objection("eligibility", "a newly qualified worker may not hold a case in court")
    if worker.may_hold and case.case_type not in worker.may_hold:
        yield Objection("eligibility", f"{worker.worker_id} does not hold {kind}")
    if not _a_team_accepts(week, case, worker):
        yield Objection("eligibility", f"no team of {worker.worker_id} accepts {kind}")
    if worker.worker_id in case.excluded_worker_ids:
        yield Objection("eligibility", f"{worker.worker_id} is excluded for this case")


def against_giving(week: JudgedWeek, case: Case, worker: Worker) -> Iterator[Objection]:
    """Yield every reason why `case` may not be given to `worker`, who does not hold it."""
    yield from against_holding(week, case, worker)
    presence = week.presence[worker.worker_id]
    if presence.can_hold and not presence.takes_cases:
        away = "is absent" if presence.absent else f"leaves on {worker.leaves_on}"
        yield Objection("absence-and-leaving", f"{worker.worker_id} {away} and takes no cases")
    step = week.scope_step(case, worker)
    if step > WIDEST[week.policy.eligibility.scope]:
        where = "the case's team" if step == 1 else "the case's team and locality"
        yield Objection("scope", f"{worker.worker_id} is outside {where}")


def _cannot_hold(week: JudgedWeek, worker: Worker) -> Iterator[Objection]:
    presence = week.presence[worker.worker_id]
    if not worker.holds_cases:
        yield Objection("eligibility", f"{worker.worker_id} holds no cases")
    if presence.gone:
        starts = worker.available_from
        late = starts is not None and starts > week.snapshot.as_of
        when = f"starts on {starts}" if late else f"leaves on {worker.leaves_on}"
        yield Objection("absence-and-leaving", f"{worker.worker_id} {when}")
    if presence.long_absent:
        yield Objection("absence-and-leaving", f"{worker.worker_id} is absent for weeks")


def _a_team_accepts(week: JudgedWeek, case: Case, worker: Worker) -> bool:
    team_by_id = week.team_by_id
    teams = [team_by_id[team_id] for team_id in worker.team_ids if team_id in team_by_id]
    if not teams:
        return True
    return any(not team.accepts or case.case_type in team.accepts for team in teams)
