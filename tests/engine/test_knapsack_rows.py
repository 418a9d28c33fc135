"""Rows of workers' knapsacks, with what their loads cost: none cuts off an assignment."""

import numpy as np
from hypothesis import assume, event, given
from hypothesis import strategies as st

from caseload_balancer.arrays.candidates import Candidates
from caseload_balancer.arrays.evaluation import chosen_arcs, resource_use, values
from caseload_balancer.datasets.arrays import blended, service
from caseload_balancer.engine import solve
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.parameters import ColumnGenerationParameters, Parameters
from caseload_balancer.engine.relaxation.relaxer import relax
from caseload_balancer.engine.strategies.complete_search import rows_of, search_completely
from caseload_balancer.engine.strategies.tiers import Known, Tier
from tests.drawn_arrays import capped_loads, tiny_arrays
from tests.examples import settings
from tests.oracle import all_allowed

FEW_COLUMNS = Parameters(
    columns=ColumnGenerationParameters(all_arcs_up_to=0, arcs_a_unit=1, segments_near=1)
)


def load_cost(arrays, tier, cell, use):
    """Return what a use costs, breakpoint by breakpoint."""
    resource, worker = divmod(cell, arrays.workers)
    points = arrays.breakpoints
    mine = (points.tier == tier) & (points.resource == resource) & (points.worker == worker)
    return int((points.step * np.maximum(0, use[resource, worker] - points.at))[mine].sum())


def left_side(arrays, tier, row, assignment):
    chosen = chosen_arcs(arrays, assignment)
    taken = np.zeros(arrays.arcs, np.int64)
    taken[chosen[chosen >= 0]] = 1
    use = resource_use(arrays, assignment)
    costs = sum(load_cost(arrays, tier, cell, use) for cell in row.cells)
    return int(row.coefficient @ taken[row.arc]) + row.weight * costs


def converged(arrays, ceilings, incumbent):
    relaxer = relax(
        arrays,
        arrays.tiers - 1,
        ceilings,
        deadline=Deadline(60, work=2.0),
        incumbent=incumbent,
        parameters=FEW_COLUMNS,
    )
    relaxer.converge(Deadline(60, work=2.0))
    return relaxer


def are_kept(arrays, seed):
    random = np.random.default_rng(seed)
    last = arrays.tiers - 1
    every, worth = all_allowed(arrays)
    for tier in range(last):
        kept = worth[:, tier] <= worth[:, tier].min()
        every, worth = every[kept], worth[kept]
    ceilings = tuple(worth[0, :last].tolist())
    relaxer = converged(arrays, ceilings, random.choice(every))
    value = int(random.choice(worth[:, last]))
    candidates = relaxer.candidates(value)
    rows = rows_of(relaxer.decomposition, candidates)
    event(f"rows with costs of loads: {any(row.cells for row in rows)}")
    for one in every[worth[:, last] <= value]:
        for row in rows:
            assert left_side(arrays, last, row, one) >= row.least
    tier = Tier(
        arrays=arrays,
        number=last,
        ceilings=ceilings,
        deadline=Deadline(60),
        seed=0,
        report=lambda _assignment: None,
    )
    known = Known(assignment=every[0], value=int(worth[0, last]), bound=0, note="")
    answer = search_completely(tier, known, candidates, Deadline(60), rows=rows)
    assert answer.outcome == "optimal"
    assert values(arrays, answer.assignment)[last] == worth[:, last].min()


@settings(max_examples=150)
@given(seed=st.integers(0, 2**32 - 1))
def test_they_hold_where_an_earlier_tier_caps_loads(seed):
    arrays, _ = capped_loads(seed)
    are_kept(arrays, seed)


@settings(max_examples=300)
@given(tiny_arrays(slack=False, budget=False, workers=3, units=5), st.integers(0, 2**32 - 1))
def test_they_hold_with_everything_on(arrays, seed):
    assume(len(all_allowed(arrays)[0]) > 0)
    are_kept(arrays, seed)


def test_cp_sat_needs_less_work_with_one_for_each_worker():
    arrays = blended(service(12, 160, teams=1, seed=980, scope="service"))
    best = solve(arrays, time_limit=600, granted=10)
    assert best.stop_reason == "proven"
    relaxer = relax(arrays, 0, (), deadline=Deadline(60), incumbent=best.assignment)
    relaxer.converge(Deadline(60))
    candidates = relaxer.candidates(best.values[0])
    rows = rows_of(relaxer.decomposition, candidates)
    of = [set(arrays.arc_worker[row.arc].tolist()) for row in rows]
    assert sorted(map(len, of)) == [1] * len(rows)
    assert set.union(*of) == set(arrays.arc_worker[candidates.arc].tolist())
    assert all(row.cells and row.weight for row in rows)
    for row in rows:
        assert left_side(arrays, 0, row, best.assignment) >= row.least
    tier = Tier(
        arrays=arrays,
        number=0,
        ceilings=(),
        deadline=Deadline(600),
        seed=0,
        report=lambda _assignment: None,
    )
    known = Known(assignment=best.assignment, value=best.values[0], bound=0, note="")
    took = []
    for with_rows in (rows, []):
        lane = Deadline(600, work=50.0)
        answer = search_completely(tier, known, candidates, lane, rows=with_rows)
        assert (answer.outcome, answer.bound) == ("optimal", best.values[0])
        took.append(lane.spent())
    assert took[0] < took[1]


def test_nothing_is_known_without_a_decomposition():
    arrays = blended(service(4, 20, teams=1, seed=1))
    assert rows_of(None, Candidates.all_of(arrays)) == []
