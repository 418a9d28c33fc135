"""Plans, weeks and errors travel between processes."""

import pickle

import pytest

import caseload_balancer as cb
from caseload_balancer.governance import RunRecord
from tests.planned_team import planned_team


def test_a_plan_travels_whole_after_it_was_read():
    plan = planned_team()
    assert sum(plan.changes.values()) == len(plan.allocation)
    copy = pickle.loads(pickle.dumps(plan))  # noqa: S301 - our own bytes
    assert copy == plan
    assert dict(copy.allocation) == dict(plan.allocation)


def test_a_snapshot_travels_whole():
    snapshot = cb.datasets.team()
    assert snapshot.fingerprint
    assert pickle.loads(pickle.dumps(snapshot)) == snapshot  # noqa: S301 - our own bytes


def test_an_error_keeps_its_problems():
    problems = [cb.DataProblem("cases", 2, "points", "not_a_number", "points 'x' is no number")]
    for kind in (cb.DataError, cb.PolicyError):
        with pytest.raises(kind) as caught:
            raise pickle.loads(pickle.dumps(kind(problems)))  # noqa: S301 - our own bytes
        assert caught.value.problems == tuple(problems)


WEEK = cb.datasets.service(2, 12, seed=1, teams=1, localities=1)
CASE, WORKER = WEEK.cases[0].case_id, WEEK.workers[0].worker_id
LEAVES = cb.Scenario(name="one leaves", edits=[cb.edits.Leaves(worker_id=WORKER)])
ANSWERS = {
    "compare": lambda plan: cb.compare(plan, plan),
    "explain": lambda plan: cb.explain(WEEK, plan, CASE),
    "fairness": lambda plan: cb.fairness(WEEK, plan),
    "frontier": lambda _: cb.frontier(WEEK),
    "recommend": lambda _: cb.recommend(WEEK, CASE),
    "reproduce": lambda plan: cb.reproduce(WEEK, RunRecord.of(plan, time_limit=30, files={})),
    "resilience": lambda _: cb.resilience(WEEK),
    "shortage": lambda _: cb.shortage(WEEK),
    "simulate": lambda _: cb.simulate(
        WEEK, [], practices=["list", "ranking"], weeks=2, replications=2
    ),
    "staffing": lambda _: cb.staffing(WEEK),
    "what_if": lambda _: cb.what_if(WEEK, [LEAVES]),
    "why_not": lambda plan: cb.why_not(WEEK, plan, CASE, WORKER),
}


@pytest.fixture(scope="module")
def plan():
    return cb.allocate(WEEK)


@pytest.mark.parametrize("question", ANSWERS)
def test_an_answer_travels_whole(question, plan):
    answer = ANSWERS[question](plan)
    assert str(pickle.loads(pickle.dumps(answer))) == str(answer)  # noqa: S301 - our own bytes
