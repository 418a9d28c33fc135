"""Plans, weeks and errors travel between processes."""

import pickle

import pytest

import caseload_balancer as cb


def test_a_plan_travels_whole_after_it_was_read():
    plan = cb.allocate(cb.datasets.team())
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
