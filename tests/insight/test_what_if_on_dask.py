"""Scenarios on a real local cluster of Dask's."""

import pytest

from caseload_balancer.insight import edits
from caseload_balancer.insight.what_if.question import what_if
from caseload_balancer.insight.what_if.scenarios import Scenario
from tests.checker.small_weeks import cases, week, worker

distributed = pytest.importorskip("distributed")


# What the cluster itself warns of, such as a port in use, is not ours to fail on.
@pytest.mark.filterwarnings("default")
def test_a_cluster_gives_the_table_that_this_process_does():
    snapshot = week([*cases(5, "ann", "a"), *cases(2, None, "n")], [worker("ann"), worker("ben")])
    scenarios = [
        Scenario(name="ann away", edits=(edits.Absent(worker_id="ann", weeks=6),)),
        Scenario(name="more", edits=(edits.Referrals(children=3, seed=1),)),
    ]
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0"
        ) as cluster,
        distributed.Client(cluster) as client,
        client.get_executor() as executor,
    ):
        found = what_if(snapshot, scenarios, executor=executor)
    assert found.tables() == what_if(snapshot, scenarios).tables()
