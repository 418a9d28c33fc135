"""What a search says of a tier is held against what it has found, whatever went wrong in it."""

from dataclasses import replace

import numpy as np
import pytest

from caseload_balancer.arrays.evaluation import values
from caseload_balancer.datasets.arrays import blended, service
from caseload_balancer.engine import solve
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.incremental import IncrementalProgram
from caseload_balancer.engine.local_search.construction import construct
from caseload_balancer.engine.relaxation.relaxer import relax
from caseload_balancer.engine.strategies.contexts import Context
from caseload_balancer.engine.strategies.settling import settle_tiers

ARRAYS = blended(service(6, 60, teams=1, seed=4, scope="service"))
BETTER = construct(ARRAYS, deadline=Deadline(60))


def settled(settle):
    deadline = Deadline(60, work=5.0)
    context = Context(
        deadline=deadline,
        seed=0,
        constant=(0,),
        given=ARRAYS.start,
        report=lambda _assignment, _bounds: None,
    )
    return settle_tiers(ARRAYS, context, settle), deadline


def test_a_bound_that_an_assignment_refutes_is_dropped_and_told():
    def settle(tier, known, _relaxer):
        return replace(known, bound=known.value).improved(BETTER, tier.value(BETTER))

    result, deadline = settled(settle)
    assert values(ARRAYS, BETTER) < values(ARRAYS, ARRAYS.start)
    assert result.values == values(ARRAYS, BETTER)
    assert result.bounds <= solve(ARRAYS, time_limit=600).values
    assert not all(result.proven)
    assert deadline.failures == ("tier 1: a bound that an assignment refutes (1 x)",)
    assert deadline.struck


def test_a_bound_raised_afterwards_does_not_hide_it():
    def settle(tier, known, _relaxer):
        refuted = replace(known, bound=known.value).improved(BETTER, tier.value(BETTER))
        return refuted.raised(known.value + 9)

    result, deadline = settled(settle)
    assert not all(result.proven)
    assert len(deadline.failures) == 1


def test_what_was_reported_is_not_lost_where_the_search_returns_less():
    def settle(tier, known, _relaxer):
        tier.report(BETTER)
        return known

    result, deadline = settled(settle)
    assert result.values == values(ARRAYS, BETTER)
    assert deadline.failures == ()


@pytest.mark.parametrize("call", [3, 5, 8])
def test_a_master_that_glop_gives_up_on_costs_a_step_and_nothing_else(call, monkeypatch):
    arrays = blended(service(12, 160, seed=503))
    solving, calls = IncrementalProgram.solve, iter(range(1, 10**9))

    def gives_up(self, deadline):
        return None if next(calls) in {call, call + 1} else solving(self, deadline)

    relaxer = relax(arrays, 0, (), deadline=Deadline(60))
    begun = relaxer.current().bound
    monkeypatch.setattr(IncrementalProgram, "solve", gives_up)
    deadline = Deadline(60, work=2.0)
    found = relaxer.converge(deadline)
    assert found.bound > begun
    assert deadline.failures == ()
    assert np.isfinite(found.values).all()
