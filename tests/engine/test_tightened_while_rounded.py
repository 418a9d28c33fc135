"""A relaxation that is tightened while it is rounded is taken for what it has become."""

import warnings
from dataclasses import replace

import pytest

from caseload_balancer.datasets.arrays import blended, service
from caseload_balancer.engine import solve
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.parameters import DEFAULTS, ExactParameters, ReductionParameters
from caseload_balancer.engine.relaxation.relaxer import Relaxer
from caseload_balancer.engine.strategies import exact

PARAMETERS = replace(
    DEFAULTS,
    reduction=ReductionParameters(arcs_a_unit=0, near_arcs_a_unit=0),
    exact=ExactParameters(segments_a_worker=0, arcs_a_unit=1.0, least_arcs=1),
)


@pytest.mark.parametrize("seed", [3, 5, 11])
def test_the_search_goes_on_from_the_bound_there_is_by_then(monkeypatch, seed):
    arrays = blended(service(6, 60, teams=1, seed=seed, scope="service"))
    usual, real, converge = solve(arrays, time_limit=60), exact.round_off, Relaxer.converge
    raised = []

    def tightening(tier, known, relaxation, relaxer):
        found = real(tier, known, relaxation, relaxer)
        if relaxer.decomposition is not None:
            bound = converge(relaxer, Deadline(60)).bound
            raised.append(bound > relaxation.bound)
        return found

    def barely_begun(relaxer, deadline):
        while relaxer.decomposition is None and relaxer.tighten(deadline, 0.0):
            pass
        return relaxer.current()

    monkeypatch.setattr(exact, "round_off", tightening)
    monkeypatch.setattr(Relaxer, "converge", barely_begun)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = solve(arrays, time_limit=60, granted=60, parameters=PARAMETERS)
    assert raised == [True]
    assert result.values == usual.values == result.bounds
