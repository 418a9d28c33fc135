"""A tier reduced to what its bound leaves: nothing as good is lost, and no bound is too high."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseload_balancer.arrays import WAITING
from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.datasets.arrays import service
from caseload_balancer.engine import solve
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.parameters import DEFAULTS, Parameters
from caseload_balancer.engine.relaxation.relaxer import relax
from caseload_balancer.engine.strategies import reduced_tier
from caseload_balancer.engine.strategies.reduced_tier import settle_by_reduction, settle_reduced
from caseload_balancer.engine.strategies.tiers import Known, Tier
from tests.drawn_arrays import tiny_arrays
from tests.examples import settings


def last_tier(arrays, incumbent, parameters=DEFAULTS):
    """Return the last tier under the incumbent's ceilings, what is known, and its relaxer."""
    *ceilings, value = values(arrays, incumbent)
    reported = []
    tier = Tier(
        arrays=arrays,
        number=arrays.tiers - 1,
        ceilings=tuple(ceilings),
        deadline=Deadline(60),
        seed=0,
        report=reported.append,
        parameters=parameters,
    )
    relaxer = relax(
        arrays,
        tier.number,
        ceilings,
        deadline=tier.deadline,
        incumbent=incumbent,
        parameters=parameters,
    )
    bound = relaxer.current().bound
    known = Known(assignment=incumbent, value=value, bound=min(value, bound), note="")
    return tier, known, relaxer, reported


def a_service(seed, scope="service"):
    """Return a small service and its proven best assignment."""
    arrays = service(6, 60, teams=2, seed=seed, scope=scope)
    best = solve(arrays, time_limit=60)
    assert best.proven
    return arrays, best


def near(arrays, best, seed):
    """Return an assignment with the best earlier tiers, a few exchanges from the best."""
    rng = np.random.default_rng(seed)
    found = best.assignment.copy()
    for unit in rng.permutation(arrays.units):
        first = arrays.arc_start[unit]
        arc = rng.integers(first, arrays.arc_start[unit + 1])
        one = found.copy()
        one[unit] = arrays.arc_worker[arc]
        if not broken_limits(arrays, one) and values(arrays, one)[:-1] == best.values[:-1]:
            found = one
        if (found != best.assignment).sum() == 6:
            break
    return found


@settings(max_examples=12)
@given(st.integers(0, 30), st.integers(0, 3), st.sampled_from(["team", "service"]))
def test_no_assignment_as_good_as_the_best_is_lost_and_no_bound_is_too_high(seed, start, scope):
    arrays, best = a_service(seed, scope)
    tier, known, relaxer, reported = last_tier(arrays, near(arrays, best, start))
    found, _ = settle_by_reduction(tier, known, relaxer.current(), relaxer)
    assert found.bound <= best.values[-1] <= found.value <= known.value
    assert values(arrays, found.assignment) == (*best.values[:-1], found.value)
    assert broken_limits(arrays, found.assignment) == []
    for one in reported:
        assert values(arrays, one)[:-1] <= best.values[:-1]
        assert broken_limits(arrays, one) == []
    left = relaxer.candidates(best.values[-1])
    assert left.hold(arrays, best.assignment), "what was noted keeps every best assignment"


def best_of(arrays, ceilings):
    """Return the least value of the last tier under ceilings, and all assignments of that value."""
    options = [
        [*arrays.workers_of(unit).tolist(), *([WAITING] if arrays.may_wait[unit] else [])]
        for unit in range(arrays.units)
    ]
    least, found = None, []
    for chosen in itertools.product(*options):
        one = np.array(chosen, np.int64)
        *earlier, value = values(arrays, one)
        within = all(v <= c for v, c in zip(earlier, ceilings, strict=True))
        if not within or (least is not None and value > least) or broken_limits(arrays, one):
            continue
        found = [one] if value != least else [*found, one]
        least = value
    return least, found


