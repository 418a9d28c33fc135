"""Replay: real Mondays under other policies."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Executor
from itertools import pairwise

from caseload_balancer.arguments import (
    a_function,
    a_seed,
    an_executor,
    checked,
    many,
    refusal,
    seconds,
)
from caseload_balancer.domain import Snapshot, a_snapshot
from caseload_balancer.policy import Policy, a_policy
from caseload_balancer.simulation.answer import Simulation
from caseload_balancer.simulation.practices import ByPolicy, Practice
from caseload_balancer.simulation.question import (
    PolicySource,
    Told,
    a_practice,
    refuse_names,
    run_course,
)
from caseload_balancer.simulation.replayed import AsItWas, ReplayedEvents
from caseload_balancer.simulation.runs import Course


@checked(
    snapshots=many(a_snapshot, "snapshots"),
    policies=many(a_policy, "policies"),
    practices=many(a_practice, "practices"),
    seed=a_seed,
    rules=a_policy,
    time_limit=seconds,
    executor=an_executor,
    progress=a_function,
)
def replay(
    snapshots: Iterable[Snapshot],
    policies: Iterable[PolicySource] = ("steady",),
    *,
    practices: Iterable[str | Practice] = (),
    seed: int = 0,
    rules: PolicySource | None = None,
    time_limit: float = 5.0,
    executor: Executor | None = None,
    progress: Told | None = None,
) -> Simulation:
    """Carry policies through real Mondays, beside what was really done.

    The same children come and go, the same workers leave; who holds whom follows from each
    practice. The first practice is ``as it was``: whom the children were really with.

    Parameters
    ----------
    snapshots
        Two real Mondays or more, of the same service. Their order does not matter.
    policies, practices, seed, rules, time_limit, executor, progress
        As for `simulate`.

    Returns
    -------
    Simulation
        Of one course of events, so without intervals.

    Raises
    ------
    ArgumentError
        When there are fewer than two Mondays, or two of one date, and as for `simulate`; it is a
        ValueError.
    DataError, PolicyError, MissingInputError
        As `allocate`.
    """
    mondays = tuple(sorted(snapshots, key=lambda snapshot: snapshot.as_of))
    if len(mondays) < 2:
        raise refusal("replay", "snapshots", "must be two Mondays or more.")
    if any(earlier.as_of == later.as_of for earlier, later in pairwise(mondays)):
        raise refusal("replay", "snapshots", "must be Mondays of different dates.")
    read = [Policy.read(policy) for policy in policies]
    course = Course(
        snapshot=mondays[0],
        events=ReplayedEvents(mondays),
        weeks=len(mondays),
        rules=Policy.read(rules) if rules is not None else next(iter(read), Policy.profile()),
        diary=None,
    )
    chosen = [
        AsItWas(mondays),
        *map(a_practice, practices),  # a default is not looked at before
        *(ByPolicy(policy, time_limit, seed) for policy in read),
    ]
    refuse_names("replay", chosen)
    return run_course(course, chosen, replications=1, executor=executor, progress=progress)
