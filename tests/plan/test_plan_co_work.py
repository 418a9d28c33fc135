"""Co-workers in a plan."""

import caseload_balancer as cb
from tests.checker.small_weeks import case, week, worker
from tests.plan.planning import planned


def test_a_plan_shows_who_co_works_and_who_is_not_there():
    rows = [case("c", worker_id="ann", co_worker_ids=("ben", "W99"))]
    plan = planned(week(rows, [worker("ann"), worker("ben")]))
    shown = {row.worker_id: (row.co_worked, row.after.points) for row in plan.workers}
    assert shown == {"ann": (0, 3.2), "ben": (1, 0.0)}
    assert "W99 counts for nothing as co-worker: not in workers." in plan.notes
    assert "co-works 1" in plan._repr_html_()
    assert plan.to_frames("pandas")["workers"]["co_worked"].tolist() == [0, 1]


def test_a_co_worker_who_becomes_the_holder_is_no_co_worker_the_week_after():
    rows = [case("c", worker_id="ann", co_worker_ids=("ben",))]
    people = [worker("ann", holds_cases=False), worker("ben")]
    start = week(rows, people)
    after = start.after(cb.allocate(start).allocation)
    assert after.case_by_id["c"].worker_id == "ben"
    assert after.case_by_id["c"].co_worker_ids == ()


def test_co_workers_are_read_and_written(tmp_path):
    rows = [case("c", worker_id="ann", co_worker_ids=("ben",), co_worker_share="0.25")]
    start = week(rows, [worker("ann"), worker("ben")])
    assert cb.read(cb.write_folder(start, tmp_path / "week")) == start
