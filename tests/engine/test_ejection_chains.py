"""Ejection chains: what each costs is what its moves change, and the search never gets worse."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given

from caseload_balancer.arrays import Breakpoints, UnitGroups
from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.arrays.gap_files import gap_as_arrays
from caseload_balancer.datasets.arrays import one_tier_gap, random_gap
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.local_search.chain_tables import chain_tables
from caseload_balancer.engine.local_search.ejection_chains import (
    ChainSearch,
    chains_are_possible,
    improve_by_chains,
)
from caseload_balancer.engine.local_search.limit_multipliers import price_limits
from caseload_balancer.engine.local_search.strategic_oscillation import oscillate
from caseload_balancer.engine.parameters import DEFAULTS, EjectionChainParameters
from caseload_balancer.engine.strategies.warm_start import blend
from tests.drawn_arrays import tiny_arrays
from tests.examples import settings
from tests.oracle import try_everything

WORK = 0.004


def _with_limits_alone(arrays):
    """Return one tier of drawn arrays where units share nothing but limits."""
    together = blend(arrays, arrays.start)
    assume(together is not None and not arrays.shared.any())
    nothing_shared = {"breakpoints": Breakpoints.none(), "groups": UnitGroups.none(together.tiers)}
    return replace(together, **nothing_shared)


def _improved(arrays, work=WORK):
    price = price_limits(arrays, deadline=Deadline(60))
    deadline = Deadline(60, work=work)
    return improve_by_chains(arrays, arrays.start, price, deadline=deadline, seed=(0,))


@settings(max_examples=25)
@given(arrays=tiny_arrays())
def test_never_worse_within_limits_and_the_same_every_time(arrays):
    arrays = _with_limits_alone(arrays)
    found = _improved(arrays)
    assert broken_limits(arrays, found) == []
    assert try_everything(arrays).best <= values(arrays, found) <= values(arrays, arrays.start)
    assert (_improved(arrays) == found).all()


@settings(max_examples=25)
@given(arrays=tiny_arrays(budget=False))
def test_a_chain_costs_what_its_moves_change(arrays):
    arrays = _with_limits_alone(arrays)
    price = price_limits(arrays, deadline=Deadline(60))
    assume(chains_are_possible(arrays, DEFAULTS.chains))
    tables = chain_tables(arrays, price, DEFAULTS.chains)
    search = ChainSearch(tables, arrays.start % tables.places, (0,), DEFAULTS.chains)
    before = search.priced()
    chains = search.chains()
    checked = 0
    for end, chain in np.argwhere(np.isfinite(chains.cost))[:12]:
        moves = chains.moves(chain, end)
        units = [unit for unit, _ in moves]
        assert len(set(units)) == len(units)
        other = ChainSearch(tables, search.best, (0,), DEFAULTS.chains)
        for unit, place in moves:
            other.move(unit, place)
        assert other.priced() - before == pytest.approx(chains.cost[end, chain], abs=1e-3)
        checked += 1
    assume(checked)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kind", "cde")
def test_the_best_there_is_of_tiny_problems(kind, seed):
    arrays = one_tier_gap(gap_as_arrays(random_gap(kind, 3, 8, seed=seed)))
    assert values(arrays, _improved(arrays, work=0.1)) == try_everything(arrays).best


@pytest.mark.parametrize("kind", "de")
def test_better_than_oscillation_alone_under_tight_limits(kind):
    arrays = one_tier_gap(gap_as_arrays(random_gap(kind, 10, 100, seed=3)))
    price = price_limits(arrays, deadline=Deadline(60))
    begin = oscillate(arrays, price, deadline=Deadline(60, work=0.05))
    found = improve_by_chains(arrays, begin, price, deadline=Deadline(60, work=0.03), seed=(0,))
    assert values(arrays, found) < values(arrays, begin)


def test_too_large_a_table_is_not_made():
    arrays = one_tier_gap(gap_as_arrays(random_gap("d", 3, 8, seed=1)))
    small = EjectionChainParameters(cells=10)
    assert chains_are_possible(arrays, DEFAULTS.chains)
    assert not chains_are_possible(arrays, small)
    assert (
        improve_by_chains(
            arrays,
            arrays.start,
            np.zeros((1, 3)),
            deadline=Deadline(60),
            seed=(0,),
            parameters=small,
        )
        == arrays.start
    ).all()
