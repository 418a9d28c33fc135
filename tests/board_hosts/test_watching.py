"""Planning again can be watched and stopped, as planning can."""

from functools import cache

import pytest

import caseload_balancer as cb
from caseload_balancer.board_hosts.words import LOOKING, best_so_far
from caseload_balancer.engine import scoreboard
from caseload_balancer.insight.planned import week_of_plan
from caseload_balancer.insight.reallocate.question import reallocate_week


@cache
def week_and_plan():
    week = cb.datasets.team()
    return week, cb.allocate(week, time_limit=600)


def rejecting():
    _, plan = week_and_plan()
    return cb.Overrides().reject(plan.moves[0].case_id)


def test_what_is_told_is_in_the_tiers_of_the_plan(monkeypatch):
    for patience in ("_SECONDS_BETWEEN", "_SECONDS_WITHOUT_NEWS"):  # it may end before either
        monkeypatch.setattr(scoreboard, patience, 0.0)
    week, plan = week_and_plan()
    told = []
    agreed = cb.reallocate(week, plan, rejecting(), time_limit=600, progress=told.append)
    assert told
    for one in told:
        assert len(one.values) == len(one.bounds) == len(agreed.tiers)
        assert all(bound <= value for bound, value in zip(one.bounds, one.values, strict=True))
    assert told[-1].values >= tuple(tier.value for tier in agreed.tiers)


def test_who_watches_gets_the_same_plan():
    week, plan = week_and_plan()
    seen = []
    watched = reallocate_week(
        week_of_plan(week, plan),
        plan,
        rejecting(),
        time_limit=600,
        granted=600,
        on_standing=lambda assignment, keeps: seen.append((assignment.copy(), keeps)),
        stop=lambda: False,
    )
    alone = cb.reallocate(week, plan, rejecting(), time_limit=600)
    assert watched.fingerprint == alone.fingerprint
    last, keeps = seen[-1]
    assert keeps
    assert watched.allocation == week_of_plan(week, plan).problem.allocation(last)


def test_stopped_it_gives_a_plan_that_keeps_to_the_decisions_and_says_so():
    week, plan = week_and_plan()
    agreed = cb.reallocate(week, plan, rejecting(), time_limit=600, stop=lambda: True)
    assert agreed.status == "interrupted"
    case_id = plan.moves[0].case_id
    assert agreed.allocation[case_id] != plan.allocation[case_id]


@pytest.mark.parametrize("argument", ["progress", "stop"])
def test_what_is_no_function_is_refused(argument):
    week, plan = week_and_plan()
    with pytest.raises(cb.ArgumentError, match=f"{argument} must be a function"):
        cb.reallocate(week, plan, rejecting(), **{argument: 1})


def test_the_best_so_far_is_told_in_children():
    week, plan = week_and_plan()
    planned = week_of_plan(week, plan)
    assert best_so_far(planned, planned.assignment, keeps=False) == LOOKING
    told = best_so_far(planned, planned.assignment, keeps=True)
    waiting = len(plan.waiting)
    assert told == f"Best so far: 0 children elsewhere than on the board, {waiting} waiting."
    changed = sum(row.change != "kept" for row in plan.cases)
    start = best_so_far(planned, planned.problem.arrays.start, keeps=True)
    assert start.startswith(f"Best so far: {changed} children elsewhere than on the board, ")
