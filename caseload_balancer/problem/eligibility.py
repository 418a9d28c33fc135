"""Who may hold which case, and who can be given it: the one place that decides.

Each rule yields its refusal, with the sentence that a person reads; what the arrays need is where
no refusal is found. Limits are another question (`limits`). docs/mathematics.md, section 2.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from caseload_balancer.arrays import Bools
from caseload_balancer.domain import Case, Team, Worker
from caseload_balancer.domain.wording import CASE_WORDS, case_words, with_article
from caseload_balancer.policy import Policy
from caseload_balancer.problem.co_work import is_supported
from caseload_balancer.problem.index import NOBODY, Index
from caseload_balancer.problem.presence import Presence
from caseload_balancer.problem.progress import against_taking
from caseload_balancer.problem.refusals import Refusal, by_policy, by_worker
from caseload_balancer.problem.scope import against_scope
from caseload_balancer.problem.transfers import against_early_transfer

if TYPE_CHECKING:
    from caseload_balancer.problem.facts import Facts


def is_must_hold(case: Case, policy: Policy) -> bool:
    """Say whether the case may never wait."""
    return case.in_court or case.case_type in policy.eligibility.must_hold


def against_holding(facts: Facts, case: int, worker: int) -> Iterator[Refusal]:
    """Yield every rule by which a worker who is here may not hold a case.

    Parameters
    ----------
    case, worker
        Their numbers.
    """
    row, one = facts.index.cases[case], facts.index.workers[worker]
    teams = facts.index.team_by_id
    supported = is_supported(facts.index, facts.presence.can_hold, facts.policy, case)
    yield from _against_kind(row, one, facts.policy, teams, supported=supported)
    yield from _excluded(row, one)


def against_giving(facts: Facts, cases: Sequence[int], worker: int) -> tuple[Refusal, ...]:
    """Return every rule on who may be given what that keeps `cases` from a worker.

    Empty exactly where all of them can be given to the worker.

    Parameters
    ----------
    cases
        Numbers of children who move together.
    """
    found = [refusal for case in cases for refusal in _locked(facts, case, worker)]
    for case in cases:
        if facts.in_progress[case] and facts.holder[case] != worker:
            found += against_taking(facts.index, facts.policy, case)
    away = facts.presence.against_arrivals[worker]
    if away is not None:
        found.append(away)
    for case in cases:
        found += against_holding(facts, case, worker)
        found += against_scope(facts, case, worker)
        found += against_early_transfer(facts.transfers, facts.index, case, worker)
    return tuple(dict.fromkeys(found))


def measure_may_hold(index: Index, presence: Presence, policy: Policy) -> Bools:
    """Return whom no rule keeps from holding which case, shape (cases, workers)."""
    teams = index.snapshot.team_by_id
    kinds = [
        (case.case_type, case.in_court, is_supported(index, presence.can_hold, policy, number))
        for number, case in enumerate(index.cases)
    ]
    row_of_kind = {kind: row for row, kind in enumerate(sorted(set(kinds)))}
    example = {
        row_of_kind[kind]: (case, kind[-1]) for kind, case in zip(kinds, index.cases, strict=True)
    }
    table = np.array(
        [
            [
                _is_none(_against_kind(case, one, policy, teams, supported=supported))
                for one in index.workers
            ]
            for case, supported in (example[row] for row in range(len(row_of_kind)))
        ],
        np.bool_,
    ).reshape(len(row_of_kind), len(index.workers))
    rows = np.array([row_of_kind[kind] for kind in kinds], np.int64)
    may_hold = table[rows] & presence.can_hold
    for number, case in enumerate(index.cases):
        for worker_id in case.excluded_worker_ids:
            if (worker := index.worker_number.get(worker_id)) is not None:
                may_hold[number, worker] = False
    return may_hold


def _is_none(refusals: Iterator[Refusal]) -> bool:
    return next(refusals, None) is None


def _against_kind(
    case: Case, worker: Worker, policy: Policy, teams: Mapping[str, Team], *, supported: bool
) -> Iterator[Refusal]:
    """Yield what the case's type and the court say against the worker, whoever the child is.

    Parameters
    ----------
    supported
        Whether a newly qualified worker would have an experienced co-worker.
    """
    yield from _unregistered(case, worker, policy)
    yield from _newly_qualified(case, worker, policy, supported=supported)
    name = worker.worker_id
    if worker.may_hold and case.case_type not in worker.may_hold:
        kind = with_article(CASE_WORDS[case.case_type])
        allowed = ", ".join(worker.may_hold)
        yield by_worker(
            "eligibility",
            name,
            "may_hold",
            f"{name} may hold {allowed} only, and {case.case_id} is {kind}",
            f"who does not hold {kind}",
        )
    known = [teams[team_id] for team_id in worker.team_ids if team_id in teams]
    if known and not any(not team.accepts or case.case_type in team.accepts for team in known):
        kind = with_article(CASE_WORDS[case.case_type])
        yield Refusal(
            rule="eligibility",
            table="teams",
            row_id=known[0].team_id,
            column="accepts",
            sentence=f"no team of {name} accepts {kind}",
            clause=f"whose team does not take {kind}",
        )


def _unregistered(case: Case, worker: Worker, policy: Policy) -> Iterator[Refusal]:
    rules = policy.eligibility
    if worker.role in rules.registered_roles:
        return
    name = worker.worker_id
    role = with_article(worker.role.replace("_", " "))
    clause = f"whose role may not hold {with_article(case_words(case))}"
    if is_must_hold(case, policy):
        kind = with_article(case_words(case))
        sentence = f"{name} is {role}, and {kind} needs a registered social worker"
        yield by_worker("eligibility", name, "role", sentence, clause)
    elif case.case_type not in rules.unregistered_may_hold:
        sentence = f"{name} is {role}, who may not hold {with_article(CASE_WORDS[case.case_type])}"
        yield by_policy("eligibility", "eligibility.unregistered_may_hold", sentence, clause)


def _newly_qualified(
    case: Case, worker: Worker, policy: Policy, *, supported: bool
) -> Iterator[Refusal]:
    rules = policy.eligibility
    if worker.role != "asye":
        return
    protected = {}
    alone = not supported and case.case_type == "section_47"
    if alone and not rules.asye_may_hold_section_47:
        kind = with_article(CASE_WORDS[case.case_type])
        protected["eligibility.asye_may_hold_section_47"] = kind
    alone = not supported and case.case_type == "child_protection"
    if alone and not rules.asye_may_hold_child_protection:
        kind = with_article(CASE_WORDS[case.case_type])
        protected["eligibility.asye_may_hold_child_protection"] = kind
    if case.in_court and not rules.asye_may_hold_court:
        protected["eligibility.asye_may_hold_court"] = "a case in court"
    for setting, what in protected.items():
        clause = f"is newly qualified and may not hold {what}"
        yield by_policy("eligibility", setting, f"{worker.worker_id} {clause}", f"who {clause}")


def _excluded(case: Case, worker: Worker) -> Iterator[Refusal]:
    if worker.worker_id in case.excluded_worker_ids:
        yield Refusal(
            rule="eligibility",
            table="cases",
            row_id=case.case_id,
            column="excluded_worker_ids",
            sentence=f"{worker.worker_id} must not hold {case.case_id}",
            clause="who must not hold this case",
        )


def _locked(facts: Facts, case: int, worker: int) -> Iterator[Refusal]:
    row = facts.index.cases[case]
    if row.locked and facts.holder[case] not in {NOBODY, worker}:
        yield Refusal(
            rule="locked",
            table="cases",
            row_id=row.case_id,
            column="locked",
            sentence=f"{row.case_id} is locked with {row.worker_id}",
        )
