"""Plans to be laid side by side: finished ones leave their time to those that are not."""

import pytest

import caseload_balancer as cb
from caseload_balancer import edits
from caseload_balancer.insight import several_plans
from caseload_balancer.insight.several_plans import plan_weeks
from caseload_balancer.insight.weeks import Week
from tests.checker.small_weeks import cases, week, worker
from tests.cut_short import searches_cut_short

TEAM = week(cases(4, "ann"), [worker("ann"), worker("ben"), worker("cat")])


@pytest.fixture
def asked(monkeypatch):
    """Plan for real only with the seconds that a week needs, and note what was asked for."""
    seconds_for = {}
    log = []
    real = several_plans.plan_week

    def plan(week, time_limit, seed):
        log.append(time_limit)
        here = sum(one.leaves_on is None for one in week.snapshot.workers)
        if time_limit >= seconds_for.get(here, 0):
            return real(week, 30, seed)
        with searches_cut_short():
            return real(week, 30, seed)

    monkeypatch.setattr(several_plans, "plan_week", plan)
    return seconds_for, log


def weeks_without(*gone):
    base = Week.of(TEAM, None)
    return [base, *(edits.Leaves(worker_id=one).apply(base) for one in gone)]


def by_hand(weeks, time_limit=10.0):
    return plan_weeks(weeks, time_limit=time_limit, seed=0, executor=None)


def test_each_week_is_planned_once_where_all_are_finished(asked):
    plans = by_hand(weeks_without("ben", "cat"))
    assert asked[1] == [10.0] * 3
    assert all(plan.certainty.complete for plan in plans)


def test_a_week_that_needs_longer_gets_what_the_others_leave(asked):
    needs, log = asked
    needs[3] = 20.0
    plans = by_hand(weeks_without("ben", "cat", "ben"))
    assert log == [10.0] * 4 + [22.5]  # three quarters of three times ten
    assert all(plan.certainty.complete for plan in plans)


def test_no_week_is_planned_again_where_nothing_is_left_for_it(asked):
    needs, log = asked
    needs.update({2: 99.0, 3: 99.0})
    assert not any(plan.certainty.complete for plan in by_hand(weeks_without("ben")))
    needs[2] = 0
    by_hand(weeks_without("ben"))
    assert log == [10.0] * 4


def test_the_better_of_two_plans_is_kept(asked):
    needs, _ = asked
    needs[3] = 99.0
    plans = by_hand(weeks_without("ben", "cat", "ben"))
    assert [plan.certainty.complete for plan in plans] == [False, True, True, True]
    assert len(plans[0].cases) == 4


def test_a_line_says_where_its_search_or_the_one_it_is_compared_with_was_cut_short(asked):
    needs, _ = asked
    needs[3] = 99.0
    scenario = cb.Scenario(name="ben leaves", edits=(edits.Leaves(worker_id="ben"),))
    first, second = cb.what_if(TEAM, [scenario]).text.splitlines()
    assert first.startswith("as it is, as far as the search came: 0 children change worker, ")
    assert second.startswith(
        "ben leaves: 0 children change worker, as many as in the week as it is, as far as its "
        "search came, "
    )
    head, *rows = cb.resilience(TEAM, worker_ids=["ben"]).text.splitlines()
    assert head.startswith("With everybody here, as far as the search came, 0 children ")
    assert "as many as with everybody here, as far as its search came, " in rows[0]
