"""Where time is up before the last tier, nobody sees what an earlier one was improved by alone."""

from dataclasses import replace

import numpy as np
import pytest

from caseload_balancer.arrays import build_arrays
from caseload_balancer.arrays.evaluation import values
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.strategies.contexts import Context
from caseload_balancer.engine.strategies.cut_short import worth_most
from caseload_balancer.engine.strategies.settling import settle_tiers

UNITS = 6
STAY = np.zeros(UNITS, np.int64)


def moved(*units):
    found = STAY.copy()
    found[list(units)] = 1
    return found


ALL, ONE = moved(*range(UNITS)), moved(0)


@pytest.fixture
def arrays():
    """Of the first tier nobody sees anything; unit 0 ought to move, and every move costs 100."""
    at_first = np.tile([1, 0], UNITS)
    at_first[2:] = 0
    return build_arrays(
        unit=np.repeat(np.arange(UNITS), 2),
        worker=np.tile([0, 1], UNITS),
        use=[np.ones(2 * UNITS, np.int64)],
        cost=[np.zeros(2 * UNITS, np.int64), at_first, np.tile([0, 100], UNITS)],
        limit=[[UNITS, UNITS]],
        wait_cost=np.zeros((3, UNITS), np.int64),
        may_wait=[False] * UNITS,
        breakpoints=[],
        start=STAY,
    )


@pytest.mark.parametrize(
    ("had", "chosen"),
    [
        ([STAY, STAY, ALL, ALL], STAY),
        ([STAY, STAY, ALL, ONE], ONE),
        ([STAY, STAY, ONE, ONE], ONE),
        ([STAY, STAY, ALL, moved(0, 1)], moved(0, 1)),
        ([STAY, STAY, moved(0, 1, 2), moved(0, 1, 2)], moved(0, 1, 2)),
        ([STAY, STAY, moved(0, 1, 2, 3), moved(0, 1, 2, 3)], STAY),
    ],
    ids=["all for one", "made good", "just the one", "nearly", "worth three", "not worth four"],
)
def test_the_last_is_taken_where_its_cost_was_made_good_or_is_worth_it(arrays, had, chosen):
    assert worth_most(arrays, had).tolist() == chosen.tolist()


def test_the_first_tier_counts_above_all(arrays):
    cost = arrays.arc_cost.copy()
    cost[0] = cost[1]
    arrays = replace(arrays, arc_cost=cost)
    assert worth_most(arrays, [STAY, ALL, ALL, ALL]).tolist() == ALL.tolist()


def test_a_search_cut_short_before_the_last_tier_ends_as_it_was_with_bounds_that_hold(arrays):
    deadline = Deadline(60, work=5.0)

    def settle(tier, known, _relaxer):
        if tier.number == 1:
            return known.improved(ALL, tier.value(ALL)).raised(0)
        deadline.revoke()
        return known

    context = Context(
        deadline=deadline,
        seed=0,
        constant=(0, 0, 0),
        given=STAY,
        report=lambda _assignment, _bounds: None,
    )
    # A warm start and relaxations would find and prove all of this at once.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "caseload_balancer.engine.strategies.settling._search",
            lambda tier, known, settle, **_named: (settle(tier, known, None), None),
        )
        patch.setattr(
            "caseload_balancer.engine.strategies.settling.warm_start",
            lambda _arrays, start, **_named: start,
        )
        result = settle_tiers(arrays, context, settle)
    assert result.assignment.tolist() == STAY.tolist()
    assert result.values == result.settled == (0, 1, 0) == values(arrays, STAY)
    assert result.bounds[:2] == (0, 0)
    assert result.bounds[2] <= 0, "where the second tier may be 1, no move is needed"
    assert result.stop_reason == "work limit"
