from datetime import date

import pytest

import caseload_balancer as cb
from caseload_balancer.domain import Snapshot, Worker
from caseload_balancer.policy import Policy
from caseload_balancer.problem.conflicts import check_allowed, policy_conflicts

CASES = "case_id,case_type\nC1,other\n"


def test_a_cap_above_the_policys_is_named_by_the_row_of_the_file(tmp_path):
    (tmp_path / "cases.csv").write_text(CASES, encoding="utf-8")
    (tmp_path / "workers.csv").write_text(
        "worker_id,employment,cap\nW1,permanent,25\n\nW2,permanent,26\n", encoding="utf-8"
    )
    snapshot = cb.read(tmp_path, as_of="2026-03-02")
    with pytest.raises(cb.DataError) as caught:
        cb.allocate(snapshot)
    (problem,) = caught.value.problems
    assert str(problem).startswith("workers row 4: cap 26 of 'W2' is above the policy's 25")


def test_rows_made_in_python_count_from_one_and_a_policy_may_allow_more():
    workers = tuple(Worker(worker_id=f"W{n}", employment="permanent", cap=26) for n in (1, 2))
    week = Snapshot(as_of=date(2026, 3, 2), cases=(), workers=workers)
    assert [p.row for p in policy_conflicts(week, Policy.profile())] == [1, 2]
    with pytest.raises(cb.DataError) as caught:
        check_allowed(week, Policy.profile())
    assert caught.value.problems == policy_conflicts(week, Policy.profile())
    wider = Policy.layered({"cap": {"children_per_fte": 26}})
    assert policy_conflicts(week, wider) == ()
    check_allowed(week, wider)
