"""Public generalised assignment instances with known optima."""

from pathlib import Path

import numpy as np
import pytest

from caseload_balancer.arrays import Arrays, Breakpoints, UnitGroups
from caseload_balancer.arrays.evaluation import values
from caseload_balancer.engine import solve
from tests.examples import some

FOLDER = Path(__file__).parents[2] / "benchmarks" / "instances" / "gap"
OPTIMA = dict(
    line.split(",")[0::4][:2]
    for line in (FOLDER / "best_known.csv").read_text(encoding="utf-8").splitlines()[1:]
)
WAITING_COST = 10_000


def read(name):
    """Return a file as arrays in which everything waits at first, at a price beyond all others."""
    numbers = np.array((FOLDER / name).read_text(encoding="utf-8").split(), np.int64)
    agents, items = numbers[:2]
    cost, weight = numbers[2 : 2 + 2 * agents * items].reshape(2, agents, items)
    none = np.zeros(1, np.int64)
    return Arrays(
        arc_start=np.arange(items + 1) * agents,
        arc_worker=np.tile(np.arange(agents), items),
        arc_use=weight.T.reshape(1, -1),
        arc_cost=cost.T.reshape(1, -1),
        wait_cost=np.full((1, items), WAITING_COST),
        may_wait=np.ones(items, np.bool_),
        limit=numbers[-agents:].reshape(1, -1),
        shared=np.zeros(1, np.bool_),
        breakpoints=Breakpoints.none(),
        groups=UnitGroups.none(1),
        arc_budget=np.zeros(agents * items, np.int64),
        budget=None,
        slack_abs=none,
        slack_rel=none,
        start=np.full(items, -1),
    )


@pytest.mark.parametrize(
    "name", some(["gap1-0", "gap7-1", "gap4-2", "gap9-3", "gap11-4", "gap12-0"])
)
def test_the_known_optimum_is_found_and_proven(name):
    arrays = read(f"cattrysse1994/{name}")
    result = solve(arrays, time_limit=60, workers=1)
    assert result.stop_reason == "proven"
    assert result.values == (int(OPTIMA[f"cattrysse1994/{name}"]),)
    assert result.values == values(arrays, result.assignment)
