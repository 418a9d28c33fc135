"""Loads that the ceiling of an earlier tier caps below the breakpoints of the last.

Nobody is over a cap, that is settled first, and convex costs go on beyond the caps all the same.
"""

from hypothesis import example, given
from hypothesis import strategies as st

from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.parameters import ColumnGenerationParameters, Parameters
from caseload_balancer.engine.relaxation.relaxer import relax
from tests.drawn_arrays import capped_loads
from tests.examples import settings
from tests.oracle import all_allowed

FEW_COLUMNS = Parameters(
    columns=ColumnGenerationParameters(all_arcs_up_to=0, arcs_a_unit=1, segments_near=1)
)
"""With these even tiny problems generate columns."""


@settings(max_examples=300)
@given(seed=st.integers(0, 2**32 - 1))
@example(seed=43)
@example(seed=86)
@example(seed=140)
def test_the_bound_and_the_prices_hold_whatever_is_known_already(seed):
    """From any assignment: a bound that is above the best one is not hidden by it."""
    arrays, random = capped_loads(seed)
    every, worth = all_allowed(arrays)
    least = int(worth[:, 0].min())
    within = worth[:, 0] <= least
    best = int(worth[within, 1].min())
    relaxer = relax(
        arrays,
        1,
        (least,),
        deadline=Deadline(60, work=2.0),
        incumbent=random.choice(every[within]),
        parameters=FEW_COLUMNS,
    )
    assert relaxer is not None
    found = relaxer.converge(Deadline(60, work=2.0))
    assert found.bound <= best
    for one in every[within & (worth[:, 1] == best)]:
        assert found.prices.candidates(best).hold(arrays, one)
