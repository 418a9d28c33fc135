"""The choice of a strategy, and that forcing one changes no proven value."""

import numpy as np
import pytest

from caseload_balancer.arrays import generalised_assignment
from caseload_balancer.datasets.arrays import service
from caseload_balancer.engine import solve
from caseload_balancer.engine.strategies.choice import STRATEGIES, choose


def test_a_team_is_solved_exactly_and_a_county_by_neighbourhoods():
    assert "exact" in choose(service(6, 40), "auto")[1]
    assert "neighbourhoods" in choose(service(40, 300, scope="service"), "auto")[1]


def test_an_unknown_strategy_names_the_known_ones():
    with pytest.raises(ValueError, match="none of auto, exact, neighbourhoods"):
        solve(service(3, 12), strategy="magic")
    with pytest.raises(ValueError, match="none of auto"):
        solve(generalised_assignment([[1]], [[9]], [1]), strategy="magic")  # nothing to search


@pytest.mark.parametrize("name", sorted(STRATEGIES))
def test_every_strategy_can_be_forced_and_ends_at_the_same_values(name):
    arrays = service(6, 60, seed=4)
    result = solve(arrays, strategy=name, time_limit=30)
    assert result.stop_reason == "proven"
    assert result.values == solve(arrays, time_limit=30).values
    assert any(f"{name}, as asked for" in phase.note for phase in result.phases)


def test_presolve_and_components_are_among_the_phases():
    result = solve(service(12, 60, teams=3, seed=1), time_limit=30)
    assert result.phases[0].name == "presolve"
    assert "3 independent parts" in result.phases[0].note
    assert result.phases[1].name == "part 1"
    assert np.all([phase.seconds >= 0 for phase in result.phases])
