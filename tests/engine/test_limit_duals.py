"""Where large problems begin whose units share nothing but limits."""

import pytest

from caseload_balancer.arrays import gap_as_arrays
from caseload_balancer.arrays.evaluation import values
from caseload_balancer.datasets.arrays import random_gap
from caseload_balancer.engine.columns import column_generation
from caseload_balancer.engine.columns.limit_duals import start_from_limits
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.linearisation import linearise
from caseload_balancer.engine.parameters import ColumnGenerationParameters, Parameters
from caseload_balancer.engine.relaxation.relaxer import relax
from caseload_balancer.engine.strategies.warm_start import warm_start

LAST = 1
AS_LARGE = Parameters(columns=ColumnGenerationParameters(all_arcs_up_to=0))
"""With these it begins at what limits are worth."""


@pytest.fixture(scope="module", params=["c", "d", "e"])
def placed(request):
    arrays = gap_as_arrays(random_gap(request.param, 8, 60, seed=11))
    begin = warm_start(arrays, arrays.start, deadline=Deadline(60, work=1.0), seed=0)
    assert values(arrays, begin)[0] == 0
    return arrays, begin


def relaxed(arrays, begin, parameters):
    return relax(
        arrays, LAST, (0,), deadline=Deadline(60), incumbent=begin, parameters=parameters
    ).current()


def test_the_bound_is_the_same_however_the_linear_program_begins(placed):
    at_once = relaxed(*placed, Parameters())
    assert relaxed(*placed, AS_LARGE).bound == pytest.approx(at_once.bound, rel=1e-4)


def test_without_the_simplex_method_there_is_nearly_the_same_bound(placed, monkeypatch):
    full = relaxed(*placed, Parameters())
    monkeypatch.setattr(column_generation, "solve_linear", lambda *_args, **_settings: None)
    found = relaxed(*placed, AS_LARGE)
    assert 0.97 * full.bound <= found.bound <= full.bound
    assert found.bound <= values(placed[0], found.incumbent)[LAST]


def test_small_problems_begin_elsewhere(placed):
    arrays, begin = placed
    linear = linearise(arrays, LAST, (0,))
    assert start_from_limits(arrays, LAST, linear, begin, deadline=Deadline(60)) is None
