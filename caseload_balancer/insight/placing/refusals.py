"""Why a worker cannot be given a case: the rule, and the row or figure that says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from caseload_balancer.arrays import Ints
from caseload_balancer.checker import Rule
from caseload_balancer.domain import Case, Worker
from caseload_balancer.plan.obstacles import why_not_going_on
from caseload_balancer.plan.words import CASE_WORDS, children, counted, with_article
from caseload_balancer.problem.eligibility import SCOPE_STEPS, is_must_hold
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.resources import Resource


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """One rule that keeps a case from a worker.

    Parameters
    ----------
    rule
        Code of the rule; the pages under ``docs/rules`` carry the same codes.
    table, row_id, column
        Where it stands: a table and the id of the row, or ``policy`` and the name of the setting
        (`row_id` is then None).
    sentence
        The rule and its figure in words, without a full stop.
    """

    rule: Rule
    table: str
    row_id: str | None
    column: str
    sentence: str

    @property
    def where(self) -> str:
        """The place in the input: ``workers W07, may_hold``."""
        if self.row_id is None:
            return f"{self.table}, {self.column}"
        return f"{self.table} {self.row_id}, {self.column}"


def against_giving(facts: Facts, cases: Sequence[int], worker: int) -> tuple[Refusal, ...]:
    """Return every rule on who may be given what that keeps `cases` from a worker.

    Empty exactly where all of them can be given to the worker; limits are another question.

    Parameters
    ----------
    cases
        Numbers of children who move together.
    """
    one = facts.index.workers[worker]
    rows = [facts.index.cases[number] for number in cases]
    found = [*_locked(facts, rows, one), *_not_here(facts, worker)]
    for number, case in zip(cases, rows, strict=True):
        found += _unsuited(facts, case, one)
        found += _out_of_scope(facts, number, case, worker)
    return tuple(dict.fromkeys(found))


def _locked(facts: Facts, cases: Sequence[Case], worker: Worker) -> Iterator[Refusal]:
    for case in cases:
        held = facts.holder[facts.index.case_number[case.case_id]] >= 0
        if case.locked and held and case.worker_id != worker.worker_id:
            yield Refusal(
                rule="locked",
                table="cases",
                row_id=case.case_id,
                column="locked",
                sentence=f"{case.case_id} is locked with {case.worker_id}",
            )


def _not_here(facts: Facts, worker: int) -> Iterator[Refusal]:
    one = facts.index.workers[worker]
    if not one.holds_cases:
        yield Refusal(
            rule="eligibility",
            table="workers",
            row_id=one.worker_id,
            column="holds_cases",
            sentence=f"{one.worker_id} holds no cases",
        )
    elif not facts.presence.takes_cases[worker]:
        starts = one.available_from
        late = starts is not None and starts > facts.index.snapshot.as_of
        leaving = not late and _leaves_soon(facts, one)
        column = "available_from" if late else "leaves_on" if leaving else "percent"
        yield Refusal(
            rule="absence-and-leaving",
            table="adjustments" if column == "percent" else "workers",
            row_id=one.worker_id,
            column=column,
            sentence=_leaves(facts, one) if leaving else why_not_going_on(facts, worker),
        )


def _leaves_soon(facts: Facts, worker: Worker) -> bool:
    if worker.leaves_on is None:
        return False
    left = (worker.leaves_on - facts.index.snapshot.as_of).days
    rules = facts.policy.presence
    return left < max(rules.leaving_takes_none_days, rules.leaving_hands_over_days)


def _leaves(facts: Facts, worker: Worker) -> str:
    if worker.leaves_on is None or worker.leaves_on < facts.index.snapshot.as_of:
        return why_not_going_on(facts, facts.index.worker_number[worker.worker_id])
    days = facts.policy.presence.leaving_takes_none_days
    return (
        f"{worker.worker_id} leaves on {worker.leaves_on.isoformat()}, and takes no cases in the "
        f"last {counted(days, 'day')}"
    )


def _unsuited(facts: Facts, case: Case, worker: Worker) -> Iterator[Refusal]:
    """Yield what the case's type, the court and exclusions say against the worker."""
    rules = facts.policy.eligibility
    kind = with_article(CASE_WORDS[case.case_type])
    name = worker.worker_id
    if worker.role not in rules.registered_roles:
        role = with_article(worker.role.replace("_", " "))
        if is_must_hold(case, facts.policy):
            court = " in court" if case.in_court else ""
            yield Refusal(
                rule="eligibility",
                table="workers",
                row_id=name,
                column="role",
                sentence=f"{name} is {role}, and {kind}{court} needs a registered social worker",
            )
        elif case.case_type not in rules.unregistered_may_hold:
            yield Refusal(
                rule="eligibility",
                table="policy",
                row_id=None,
                column="eligibility.unregistered_may_hold",
                sentence=f"{name} is {role}, who may not hold {kind}",
            )
    if worker.role == "asye":
        if case.case_type == "child_protection" and not rules.asye_may_hold_child_protection:
            yield _newly_qualified(name, kind, "eligibility.asye_may_hold_child_protection")
        if case.in_court and not rules.asye_may_hold_court:
            yield _newly_qualified(name, "a case in court", "eligibility.asye_may_hold_court")
    if worker.may_hold and case.case_type not in worker.may_hold:
        allowed = ", ".join(worker.may_hold)
        yield Refusal(
            rule="eligibility",
            table="workers",
            row_id=name,
            column="may_hold",
            sentence=f"{name} may hold {allowed} only, and {case.case_id} is {kind}",
        )
    teams = facts.index.snapshot.team_by_id
    known = [teams[team_id] for team_id in worker.team_ids if team_id in teams]
    if known and not any(not team.accepts or case.case_type in team.accepts for team in known):
        yield Refusal(
            rule="eligibility",
            table="teams",
            row_id=known[0].team_id,
            column="accepts",
            sentence=f"no team of {name} accepts {kind}",
        )
    if name in case.excluded_worker_ids:
        yield Refusal(
            rule="eligibility",
            table="cases",
            row_id=case.case_id,
            column="excluded_worker_ids",
            sentence=f"{name} must not hold {case.case_id}",
        )


