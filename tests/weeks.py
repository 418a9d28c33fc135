"""Whole problems drawn at random: a snapshot and a policy that fit each other."""

from hypothesis import strategies as st

from caseload_balancer.domain import Snapshot
from caseload_balancer.policy import Policy
from caseload_balancer.problem.presence import children_per_fte
from caseload_balancer.problem.problems import Problem, build_problem
from tests.policy_strategies import policies
from tests.strategies import MOST_CASES, MOST_WORKERS, snapshots


def within(policy: Policy, snapshot: Snapshot) -> Snapshot:
    """The week with caps of workers as high as the policy allows, where they are higher."""
    workers = []
    for worker in snapshot.workers:
        most = children_per_fte(worker, policy, snapshot.team_by_id)
        above = worker.cap is not None and worker.cap > most
        workers.append(worker.model_copy(update={"cap": most}) if above else worker)
    return snapshot.model_copy(update={"workers": tuple(workers)}).remembering(snapshot.origin)


@st.composite
def weeks(
    draw: st.DrawFn, *, max_workers: int = MOST_WORKERS, max_cases: int = MOST_CASES
) -> Problem:
    policy = draw(policies())
    snapshot = draw(snapshots(max_workers=max_workers, max_cases=max_cases))
    return build_problem(within(policy, snapshot), policy)
