"""`allocate()` against trying everything, and relations that must hold between weeks."""

from hypothesis import given, settings

import caseload_balancer as cb
from tests.oracle import try_everything
from tests.weeks import weeks


@given(weeks())
@settings(max_examples=60, deadline=None)
def test_every_tier_is_as_good_as_trying_everything(problem):
    truth = try_everything(problem.arrays)
    plan = cb.allocate(problem.snapshot, problem.policy)
    assert plan.status == "optimal"
    assignment = problem.assignment(plan.allocation)
    assert (truth.settled == assignment).all(axis=1).any()
    assert all(tier.bound <= best for tier, best in zip(plan.tiers, truth.best, strict=True))
    last = truth.best[-1]
    assert plan.tiers[-1].value <= last + problem.arrays.slack(len(truth.best) - 1, last)
