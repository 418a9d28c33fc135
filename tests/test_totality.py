"""Every map keyed by a limit, a rule or a goal has every key: nothing is left out in silence."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from caseload_balancer.checker.goals import VALUE_OF
from caseload_balancer.checker.measures import MEASURES
from caseload_balancer.domain import Snapshot, Worker
from caseload_balancer.insight.clashes.asks import ORDER
from caseload_balancer.insight.frontier.goals import frontier_policy
from caseload_balancer.insight.shortage.drafts import LIFTING
from caseload_balancer.policy import GOALS, MEANING, RULES, Policy
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.limits import (
    CHILDREN,
    LIMITS,
    REFUSAL_WORDS,
    lifted,
)
from caseload_balancer.problem.load_costs import LOAD_COSTS
from caseload_balancer.problem.pair_costs import PAIR_COSTS
from caseload_balancer.problem.wait_costs import WAIT_COSTS

each_limit = pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.rule)
each_held = pytest.mark.parametrize(
    "limit", [one for one in LIMITS if not one.passes], ids=lambda limit: limit.rule
)

AGAINST_GIVING = {
    "eligibility",
    "locked",
    "work-in-progress",
    "scope",
    "transfers",
    "absence-and-leaving",
}
"""Rules on who may have a case, whatever room there is."""
NOT_ABOUT_ONE_WORKER = {
    "one-worker",
    "keeps-a-worker",
    "families",
    "rejected-worker",
    "past-stop",
    "must-hold",
}
"""Rules that no worker is refused by: they are about the child, or a price."""


def test_every_goal_says_what_it_counts():
    assert list(MEANING) == list(GOALS)


def test_every_goal_is_valued_by_the_checker():
    assert set(VALUE_OF) == set(GOALS)


def test_every_goal_is_measured_by_the_problem():
    standing = {limit.counted_in for limit in LIMITS if limit.counted_in is not None}
    assert {*PAIR_COSTS, *WAIT_COSTS, *LOAD_COSTS, *standing} == set(GOALS)


def test_what_is_counted_comes_before_the_balance_on_a_frontier():
    goals = frontier_policy(Policy.profile(), tolerance=0, budget=None).goals
    first = {goal for goal in GOALS if goals[goal].tier < goals["imbalance"].tier}
    assert first == {goal for goal in GOALS if not MEANING[goal].priced}


def test_every_limit_has_a_rule_of_its_own():
    assert len({limit.rule for limit in LIMITS}) == len(LIMITS)
    assert {limit.rule for limit in LIMITS} <= set(RULES)


def test_every_rule_that_can_refuse_a_worker_has_words_and_no_other_has():
    of_limits = {limit.rule for limit in LIMITS} | {"move-budget"}
    assert set(REFUSAL_WORDS) == AGAINST_GIVING | of_limits
    assert set(RULES) - set(REFUSAL_WORDS) == NOT_ABOUT_ONE_WORKER


def test_the_checker_measures_each_limit_on_what_is_held_and_counts_it_in_the_same_goal():
    ours = {limit.rule: limit.counted_in for limit in LIMITS if not limit.passes}
    assert {measure.rule: measure.goal for measure in MEASURES} == ours


@each_held
def test_a_limit_on_what_is_held_says_what_is_over_it_at_the_start(limit):
    assert limit.over is not None
    assert limit.over(2).startswith("who ")


@each_limit
def test_a_limit_stands_where_it_says(limit):
    if limit.table == "workers":
        assert limit.column in Worker.model_fields
        assert limit.asked is not None
        assert limit.column in ORDER
        assert limit is CHILDREN or limit.column in LIFTING
    else:
        section, setting = limit.column.split(".")
        assert setting in type(getattr(Policy.profile(), section)).model_fields
        assert setting in limit.lifted[section]


def facts_under(settings, **columns):
    worker = Worker(worker_id="W", employment="permanent", **columns)
    week = Snapshot(as_of=date(2026, 3, 2), cases=(), workers=(worker,))
    return Facts.of(week, Policy.layered(settings))


def tight(limit):
    """The settings, and the columns of a worker, under which a limit leaves room for one."""
    if limit.table == "workers":
        return SimpleNamespace(settings={}, columns={limit.column: 1})
    section, setting = limit.column.split(".")
    annotation = type(getattr(Policy.profile(), section)).model_fields[setting].annotation
    one = Decimal(1) if "Decimal" in str(annotation) else 1
    return SimpleNamespace(settings={section: {setting: one}}, columns={})


@each_limit
def test_a_limit_that_is_set_limits_and_one_that_is_lifted_does_not(limit):
    case = tight(limit)
    assert limit.most(facts_under(case.settings, **case.columns), 0) is not None
    without = lifted(LIMITS)
    most = limit.most(facts_under(without), 0)
    assert limit is CHILDREN or most is None or most >= 200


@each_limit
def test_a_limit_says_in_words_what_a_worker_has(limit):
    one, many = limit.refused
    assert one
    assert many
    assert limit.full(1)
    assert limit.full(3)
    assert limit.called
