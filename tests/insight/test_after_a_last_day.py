"""One week in which somebody goes next Monday, and what every answer about it says of that."""

import pytest

import caseload_balancer as cb
from caseload_balancer.insight.unmet.places import count_too_many, find_demand
from caseload_balancer.policy import Policy
from caseload_balancer.problem.facts import Facts
from tests.checker.small_weeks import away, case, cases, day, week, worker

STAYS = cases(24, "ann")
GOES = {"adjustments": [away("ben", since=day(7), until=day(60))]}
"""Ann is full but for one; who is with Ben has nobody from next week on."""


def leaving(*, locked=0):
    rows = [case(f"b{n}", "child_protection", worker_id="ben", locked=n < locked) for n in range(9)]
    return week([*STAYS, *rows], [worker("ann"), worker("ben")], **GOES)


def test_the_plan_names_eight_who_have_nobody_and_they_are_no_shortage_of_this_week():
    plan = cb.allocate(leaving())
    assert len(plan.breaches) == 8
    assert {row.rule for row in plan.breaches} == {"absence-and-leaving"}
    assert plan.shortage_fte == 0
    assert (plan.teams[0].after.children, plan.teams[0].cap) == (33, 33)


def test_shortage_says_that_nothing_is_missing_now_and_who_will_have_nobody():
    found = cb.shortage(leaving())
    assert found.ok
    assert found.after_last_days == 8
    assert found.text.splitlines()[1] == (
        "Once the workers who are here to a last day have gone, 8 children at least are over a "
        "cap, or without a worker though they may not wait. Staffing says what that takes."
    )
    assert cb.shortage(week(STAYS, [worker("ann")])).text.count("\n") == 0


def test_where_the_plan_is_another_for_the_sake_of_other_goals_shortage_says_so():
    rows = [*cases(27, "ann"), *cases(2, "ben", "b", case_type="child_protection")]
    snapshot = week(rows, [worker("ann"), worker("ben"), worker("cat", cap=2)], **GOES)
    found = cb.shortage(snapshot)
    assert found.ok
    assert found.text.splitlines()[2:4] == [
        "The plan for this week is another: other goals of the policy come before.",
        (
            "In the plan for this week 2 children are over a cap, or without a worker though they "
            "may not wait."
        ),
    ]


def test_scenarios_show_whom_somebody_more_saves():
    more = cb.Scenario(name="more", edits=(cb.edits.Joins(),))
    base, saved = cb.what_if(leaving(), [more]).outcomes
    assert (base.left_behind, saved.left_behind) == (8, 0)
    assert base.fte_for_cap == pytest.approx(0.4)
    assert "8 children stay with a worker who cannot go on" in str(cb.what_if(leaving(), [more]))


def test_resilience_counts_them_for_everybody_who_may_leave():
    found = cb.resilience(leaving(), worker_ids=["ben"])
    assert "8 children stay with a worker who cannot go on" in found.text.splitlines()[0]
    assert "left_behind" in found.to_frames("pandas")["departures"]


@pytest.mark.parametrize("locked", [0, 1, 9])
def test_posts_are_for_all_whom_no_lock_keeps_with_who_goes(locked):
    found = cb.staffing(leaving(locked=locked))
    assert sum(post.places for post in found.posts) == max(0, 9 - locked - 1)


def test_the_bound_is_that_of_the_week_without_who_goes():
    facts = Facts.of(leaving(), Policy.profile())
    gone = leaving().with_workers([worker("ben", leaves_on=day(-1))])
    without = Facts.of(gone, Policy.profile())
    assert count_too_many(find_demand(facts)) == 0
    assert count_too_many(find_demand(facts, after_last_days=True)) == 8
    assert count_too_many(find_demand(without)) == 8
