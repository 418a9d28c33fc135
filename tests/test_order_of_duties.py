"""A child who must have a worker has one before any local limit holds."""

from caseload_balancer import allocate
from tests.checker.small_weeks import case, cases, day, steady, week, worker

TRIO = [worker("a"), worker("b"), worker("c")]


def rules_of(plan):
    return [(breach.rule, breach.amount) for breach in plan.breaches]


def given_way(plan):
    return {goal.goal: goal.value for tier in plan.tiers for goal in tier.goals}["concessions"]


def test_ten_children_who_must_be_held_all_have_a_worker():
    plan = allocate(week(cases(10, None, "n", case_type="child_protection"), TRIO))
    assert plan.changes["new"] == 10
    assert sorted(row.after.children for row in plan.workers) == [3, 3, 4]
    assert rules_of(plan) == [("weekly-intake", 1)]
    assert "4 families this week, 1 more than the limit of 3" in plan.breaches[0].sentence
    assert given_way(plan) == 10


def test_children_who_may_wait_do_so_before_a_week_brings_anybody_more():
    plan = allocate(week(cases(10, None, "n"), TRIO))
    assert (plan.changes["new"], plan.changes["waiting"]) == (9, 1)
    assert (plan.ok, given_way(plan)) == (True, 0)
    assert plan.waiting[0].reason == (
        "Waits: every worker who may take this child-in-need case has reached the week's limit of "
        "new families."
    )


def test_the_same_facts_written_two_ways_give_the_same_plan():
    leaver = worker("z", employment="agency", leaves_on=day(1))
    with_leaver = allocate(week(cases(24, "z"), [*TRIO, leaver]))
    desk = worker("z", holds_cases=False)
    with_desk = allocate(week(cases(24, "z"), [*TRIO, desk]))
    assert [row.after for row in with_leaver.workers if row.worker_id != "z"] == [
        row.after for row in with_desk.workers
    ]
    assert with_leaver.changes["forced"] == with_desk.changes["new"] == 9


def test_court_and_points_give_way_to_a_child_in_court_and_not_to_others():
    rows = [*cases(2, "a", "k", in_court=True), case("new", in_court=True), case("cin")]
    tight = steady(points={"hard_limit_percent": 10})
    plan = allocate(week(rows, [worker("a")]), tight)
    assert plan.allocation["new"] == "a"
    assert plan.allocation["cin"] is None
    assert {breach.rule for breach in plan.breaches} == {"court", "points-limit"}


def test_bringing_people_under_the_cap_may_bring_somebody_more_than_a_weeks_families():
    plan = allocate(week(cases(30, "a"), [worker("a"), worker("b")]))
    assert sorted(row.after.children for row in plan.workers) == [5, 25]
    assert rules_of(plan) == [("weekly-intake", 2)]
    assert "children who must have a worker" not in plan.breaches[0].sentence