def _newly_qualified(worker_id: str, kind: str, setting: str) -> Refusal:
    return Refusal(
        rule="eligibility",
        table="policy",
        row_id=None,
        column=setting,
        sentence=f"{worker_id} is newly qualified and may not hold {kind}",
    )


def _out_of_scope(facts: Facts, number: int, case: Case, worker: int) -> Iterator[Refusal]:
    scope = facts.policy.eligibility.scope
    step = int(facts.scope_steps[number, worker])
    if step > SCOPE_STEPS[scope]:
        name = facts.index.workers[worker].worker_id
        teams = ", ".join(facts.index.workers[worker].team_ids)
        where = "its team" if scope == "team" else "its team and locality"
        yield Refusal(
            rule="scope",
            table="cases",
            row_id=case.case_id,
            column="team_id",
            sentence=f"{case.case_id} is of team {case.team_id} and stays in {where}; {name} is of "
            f"{teams}",
        )


_LIMITS: dict[Resource, tuple[Rule, str]] = {
    Resource.CHILDREN: ("cap", "cap"),
    Resource.POINTS: ("points-limit", "points.hard_limit_percent"),
    Resource.COURT: ("court", "limits.court_families"),
    Resource.NEW: ("weekly-intake", "limits.new_families_per_month_per_open"),
    Resource.ARRIVING: ("max-new", "max_new"),
}


def over_limit(
    resource: Resource, worker_id: str, used: int, added: int, limit: int, cap: int
) -> Refusal:
    """Return the refusal of a worker who has too little room left.

    Parameters
    ----------
    used, added, limit
        What the worker holds, what would come, and the most there may be; tenths of a point or
        a count.
    cap
        Children the worker may hold. Where more are held at the start, the limit is above it.
    """
    rule, column = _LIMITS[resource]
    own = resource in {Resource.CHILDREN, Resource.ARRIVING}
    return Refusal(
        rule=rule,
        table="workers" if own else "policy",
        row_id=worker_id if own else None,
        column=column,
        sentence=_full(resource, worker_id, used, added, limit, cap),
    )


def _full(resource: Resource, worker_id: str, used: int, added: int, limit: int, cap: int) -> str:
    match resource:
        case Resource.CHILDREN:
            more = "" if added == 1 else f", and {children(added)} would come"
            if used > cap:
                return f"{worker_id} holds {children(used)}, over the cap of {cap}"
            return f"{worker_id} holds {used} of {children(cap)}{more}"
        case Resource.POINTS:
            return (
                f"{worker_id} holds {used / 10:g} of at most {limit / 10:g} points, and "
                f"{added / 10:g} would come"
            )
        case Resource.COURT:
            return f"{worker_id} has {counted(used, 'family', 'families')} in court of {limit}"
        case Resource.NEW:
            return (
                f"{worker_id} takes {counted(used, 'new family', 'new families')} of at most "
                f"{limit} this week"
            )
        case Resource.ARRIVING:
            return (
                f"{worker_id} takes {counted(used, 'family', 'families')} of at most {limit} this "
                "week (max_new)"
            )


def full(facts: Facts, worker: int, used: Ints, added: Ints, limit: Ints) -> tuple[Refusal, ...]:
    """Return a refusal for each limit that `added` would break on top of `used`.

    Parameters
    ----------
    used, added, limit
        Shape (resources,), of the worker.
    """
    name = facts.index.workers[worker].worker_id
    cap = int(facts.presence.cap[worker])
    return tuple(
        over_limit(one, name, int(used[one]), int(added[one]), int(limit[one]), cap)
        for one in Resource
        if added[one] > 0 and used[one] + added[one] > limit[one]
    )
