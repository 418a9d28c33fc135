"""From an assignment to a plan, verified on the way."""

from __future__ import annotations

import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from importlib.metadata import version
from typing import Any, Final

import numpy as np

from caseload_balancer.checker import Report
from caseload_balancer.plan.certainty import Certainty
from caseload_balancer.plan.drift import look
from caseload_balancer.plan.histories import count_continuity
from caseload_balancer.plan.loads import measure_workers
from caseload_balancer.plan.notes import write_notes
from caseload_balancer.plan.outcomes import SearchOutcome
from caseload_balancer.plan.plans import Plan
from caseload_balancer.plan.reasons import Reasons
from caseload_balancer.plan.returns.memory import remember_week
from caseload_balancer.plan.rows import Decision, Move
from caseload_balancer.plan.search_rows import SearchPhase, TierValue
from caseload_balancer.plan.tiers import value_tiers
from caseload_balancer.plan.transfers import list_transfers
from caseload_balancer.plan.verification import verify
from caseload_balancer.plan.waits import list_waiting
from caseload_balancer.plan.week import PlannedWeek
from caseload_balancer.plan.words import Status
from caseload_balancer.policy import GoalName, Policy
from caseload_balancer.problem.problems import Problem
from caseload_balancer.problem.terms import Term

COMPLETE: Final = "The search is complete: no plan is better under this policy."
WHY_STOPPED: Final = {
    "work limit": "The search reached its limit of work, so a better plan may exist.",
    "time limit": "The search reached its time limit, so a better plan may exist.",
    "interrupted": "The search was interrupted, so a better plan may exist.",
}
UNFINISHED: Final = "The search ended early, so a better plan may exist."
FALLBACK: Final = "Part of the search failed, so a better plan may exist."
AS_IT_STOOD: Final = "Nothing better than the week as it stands was found by then."


def make_plan(
    problem: Problem,
    outcome: SearchOutcome,
    report: Report,
    *,
    seed: int,
    backend: str | None = None,
) -> Plan:
    """Return the plan that an outcome means, in the users' words.

    Parameters
    ----------
    problem
        The week under its policy.
    outcome
        What the search handed over.
    report
        What the checker says of the same allocation.
    seed
        Seed of the search.
    backend
        Library the tables came in as, if they came as frames.

    Raises
    ------
    VerificationError
        When the report names a violation, or when values counted in different ways differ. A
        plan that fails is never returned.
    """
    week = PlannedWeek(problem, outcome.assignment)
    verify(week, report, outcome.bounds)
    tiers = value_tiers(week, outcome.bounds)
    decisions = _decide(week, _by_id(week.terms, "case"))
    status = _status(outcome, tiers)
    certainty = Certainty.of(tiers, week.terms)
    drift = look(week.facts, week.worker)
    plan = Plan(
        as_of=problem.snapshot.as_of,
        status=status,
        why_stopped=_why_stopped(week, outcome, status),
        tiers=tiers,
        cases=decisions,
        moves=_list_moves(week, decisions),
        waiting=list_waiting(week, decisions, certainty),
        workers=measure_workers(week.facts, week.worker, _by_id(week.terms, "worker"), drift.due),
        teams=drift.teams,
        due=drift.due,
        late=drift.late,
        staff_changes=drift.staff_changes,
        transfers=list_transfers(week, decisions),
        continuity=count_continuity(week.facts, week.workers_before, week.workers_after),
        breaches=report.explained if certainty.knows("over_cap") else report.breaches,
        shortage_fte=report.shortage_fte if certainty.knows_shortage else None,
        notes=write_notes(week.facts),
        terms=week.terms,
        policy=problem.policy,
        policy_hash=policy_hash(problem.policy),
        inputs_hash=problem.snapshot.fingerprint,
        seed=seed,
        deterministic=outcome.deterministic,
        versions=versions_in_use(),
        seconds=outcome.seconds,
        phases=tuple(
            SearchPhase(name=name, seconds=seconds, note=note)
            for name, seconds, note in outcome.phases
        ),
        backend=backend,
    )
    remember_week(plan, problem.snapshot)
    return plan


def policy_hash(policy: Policy) -> str:
    """Return the SHA-256 of what a policy says, however its figures are written."""
    content = json.dumps(_plain(policy.model_dump()), sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    # 1.50 and 1.5 are one figure.
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _by_id(found: Sequence[Term], subject: str) -> dict[str, dict[GoalName, int]]:
    added: dict[str, dict[GoalName, int]] = defaultdict(dict)
    for term in found:
        if term.subject == subject:
            added[term.id][term.goal] = term.value
    return added


def _decide(week: PlannedWeek, added: Mapping[str, Mapping[GoalName, int]]) -> tuple[Decision, ...]:
    reasons = Reasons(week)
    asked = week.facts.history.asked.tolist()
    return tuple(
        Decision(
            case_id=case.case_id,
            case_type=case.case_type,
            team_id=case.team_id,
            family_id=case.family_id,
            worker_id=week.allocation[case.case_id],
            previous_worker_id=case.worker_id,
            change=week.change[number],
            reason=reasons.reason(number),
            terms=dict(added.get(case.case_id, {})),
            asked=asked[number],
        )
        for number, case in enumerate(week.facts.index.cases)
    )


def _list_moves(week: PlannedWeek, decisions: Sequence[Decision]) -> tuple[Move, ...]:
    """Return the children whose worker changes, the dearest moves first."""
    moves = [
        Move(
            case_id=row.case_id,
            case_type=row.case_type,
            from_worker_id=str(row.previous_worker_id),
            to_worker_id=str(row.worker_id),
            forced=row.change == "forced",
            transfer=row.change == "transferred",
            churn=row.terms.get("churn", 0),
            handover=row.terms.get("handover", 0),
            known_worker=week.facts.history.knows(number, int(week.worker[number])),
            workers_in_window=len(week.workers_after[number]),
            third_worker=week.adds_third_worker(number),
            reason=row.reason,
        )
        for number, row in enumerate(decisions)
        if row.change in {"moved", "forced", "transferred"}
    ]
    return tuple(sorted(moves, key=lambda move: (-move.churn - move.handover, move.case_id)))


def _status(outcome: SearchOutcome, tiers: Sequence[TierValue]) -> Status:
    if all(tier.proven for tier in tiers):
        return "optimal"
    if outcome.stop_reason == "interrupted":
        return "interrupted"
    failed = outcome.fallback or outcome.stop_reason == "failed"
    return "fallback" if failed else "feasible"


def _why_stopped(week: PlannedWeek, outcome: SearchOutcome, status: Status) -> str:
    if status == "optimal":
        return COMPLETE
    if status == "fallback":
        return FALLBACK
    why = WHY_STOPPED.get(outcome.stop_reason, UNFINISHED)
    untouched = np.array_equal(outcome.assignment, week.problem.arrays.start)
    return f"{why} {AS_IT_STOOD}" if untouched else why


@cache
def _version_of(package: str) -> str:
    """Return an installed version: read from its file once, not with every plan."""
    return version(package)


def versions_in_use() -> dict[str, str]:
    """Return the versions of what decides how a plan comes out."""
    packages = ("caseload-balancer", "numpy", "ortools")
    found = {package: _version_of(package) for package in packages}
    return {**found, "python": f"{sys.version_info.major}.{sys.version_info.minor}"}
