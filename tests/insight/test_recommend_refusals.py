"""Why a worker cannot take a case: the rule, the row, the words."""

import pytest

import caseload_balancer as cb
from tests.checker.small_weeks import case, day, steady, week, worker
from tests.insight.small_offices import an_office


@pytest.mark.parametrize(
    ("worker_id", "rule", "where", "sentence"),
    [
        ("cat", "cap", "workers cat, cap", "cat holds 5 of 5 children"),
        (
            "dan",
            "scope",
            "cases new, team_id",
            "new is of team east and stays in its team; dan is of west",
        ),
        (
            "eve",
            "eligibility",
            "policy, eligibility.asye_may_hold_child_protection",
            "eve is newly qualified and may not hold a child protection case",
        ),
        (
            "fay",
            "absence-and-leaving",
            "workers fay, leaves_on",
            "fay leaves on 2026-03-22, and takes no cases in the last 28 days",
        ),
        ("gus", "absence-and-leaving", "adjustments gus, percent", "gus is away until 2026-05-01"),
    ],
)
def test_a_refusal_says_the_rule_and_the_row(worker_id, rule, where, sentence):
    answer = cb.recommend(an_office(), "new")
    (refusal,) = next(one for one in answer.candidates if one.worker_id == worker_id).refusals
    assert (refusal.rule, refusal.where, refusal.sentence) == (rule, where, sentence)


@pytest.mark.parametrize(
    ("columns", "policy", "sentence"),
    [
        (
            {"role": "personal_adviser"},
            {},
            "ann is a personal adviser, who may not hold a child-in-need case",
        ),
        (
            {"may_hold": ("looked_after",)},
            {},
            "ann may hold looked_after only, and new is a child-in-need case",
        ),
        ({"holds_cases": False}, {}, "ann holds no cases"),
        ({"max_new": 0}, {}, "ann takes 0 families of at most 0 this week (max_new)"),
        ({"available_from": day(7)}, {}, "ann is not here before 2026-03-09"),
    ],
)
def test_each_rule_has_its_words(columns, policy, sentence):
    snapshot = week([case("new")], [worker("ann", **columns)])
    (only,) = cb.recommend(snapshot, "new", steady(**policy)).candidates
    assert sentence in [refusal.sentence for refusal in only.refusals]


def test_a_limit_that_gives_way_is_a_price_and_no_refusal():
    snapshot = week([case("new")], [worker("ann", points_capacity=1)])
    policy = steady(points={"hard_limit_percent": 100})
    (only,) = cb.recommend(snapshot, "new", policy).candidates
    assert only.refusals == ()
    beyond = 10 * (policy.points.by_type["child_in_need"] - 1)
    assert only.terms["concessions"] == policy.concessions.point * beyond
