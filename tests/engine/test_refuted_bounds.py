"""What a search says of a tier is held against what it has found, whatever went wrong in it."""

import warnings
from dataclasses import replace

import numpy as np
import pytest

import caseload_balancer as cb
from caseload_balancer.arrays.evaluation import values
from caseload_balancer.datasets.arrays import blended, service
from caseload_balancer.engine import solve
from caseload_balancer.engine.columns.reduced_costs import Prices
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.incremental import IncrementalProgram
from caseload_balancer.engine.local_search.construction import construct
from caseload_balancer.engine.neighbourhoods.improvement import ImprovedTier
from caseload_balancer.engine.parameters import DEFAULTS
from caseload_balancer.engine.relaxation.relaxer import relax
from caseload_balancer.engine.strategies import (
    improvement,
    neighbourhood_search,
    reduced_tier,
    restricted_tier,
)
from caseload_balancer.engine.strategies.contexts import Context
from caseload_balancer.engine.strategies.reduced_tier import settle_reduced
from caseload_balancer.engine.strategies.rising_cutoffs import settle_up_to
from caseload_balancer.engine.strategies.settling import settle_tiers
from caseload_balancer.engine.strategies.tiers import Known, Tier

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


def refuted(known, value):
    """Return a search's answer whose value is below its bound, which it says."""
    return replace(known, value=value, bound=known.bound + 9, refuted=True)


def tier_and_known(arrays, incumbent):
    tier = Tier(
        arrays=arrays,
        number=0,
        ceilings=(),
        deadline=Deadline(60, work=5.0),
        seed=0,
        report=lambda _assignment: None,
    )
    relaxer = relax(arrays, 0, (), deadline=tier.deadline, incumbent=incumbent)
    bound = relaxer.current().bound
    known = Known(assignment=incumbent, value=tier.value(incumbent), bound=bound, note="")
    return tier, known, relaxer


def test_a_reduced_tier_whose_bound_is_refuted_says_so(monkeypatch):
    tier, known, relaxer = tier_and_known(ARRAYS, BETTER)
    monkeypatch.setattr(
        reduced_tier, "settle_for", lambda _tier, begun, *_given: refuted(begun, begun.value)
    )
    parameters = replace(DEFAULTS, cuts=replace(DEFAULTS.cuts, gomory_entries=0, mir_rounds=0))
    tier = replace(tier, parameters=parameters)
    found = settle_reduced(tier, known, known.value, relaxer.current(), relaxer, 1.0)
    assert found.refuted
    assert not found.proven


def test_neighbourhoods_whose_bound_is_above_what_they_found_prove_nothing(monkeypatch):
    tier, known, relaxer = tier_and_known(ARRAYS, BETTER)
    monkeypatch.setattr(
        improvement,
        "improve_tier",
        lambda *_given, **_named: ImprovedTier(BETTER, tier.value(BETTER) + 50),
    )
    found = improvement.improve(tier, known, relaxer.current(), relaxer, 0.5)
    assert found.refuted
    assert not found.proven


def test_a_restricted_problem_whose_bound_is_refuted_bounds_nothing(monkeypatch):
    arrays = service(6, 60, teams=2, seed=4, scope="service")
    tier, known, _ = tier_and_known(arrays, arrays.start)
    monkeypatch.setattr(
        restricted_tier, "settle_exactly", lambda _tier, begun, _relaxer: refuted(begun, 0)
    )
    assert restricted_tier.bounded_by_restriction(tier, known) is known


def test_a_restricted_problem_may_come_to_less_than_the_bound_of_the_whole():
    """It leaves out what others use: that was told as a fault, and the bound was lost."""
    snapshot = cb.datasets.service(40, 990, seed=5, slack=-0.12)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        plan = cb.allocate(snapshot, time_limit=60)
    assert plan.tiers[0].bound == plan.tiers[0].value > 0


def test_an_exact_search_of_what_is_left_whose_bound_is_refuted_bounds_nothing(monkeypatch):
    tier, known, relaxer = tier_and_known(ARRAYS, BETTER)
    monkeypatch.setattr(
        neighbourhood_search, "settle_reduced", lambda _tier, begun, *_given: refuted(begun, 0)
    )
    exactly = []

    def improved(*_given, search_exactly, **_named):
        exactly.append(search_exactly(BETTER, known.value, relaxer.current(), tier.deadline, 1.0))
        return known

    monkeypatch.setattr(neighbourhood_search, "improve", improved)
    monkeypatch.setattr(neighbourhood_search, "settle_up_to", lambda _tier, begun, *_given: begun)
    monkeypatch.setattr(neighbourhood_search, "_is_rounded_at_once", lambda *_given: False)
    neighbourhood_search.settle_by_neighbourhoods(tier, known, relaxer)
    ((_, bound),) = exactly
    assert bound == relaxer.current().bound
    assert len(tier.deadline.failures) == 1


def test_a_refuted_bound_ends_a_search_by_rising_cutoffs():
    tier, known, _ = tier_and_known(ARRAYS, BETTER)
    wrong = replace(known, bound=known.value, refuted=True)
    prices = Prices.none(ARRAYS, known.value + 1)
    assert settle_up_to(tier, wrong, prices) is wrong
    assert tier.deadline.spent() < 5.0
    assert not tier.deadline.struck
