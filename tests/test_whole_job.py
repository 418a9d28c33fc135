"""`allocate()` against trying everything, and relations that must hold between weeks."""

import narwhals as nw
import pytest
from hypothesis import given

import caseload_balancer as cb
from caseload_balancer.problem.concessions import concessions_in
from caseload_balancer.problem.problems import build_problem
from tests.examples import settings
from tests.oracle import try_everything
from tests.weeks import weeks


@given(weeks())
@settings(max_examples=60)
def test_every_tier_is_as_good_as_trying_everything(problem):
    plan = cb.allocate(problem.snapshot, problem.policy)
    assert plan.status == "optimal"
    # With as much given way as in the plan: that no less would do, `test_order_of_duties` tries.
    gave_way = concessions_in(problem.facts, plan.allocation)
    problem = build_problem(problem.snapshot, problem.policy, gave_way)
    truth = try_everything(problem.arrays)
    assignment = problem.assignment(plan.allocation)
    assert (truth.settled == assignment).all(axis=1).any()
    assert all(tier.bound <= best for tier, best in zip(plan.tiers, truth.best, strict=True))
    last = truth.best[-1]
    assert plan.tiers[-1].value <= last + problem.arrays.slack(len(truth.best) - 1, last)


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_frames_go_out_as_they_came_in(library):
    tables = {
        "cases": {"case_id": ["C1"], "case_type": ["other"], "worker_id": ["W1"]},
        "workers": {"worker_id": ["W1"], "employment": ["permanent"]},
    }
    frames = {
        name: nw.from_dict(columns, backend=library).to_native() for name, columns in tables.items()
    }
    snapshot = cb.read(frames, as_of="2026-03-02")
    plan = cb.allocate(snapshot.after({"C1": "W1"}))
    assert nw.get_native_namespace(plan.to_frames()["allocations"]).__name__ == library
    assert snapshot == cb.read(dict(frames), as_of="2026-03-02")


def test_no_time_at_all_still_gives_a_plan():
    plan = cb.allocate(cb.datasets.team(), time_limit=0.0)
    assert plan.status in {"fallback", "feasible"}
    assert sum(plan.changes.values()) == 220


def test_a_search_that_is_stopped_returns_what_it_has():
    plan = cb.allocate(cb.datasets.team(), stop=lambda: True)
    assert plan.status == "interrupted"
