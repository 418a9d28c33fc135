"""Every tier against brute force on tiny problems with everything switched on."""

from dataclasses import replace

from hypothesis import given

from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.engine import solve
from caseload_balancer.engine.parameters import DEFAULTS
from tests.drawn_arrays import by_brute_force, tiny_arrays
from tests.examples import settings

LARGE = replace(
    DEFAULTS,
    cuts=replace(DEFAULTS.cuts, gomory_entries=0),
    columns=replace(DEFAULTS.columns, all_arcs_up_to=0, smoothed_from_entries=0),
    merging=replace(DEFAULTS.merging, columns=1),
)
"""Every linear program counts as large."""


@settings(max_examples=80)
@given(arrays=tiny_arrays())
def test_every_tier_is_as_good_as_brute_force_and_proven(arrays):
    best = by_brute_force(arrays)
    result = solve(arrays, time_limit=20, workers=1)
    assert broken_limits(arrays, result.assignment) == []
    assert result.settled == best.settled
    assert result.bounds == best.settled
    assert result.stop_reason == "proven"
    assert result.values == values(arrays, result.assignment)
    assert all(
        value <= ceiling for value, ceiling in zip(result.values, best.ceilings, strict=True)
    )


@settings(max_examples=40)
@given(arrays=tiny_arrays(slack=False))
def test_bounds_hold_and_nothing_gets_worse_when_the_work_runs_out(arrays):
    best = by_brute_force(arrays)
    result = solve(arrays, time_limit=1e-3, workers=1)
    assert broken_limits(arrays, result.assignment) == []
    assert result.values <= values(arrays, arrays.start)
    for tier, bound in enumerate(result.bounds):
        assert bound <= max(best.settled[tier], result.values[tier])
        if result.values[tier] != best.settled[tier]:
            break
        assert bound <= best.settled[tier]


@settings(max_examples=80)
@given(arrays=tiny_arrays(slack=False))
def test_bounds_of_large_programs_hold_too(arrays):
    """A proximal master, odd cycles, mergers, and no simplex method where loads alone bind."""
    best = by_brute_force(arrays)
    result = solve(arrays, time_limit=20, workers=1, strategy="neighbourhoods", parameters=LARGE)
    assert broken_limits(arrays, result.assignment) == []
    assert result.values == values(arrays, result.assignment)
    for tier, (bound, value) in enumerate(zip(result.bounds, result.values, strict=True)):
        assert bound <= best.settled[tier] <= value
        if value != best.settled[tier]:
            break
