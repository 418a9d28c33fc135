"""Plans at short limits and plans made again: what is said of their runs."""

from dataclasses import replace

import pytest

from benchmarks.deadlines import deadlines_table
from benchmarks.plan_runs import PlanRun, plan_here
from benchmarks.repeats import differing

RUN = PlanRun(
    week="team",
    limit=1.0,
    busy=0,
    order=0,
    hash_seed=0,
    cores=0,
    status="optimal",
    deterministic=True,
    values=(0, 200),
    bounds=(0, 200),
    seconds=0.5,
    plan="a",
)


def test_plans_that_differ_are_told_where_both_say_that_they_do_not():
    assert differing([RUN, replace(RUN, busy=2)]) == []
    assert differing([RUN, replace(RUN, plan="b", deterministic=False)]) == []
    assert differing([RUN, replace(RUN, plan="b", limit=2.0)]) == []
    assert differing([RUN, replace(RUN, plan="b")]) == [
        "team at 1 s: 2 plans that each say they are the only one"
    ]


def test_each_limit_is_laid_beside_the_longest():
    table = deadlines_table([replace(RUN, limit=0.2, values=(0, 201), seconds=0.26), RUN])
    assert table.splitlines()[0].endswith("| last tier | beside 1 s | status | same in every run |")
    assert "| team | 0 | 0.2 | 0.3 | 0 | 201 | +0.50 % | optimal | yes |" in table


@pytest.mark.parametrize("counted", [True, False])
def test_the_order_of_the_rows_does_not_matter(counted):
    as_made, shuffled = (plan_here("team", 0.0, order=order, counted=counted) for order in (0, 3))
    assert as_made["deterministic"]
    assert as_made["plan"] == shuffled["plan"]
