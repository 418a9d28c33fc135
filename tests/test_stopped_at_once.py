"""Who asks to stop at once gets a plan in which whoever must have a worker has one."""

import caseload_balancer as cb
from caseload_balancer.insight.resilience.question import Leaves, Week


def test_a_stop_before_the_search_leaves_nobody_waiting_who_may_not():
    """As a limit of no time at all does; scope and families give way to them in both."""
    whole = cb.datasets.service(25, 620, seed=5, slack=-0.04)
    snapshot = Leaves(worker_id="W-003").apply(Week.of(whole, None)).snapshot
    stopped = cb.allocate(snapshot, stop=lambda: True)
    at_once = cb.allocate(snapshot, time_limit=0)
    assert stopped.status == "interrupted"
    assert [row for row in at_once.waiting if row.must_hold] == []
    assert [row for row in stopped.waiting if row.must_hold] == []
    assert not stopped.certainty.complete
    assert any(row.gave_way for row in stopped.breaches)
