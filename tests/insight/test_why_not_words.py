"""The answer to why not another worker, word for word."""

import pytest

import caseload_balancer as cb
from tests.checker.small_weeks import case, cases, week, worker
from tests.figures import with_figures
from tests.insight.pages import shown
from tests.insight.small_offices import a_chain, full_but_for_ben


def told(answer):
    return str(answer).splitlines()


def test_a_worker_with_whom_the_plan_is_worth_the_same_is_called_a_tie():
    snapshot = week([case("new")], [worker("ann"), worker("ben")])
    plan = cb.allocate(snapshot, with_figures())
    other = {"ann": "ben", "ben": "ann"}[plan.allocation["new"]]
    assert told(cb.why_not(snapshot, plan, "new", other)) == [
        f"Why new is not with {other}",
        "It is a tie: a plan with the case there is worth exactly the same.",
        "Nobody else would change worker.",
    ]
    assert f"- {other}: a tie; takes {other} from 0 % to 5 %." in told(
        cb.explain(snapshot, plan, "new")
    )


def test_a_rule_is_told_with_the_row_that_says_so():
    snapshot = full_but_for_ben()
    assert told(cb.why_not(snapshot, cb.allocate(snapshot, with_figures()), "new", "dan")) == [
        "Why new is not with dan",
        (
            "The rules do not allow it: new is of team east and stays in its team; dan is of west "
            "(cases new, team_id)."
        ),
    ]


def test_a_full_worker_is_told_with_the_swap_that_makes_room():
    snapshot = full_but_for_ben()
    answer = cb.why_not(snapshot, cb.allocate(snapshot, with_figures()), "new", "ann")
    assert answer.verdict == "full"
    assert told(answer) == [
        "Why new is not with ann",
        (
            "There is no room: ann holds 2 of 2 children. Making room, compared with the plan: "
            "19.86 cost points more (change of worker +10.00, a worker the child does not know "
            "+8.00, uneven loads +1.86). Proven: no plan that has the case there costs less."
        ),
        "1 other child would change worker: c1 from ann to dan.",
    ]


def test_the_best_chain_is_told_beside_the_shortest():
    snapshot = a_chain()
    plan = cb.allocate(snapshot, with_figures())
    assert plan.allocation["new"] == "dan"
    answer = cb.why_not(snapshot, plan, "new", "ann")
    assert answer.fewest is not None
    assert told(answer) == [
        "Why new is not with ann",
        (
            "There is no room: ann holds 1 of 1 child. Making room, compared with the plan: 38.74 "
            "cost points more (change of worker +30.00, a worker the child does not know +8.74). "
            "Proven: no plan that has the case there costs less."
        ),
        "2 other children would change worker: a from ann to ben; b from ben to cat.",
        (
            "With the fewest changes, 1 other child would change worker: a from ann to cat. "
            "Compared with the plan: 47.00 cost points more (change of worker +15.00, a worker the "
            "child does not know +32.00)."
        ),
    ]
    assert shown("why-not", answer)
    rows = answer.to_frames("pandas")["changes"]
    assert rows["way"].tolist() == ["best"] * 3 + ["fewest"] * 2
    assert rows["case_id"].tolist() == ["new", "a", "b", "new", "a"]


def test_a_price_is_told_goal_by_goal_and_what_it_is_without_other_changes():
    """With the new child Bea has so much that one of hers had better go to Cal."""
    snapshot = week(
        [*cases(3, "bea", letter="b"), case("new")],
        [worker("bea"), worker("cal")],
    )
    policy = with_figures(churn={"move": 2}, continuity={"new_worker": 0})
    plan = cb.allocate(snapshot, policy)
    assert plan.allocation["new"] == "cal"
    answer = cb.why_not(snapshot, plan, "new", "bea")
    assert answer.verdict == "at a price"
    assert told(answer)[1:] == [
        (
            "It is possible, at a price: 2.00 cost points more (change of worker +2.00). Proven: "
            "no plan that has the case there costs less."
        ),
        "1 other child would change worker: b1 from bea to cal.",
        "With nobody else changing worker: 5.58 cost points more (uneven loads +5.58).",
    ]


def test_what_cannot_be_made_room_for_is_impossible():
    snapshot = week(
        [*cases(1, "ann", locked=True), case("new")], [worker("ann", cap=1), worker("ben")]
    )
    answer = cb.why_not(snapshot, cb.allocate(snapshot, with_figures()), "new", "ann")
    assert answer.verdict == "impossible"
    assert answer.text == (
        "No change of other cases could make room for it (proven): ann holds 1 of 1 child."
    )


@pytest.fixture(scope="module")
def agreed():
    """A chain's plan in which Ann's child was moved by hand and Ben's was locked."""
    snapshot = a_chain()
    plan = cb.allocate(snapshot, with_figures())
    return snapshot, cb.reallocate(snapshot, plan, cb.Overrides().pick("a", "cat").lock("b"))


def test_what_was_agreed_is_said_and_nothing_is_called_best_beyond_it(agreed):
    assert told(cb.explain(*agreed, "a"))[1:] == [
        (
            "Moves from ann (5 % load before) to cat (0 % load before); the 3rd worker in 12 "
            "months; agreed: with cat (picked)."
        ),
        "ann holds it now, since 2025-08-14; it has had 2 workers in the last 12 months.",
        (
            "There it costs 47.93 cost points (change of worker +15.00, a worker the child does "
            "not know +32.00, uneven loads +0.93)."
        ),
        "With another worker, everything else as in the plan:",
        (
            "- ann: 47.00 cost points less (change of worker -15.00, a worker the child does not "
            "know -32.00); takes ann from 0 % to 5 %; holds the case now."
        ),
        (
            "- dan: 2.37 cost points more (uneven loads +1.87, share of new families +0.50); "
            "takes dan from 5 % to 9 %; 3rd worker in 12 months."
        ),
        "Proven: no plan that keeps to what was agreed is better than this one as a whole.",
    ]


def test_other_decisions_are_kept_to_when_a_week_is_solved_again(agreed):
    assert told(cb.why_not(*agreed, "a", "ann"))[1:] == [
        (
            "A plan with the case there is better than this one, which keeps to a decision: 47.00 "
            "cost points less (change of worker -15.00, a worker the child does not know -32.00)."
        ),
        "Nobody else would change worker.",
        "It was agreed otherwise: a with cat (picked).",
        "1 other decision is kept.",
    ]
    assert told(cb.why_not(*agreed, "new", "ben"))[1:] == [
        "No change of other cases could make room for it (proven): ben holds 1 of 1 child.",
        "2 other decisions are kept.",
    ]
