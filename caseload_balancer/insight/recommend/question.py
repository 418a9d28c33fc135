"""Who could take this case: every worker, ranked, in the time it takes to ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from caseload_balancer.arguments import UnfitError, checked, shown
from caseload_balancer.arrays import Ints
from caseload_balancer.domain import Case, Snapshot, a_snapshot
from caseload_balancer.domain.checked_tables import CheckedTables
from caseload_balancer.domain.cross_checks import contradictions
from caseload_balancer.domain.steps import an_allocation
from caseload_balancer.domain.succession import CarriedOut
from caseload_balancer.domain.tidying import tidy
from caseload_balancer.errors import DataError, DataProblem
from caseload_balancer.insight.placing.candidates import Placing
from caseload_balancer.insight.placing.latest_facts import facts_of
from caseload_balancer.insight.placing.numbers import case_number, worker_numbers
from caseload_balancer.insight.recommend.answer import Recommendation
from caseload_balancer.policy import Policy, PolicyLike, a_policy
from caseload_balancer.problem.conflicts import check_allowed
from caseload_balancer.problem.facts import Facts


def _case(value: Any) -> str | Case:
    """Accept the id of a case, or a new case."""
    if isinstance(value, Case) or (isinstance(value, str) and value.strip()):
        return value
    raise UnfitError(f"must be the id of a case or a Case, not {shown(value)}.")


@checked(snapshot=a_snapshot, case=_case, policy=a_policy, allocation=an_allocation)
def recommend(
    snapshot: Snapshot,
    case: str | Case,
    policy: PolicyLike = None,
    *,
    allocation: CarriedOut | Mapping[str, str | None] | None = None,
) -> Recommendation:
    """Rank every worker for one case, everything else as it stands.

    The cost of a worker is what the case adds to each goal with that worker: exact, the
    difference between the whole week with the case there and without it. Nothing is searched for,
    so a county answers as fast as a team.

    Parameters
    ----------
    snapshot
        The week.
    case
        A case of the week by id, or a new one.
    policy
        As for `allocate`.
    allocation
        Who has each case, or a plan; by default everybody who can stays. A
        new case need not be in it.

    Raises
    ------
    DataError
        When the week has no such case, when a new case contradicts its tables, when the week asks
        for what the policy forbids, or when the allocation does not fit the week.
    """
    chosen = Policy.read(policy)
    check_allowed(snapshot, chosen)
    week = snapshot if isinstance(case, str) else _with(snapshot, case)
    case_id = case if isinstance(case, str) else case.case_id
    facts = facts_of(week, chosen)
    number = case_number(facts, case_id)
    if allocation is not None and not isinstance(allocation, Mapping):
        allocation = allocation.allocation
    standing = None if allocation is None else _standing(facts, allocation, case_id)
    placing = Placing.of(facts, number, standing)
    return Recommendation(
        case=facts.index.cases[number],
        with_case_ids=tuple(
            facts.index.cases[one].case_id for one in placing.unit if one != number
        ),
        candidates=placing.candidates(),
        waiting_terms=placing.waiting_terms() if placing.may_wait else None,
        policy=chosen,
    )


def _with(snapshot: Snapshot, case: Case) -> Snapshot:
    """Return the week with one more case, of which only that case is checked."""
    same_id = case.case_id.casefold()
    near = [
        row
        for row in snapshot.cases
        if row.case_id.casefold() == same_id
        or (row.family_id is not None and row.family_id == case.family_id)
    ]
    rows = len(snapshot.cases) + 1
    tables, _ = tidy(
        CheckedTables(
            snapshot.as_of,
            (*near, case),
            snapshot.workers,
            snapshot.adjustments,
            snapshot.teams,
            (),
            row_number=lambda table, position: rows if table == "cases" else position + 1,
        )
    )
    if problems := contradictions(tables):
        raise DataError(problems)
    if len(tables.cases) == len(near):
        message = f"case '{case.case_id}' is closed: nobody need hold it."
        raise DataError([DataProblem("cases", rows, "closed_on", "closed_case", message)])
    case = tables.cases[-1]
    return Snapshot.model_construct(
        as_of=snapshot.as_of,
        cases=(*snapshot.cases, case),
        workers=snapshot.workers,
        adjustments=snapshot.adjustments,
        teams=snapshot.teams,
        spells=snapshot.spells,
    )


def _standing(facts: Facts, allocation: Mapping[str, str | None], case_id: str) -> Ints:
    """Return who has each case, shape (cases,)."""
    problems = [
        DataProblem("allocation", None, "case_id", "missing_case", f"has no case '{one.case_id}'.")
        for one in facts.index.cases
        if one.case_id not in allocation and one.case_id != case_id
    ]
    problems += [
        DataProblem("allocation", None, "worker_id", "unknown_worker", f"has no worker '{one}'.")
        for one in sorted({one for one in allocation.values() if one is not None})
        if one not in facts.index.worker_number
    ]
    if problems:
        raise DataError(problems)
    return worker_numbers(facts, allocation)
