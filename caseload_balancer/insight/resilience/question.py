"""Resilience: for each worker, the week as if they had left."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Executor

import numpy as np

from caseload_balancer.arguments import a_seed, a_text, an_executor, checked, many, seconds
from caseload_balancer.arrays import Bools
from caseload_balancer.domain import Snapshot, a_snapshot
from caseload_balancer.insight.edits import Leaves
from caseload_balancer.insight.resilience.answer import Resilience
from caseload_balancer.insight.resilience.departures import Departure
from caseload_balancer.insight.resilience.places import places_of
from caseload_balancer.insight.several_plans import plan_weeks
from caseload_balancer.insight.weeks import Week
from caseload_balancer.insight.what_if.answer import Outcome
from caseload_balancer.policy import PolicyLike, a_policy
from caseload_balancer.problem.facts import Facts


@checked(
    snapshot=a_snapshot,
    policy=a_policy,
    worker_ids=many(a_text, "worker ids"),
    time_limit=seconds,
    seed=a_seed,
    executor=an_executor,
)
def resilience(
    snapshot: Snapshot,
    policy: PolicyLike = None,
    *,
    worker_ids: Iterable[str] | None = None,
    time_limit: float = 10.0,
    seed: int = 0,
    executor: Executor | None = None,
) -> Resilience:
    """Plan the week once more for each worker, as if they left on its day.

    For the week after a plan, pass ``snapshot.after(plan)``.

    Parameters
    ----------
    snapshot, policy
        As for `allocate`.
    worker_ids
        Who might leave; everybody who can hold cases unless said.
    time_limit
        Seconds for each plan, all of them together: as in `what_if`.
    seed
        Of every search.
    executor
        Plans side by side, as in `what_if`.

    Raises
    ------
    DataError
        When a worker is not in the week, or the snapshot asks for what the policy forbids.
    """
    base = Week.of(snapshot, policy)
    facts = Facts.of(snapshot, base.policy)
    if worker_ids is None:
        here = zip(facts.index.workers, facts.presence.can_hold.tolist(), strict=True)
        worker_ids = [worker.worker_id for worker, can in here if can]
    leaving = [Leaves(worker_id=worker_id) for worker_id in worker_ids]
    weeks = [base, *(edit.apply(base) for edit in leaving)]
    first, *plans = plan_weeks(weeks, time_limit=time_limit, seed=seed, executor=executor)
    departures = [
        Departure(
            worker_id=edit.worker_id,
            held=int(facts.index.children_held[facts.index.worker_number[edit.worker_id]]),
            nobody_else=_nobody_else(week, facts, edit.worker_id),
            outcome=Outcome(name=edit.worker_id, words=edit.words, plan=plan),
        )
        for edit, week, plan in zip(leaving, weeks[1:], plans, strict=True)
    ]
    rows = tuple(sorted(departures, key=_worst_first))
    return Resilience(
        as_of=snapshot.as_of,
        nobody_leaves=Outcome(name="nobody", words="nobody leaves", plan=first),
        departures=rows,
        places=tuple(places_of(snapshot, rows)),
    )


def _nobody_else(week: Week, facts: Facts, worker_id: str) -> tuple[str, ...]:
    number = facts.index.worker_number[worker_id]
    without: Bools = np.any(Facts.of(week.snapshot, week.policy).can_be_given, axis=1)
    return tuple(
        case.case_id
        for case, holder, somebody in zip(
            facts.index.cases, facts.holder.tolist(), without.tolist(), strict=True
        )
        if holder == number and not somebody
    )


def _worst_first(row: Departure) -> tuple[float, int, int, int, str]:
    found = row.outcome
    return (
        -(found.shortage_fte or 0),
        -len(row.nobody_else),
        -found.waiting,
        -found.moved,
        row.worker_id,
    )
