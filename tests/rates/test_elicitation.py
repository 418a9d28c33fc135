"""Answers narrow the range of a rate, and become a policy with its source."""

import tomllib

import pytest

import caseload_balancer as cb
from caseload_balancer.errors import ArgumentError
from caseload_balancer.insight.planned import week_of_plan
from caseload_balancer.rates.names import rate_of, with_rate


@pytest.fixture(scope="module")
def week():
    return cb.datasets.service(5, 75, seed=4)


def _by_rates(asked, week, policy):
    """Answer as somebody would whose rates are those of another policy, until nothing is asked."""
    while asked.pair is not None:
        costs = []
        for plan in (asked.pair.first, asked.pair.second):
            judged = week_of_plan(week, plan.model_copy(update={"policy": policy}))
            costs.append(sum(judged.goal_values[goal] for goal in policy.tiers[-1]))
        asked.answer("first" if costs[0] <= costs[1] else "second")


def test_answers_at_the_policys_own_rates_change_nothing(week):
    policy = cb.Policy.profile()
    asked = cb.Elicitation(week, time_limit=600)
    assert asked.pair is not None
    _by_rates(asked, week, policy)
    assert 1 <= asked.answered <= 8
    assert asked.policy() == policy
    assert "was not asked about" not in asked.policy_text() or asked.answered == 8
    assert cb.Policy.layered(tomllib.loads(asked.policy_text())).imbalance == policy.imbalance


def test_a_preference_for_the_costlier_moves_a_rate(week):
    policy = cb.Policy.profile()
    asked = cb.Elicitation(week, time_limit=600)
    rate = {"a gap between loads that closes": "imbalance.gap_worth"}.get(asked.pair.about)
    first = asked.pair
    heavier = max((first.first, first.second), key=lambda plan: rate_of(plan.policy, rate))
    asked.answer("first" if heavier is first.first else "second")
    text = asked.policy_text("ours")
    found = cb.Policy.layered(tomllib.loads(text))
    assert found.name == "ours"
    assert rate_of(found, rate) == rate_of(asked.policy(), rate) >= rate_of(policy, rate)
    assert "answer 1" in text
    assert "it was not asked about" in text
    assert "did not show" not in text  # it may still: a pair is open
    assert str(first).startswith("Question 1.")
    assert " worker by choice" in str(first)


def test_of_a_policy_of_ones_own_only_the_changed_lines_are_written(week):
    own = with_rate(cb.Policy.profile(), "churn.move", 40).model_copy(update={"name": "ours"})
    text = cb.Elicitation(week, own, time_limit=600).policy_text()
    assert "extends" not in text
    assert "Lines for the policy file 'ours'" in text


def test_where_nothing_differs_nothing_is_asked():
    quiet = cb.Snapshot(as_of="2026-03-02", cases=[], workers=[])
    asked = cb.Elicitation(quiet, time_limit=600)
    assert asked.pair is None
    assert asked.policy() == cb.Policy.profile()
    with pytest.raises(ArgumentError, match="no pair left"):
        asked.answer("first")