@settings(max_examples=1000)
@given(tiny_arrays(slack=False, workers=3, units=4), st.integers(0, 8))
def test_up_to_any_cutoff_brute_force_finds_the_same(arrays, eighths):
    """Below the best, that there is nothing; from there on, the best, and nothing is lost."""
    tier, known, relaxer, _ = last_tier(arrays, arrays.start)
    least, best = best_of(arrays, tier.ceilings)
    relaxation = relaxer.current()
    cutoff = known.bound + (known.value - known.bound) * eighths // 8
    found = settle_reduced(tier, known, cutoff, relaxation, relaxer, 60.0)
    assert found.bound == min(least, cutoff + 1)
    assert values(arrays, found.assignment)[-1] == found.value
    assert broken_limits(arrays, found.assignment) == []
    if cutoff >= least:
        assert found.value == least
    left = relaxer.candidates(least)
    for one in best:
        assert left.hold(arrays, one)


def test_a_group_that_may_move_stays_whole(monkeypatch):
    arrays, best = a_service(3)
    tier, known, relaxer, _ = last_tier(arrays, near(arrays, best, 1))
    free, real = [], reduced_tier.restrict

    def noted(whole, assignment, *, units, arcs):
        free.append(units)
        return real(whole, assignment, units=units, arcs=arcs)

    monkeypatch.setattr(reduced_tier, "restrict", noted)
    settle_reduced(tier, known, known.value, relaxer.current(), relaxer, DEFAULTS.reduction.work)
    groups = arrays.groups
    members = [free[0][groups.unit[first:last]] for first, last in itertools.pairwise(groups.start)]
    assert all(one.all() or not one.any() for one in members)
    assert any(len(one) > 1 and one.all() for one in members), "some family may move"


def test_what_is_left_narrows_with_each_search():
    arrays, best = a_service(5)
    tier, known, relaxer, _ = last_tier(arrays, near(arrays, best, 2))
    before = relaxer.candidates(best.values[-1]).arc.sum()
    found, _ = settle_by_reduction(tier, known, relaxer.current(), relaxer)
    assert found.value == found.bound == best.values[-1]
    after = relaxer.candidates(best.values[-1]).arc.sum()
    assert arrays.units <= after < before
    above = relaxer.candidates(known.value + 1).arc.sum()
    assert above >= before, "nothing was noted of worse assignments"


@pytest.mark.parametrize("strategy", ["exact", "neighbourhoods"])
@pytest.mark.parametrize("entries", [0, 75_000])
def test_with_and_without_reduction_the_same_is_proven(strategy, entries):
    arrays, best = a_service(8)
    for reduction in (
        replace(DEFAULTS.reduction, arcs_a_unit=0, near_arcs_a_unit=0),
        replace(DEFAULTS.reduction, arcs_a_unit=100),
        replace(DEFAULTS.reduction, near_arcs_a_unit=1.5, arcs_a_unit=1.2, choices=5),
    ):
        parameters = Parameters(
            reduction=reduction, cuts=replace(DEFAULTS.cuts, gomory_entries=entries)
        )
        found = solve(arrays, time_limit=60, strategy=strategy, parameters=parameters)
        assert found.values == best.values
        assert all(b <= v for b, v in zip(found.bounds, best.values, strict=True))


@pytest.mark.filterwarnings("ignore:some of the search failed:RuntimeWarning")
@pytest.mark.parametrize("strategy", ["exact", "neighbourhoods"])
@pytest.mark.parametrize("entries", [0, 75_000])
def test_a_reduction_that_fails_costs_its_own_time_only(monkeypatch, strategy, entries):
    def fails(*_args, **_settings):
        raise MemoryError

    arrays, best = a_service(8)
    monkeypatch.setattr(reduced_tier, "relax", fails)
    parameters = Parameters(cuts=replace(DEFAULTS.cuts, gomory_entries=entries))
    found = solve(arrays, time_limit=60, strategy=strategy, parameters=parameters)
    assert found.proven, "by what comes without it"
    assert found.values == best.values
    assert "a reduced tier: MemoryError" in found.phases[-1].note
