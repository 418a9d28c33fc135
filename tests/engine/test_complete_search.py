"""CP-SAT is asked for the best of what is left, and never about a unit that has no option."""

from dataclasses import replace

import numpy as np
import pytest

from caseload_balancer.arrays.candidates import Candidates
from caseload_balancer.arrays.evaluation import values
from caseload_balancer.arrays.gap_files import gap_as_arrays
from caseload_balancer.datasets.arrays import random_gap
from caseload_balancer.engine import solve
from caseload_balancer.engine.columns.reduced_costs import Prices
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.strategies.complete_search import search_completely
from caseload_balancer.engine.strategies.rising_cutoffs import settle_up_to
from caseload_balancer.engine.strategies.tiers import Known, Tier

ARRAYS = gap_as_arrays(random_gap("a", 2, 6, seed=0))


@pytest.fixture
def tier():
    return Tier(
        arrays=ARRAYS,
        number=1,
        ceilings=(0,),
        deadline=Deadline(20),
        seed=0,
        report=lambda _assignment: None,
    )


@pytest.fixture
def known():
    best = solve(ARRAYS, time_limit=20)
    return Known(assignment=best.assignment, value=best.values[1], bound=0, note="")


def without_options_for(unit):
    everything = Candidates.all_of(ARRAYS)
    waits = everything.wait.copy()
    waits[unit] = False
    return replace(everything, arc=everything.arc & (ARRAYS.arc_unit != unit), wait=waits)


def test_the_best_of_all_candidates_is_found_and_proven(tier, known):
    answer = search_completely(tier, known, Candidates.all_of(ARRAYS), tier.deadline)
    assert answer.outcome == "optimal"
    assert values(ARRAYS, answer.assignment) == (0, known.value)


@pytest.mark.parametrize("unit", [0, 5])
def test_candidates_that_leave_a_unit_nothing_hold_no_assignment(tier, known, unit):
    candidates = without_options_for(unit)
    assert not candidates.leave_every_unit_an_option(ARRAYS)
    answer = search_completely(tier, known, candidates, tier.deadline)
    assert (answer.outcome, answer.assignment) == ("none exists", None)


def test_prices_that_bar_a_unit_from_everything_raise_the_bound(tier, known):
    # Every option of unit 0 adds more than any value there is.
    prices = Prices.none(ARRAYS, known.bound)
    barred = replace(
        prices,
        arc=np.where(ARRAYS.arc_unit == 0, known.value + 1, prices.arc),
        wait=np.where(np.arange(ARRAYS.units) == 0, known.value + 1, prices.wait),
    )
    found = settle_up_to(tier, known, barred)
    assert found.bound >= known.value
