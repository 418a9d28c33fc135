"""What a change comes to, as a manager reads it on the board."""

import pytest

from caseload_balancer.board.costs import goal_rows
from caseload_balancer.policy import Policy


@pytest.fixture
def told(node):
    """Give a function that tells a change, by goal, under a policy."""

    def tell(policy=None, **change):
        goals = goal_rows(policy or Policy.profile())
        amounts = [change.get(row["goal"], 0) for row in goals]
        tiers = [0] * (1 + max(row["tier"] for row in goals))
        for row, amount in zip(goals, amounts, strict=True):
            tiers[row["tier"]] += row["weight"] * amount
        return node("words", goals=goals, change=amounts, tiers=tiers)

    return tell


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "costs the same"),
        ({"churn": 3000, "imbalance": -120}, "costs 28.80 more"),
        ({"must_hold_waiting": -3}, "better: less waiting by children who may never wait"),
        ({"standing_breaches": 1}, "worse: 1 more breach of a rule"),
        ({"standing_breaches": -4}, "better: 4 fewer breaches of the rules"),
        ({"over_cap": 1, "churn": -9000}, "worse: 1 more child over the cap"),
        ({"over_cap": -1200}, "better: 1,200 fewer children over the cap"),
        ({"concessions": 15}, "worse: local limits give way more"),
        ({"transfers_due": 1}, "worse: 1 more family still to change team"),
        (
            {"must_hold_waiting": 1, "standing_breaches": -2},
            "better: more waiting by children who may never wait, 2 fewer breaches of the rules",
        ),
    ],
)
def test_a_change_is_told_without_figures_that_only_the_search_knows(told, change, words):
    assert told(**change)["words"] == words


def test_goals_of_one_tier_are_told_with_the_costs_among_them(told):
    goals = {"over_cap": {"tier": 4, "weight": 2}}
    policy = Policy.layered({"extends": "steady", "goals": goals})
    found = told(policy, over_cap=-1, churn=50)
    assert found["words"] == "worse: 1 fewer child over the cap, change of worker costs more"
    assert [row[1:] for row in found["rows"]] == [
        ["children over cap", "−1 × 2", "children"],  # noqa: RUF001 - as the board writes it
        ["change of worker", "+0.50", "cost"],
    ]


def test_every_goal_has_words_and_a_row_in_the_order_in_which_they_decide(told):
    goals = goal_rows(Policy.profile())
    found = told(**{row["goal"]: 100 for row in goals})
    assert [row[:2] for row in found["rows"]] == [[row["tier"], row["words"]] for row in goals]
    assert all(row[3] for row in found["rows"])
