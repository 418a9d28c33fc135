"""Whole problems drawn at random: a snapshot and a policy that fit each other."""

from hypothesis import strategies as st

from caseload_balancer.errors import DataError
from caseload_balancer.problem.problems import Problem, build_problem
from tests.policy_strategies import policies
from tests.strategies import snapshots


@st.composite
def weeks(draw: st.DrawFn, *, max_workers: int = 5, max_cases: int = 7) -> Problem:
    """Draw a problem; the rare snapshot that asks for more than its policy allows is redrawn."""
    while True:
        snapshot = draw(snapshots(max_workers=max_workers, max_cases=max_cases))
        try:
            return build_problem(snapshot, draw(policies()))
        except DataError:
            continue
