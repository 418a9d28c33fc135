"""The cap gives way by a manager's word alone: to one child by a decision, or to all by policy."""

from decimal import Decimal

import pytest

from caseload_balancer import DataError, Overrides, allocate, reallocate, why_not
from caseload_balancer.insight.reallocate.record import decisions_in_words
from tests.checker.small_weeks import broken, case, cases, day, steady, team, week, worker

TEAMS = [team("t1", parent_id="l"), team("t2", parent_id="l"), team("t3"), team("l")]
ACROSS = [
    worker("a", team_ids=("t1",)),
    worker("b", team_ids=("t2",)),
    worker("c", team_ids=("t3",)),
]
HERE = case("x", "section_47", team_id="t1")


def full(name, team_id):
    return cases(25, name, name, team_id=team_id)


YES = steady(cap={"may_exceed_for": "must_hold"})


def test_the_cap_gives_way_only_where_a_manager_says_so():
    snapshot = week([*cases(25, "a"), HERE, case("y")], [worker("a")])
    assert allocate(snapshot).allocation["x"] is None
    plan = allocate(snapshot, YES)
    assert (plan.allocation["x"], plan.allocation["y"]) == ("a", None)
    assert [(b.rule, b.amount) for b in plan.breaches] == [("cap", 1)]
    assert broken(snapshot, {"x": "a"}) == ["cap"]
    assert broken(snapshot, {"x": "a"}, YES) == []


def test_the_cap_is_not_passed_while_somebody_has_a_place():
    rows = [*full("a", "t1"), *full("b", "t2"), HERE]
    plan = allocate(week(rows, ACROSS, teams=TEAMS), YES)
    assert plan.allocation["x"] == "c"


def test_the_least_bad_exception_is_named():
    rows = [*cases(25, "a"), *cases(25, "b", "b", points=Decimal(3)), HERE]
    plan = allocate(week(rows, [worker("a"), worker("b")]))
    (waits,) = plan.waiting
    assert waits.exception == (
        "b could take it if a manager agrees (may_exceed_cap in its row), at 26 children of 25: "
        "near enough, with no last day or long absence known and at 98 % load then, the lowest of "
        "the 2 who may hold it."
    )
    assert f"x: {waits.exception}" in plan.summary
    ends = week(rows, [worker("a"), worker("b", leaves_on=day(60))])
    assert allocate(ends).waiting[0].exception.startswith("a could take it")


def agreed_to(*rows):
    return [row.model_copy(update={"may_exceed_cap": True}) for row in rows]


def test_a_decision_on_the_case_lets_this_child_and_no_other_over_the_cap():
    others = [case("w", "section_47"), *cases(25, "a")]
    (x,) = agreed_to(case("x", "section_47"))
    plan = allocate(week([*others, x], [worker("a")]))
    assert (plan.allocation["x"], plan.allocation["w"]) == ("a", None)
    assert [(b.rule, b.amount) for b in plan.breaches] == [("cap", 1), ("must-hold", 1)]
    assert plan.cases[-1].reason.endswith(
        "over the cap (26 of 25), as the child may not wait and a manager agreed (may_exceed_cap)."
    )
    assert broken(week([*others, x], [worker("a")]), {"w": "a"}) == ["cap"]
    assert broken(week([*others, x], [worker("a")]), {"w": "a", "x": "a"}) == ["cap"]


def test_one_more_than_the_cap_is_one_child_and_not_a_place_for_another():
    """The 25 beside the child count as before: nobody else comes in the child's shadow."""
    misfit = case("m", "looked_after", worker_id="f")
    adviser = worker("f", role="personal_adviser")
    for policy in (None, YES):
        rows = [*cases(25, "a"), misfit, *agreed_to(HERE)]
        plan = allocate(week(rows, [worker("a"), adviser]), policy)
        assert (plan.allocation["x"], plan.allocation["m"]) == ("a", "f")
        assert broken(week(rows, [worker("a"), adviser]), {"x": "a", "m": "a"}, policy) == ["cap"]


def test_a_decision_has_no_effect_on_who_may_wait_or_has_a_worker():
    may_wait = agreed_to(case("x"), case("y", "child_protection", worker_id="b"))
    snapshot = week([*cases(25, "a"), *may_wait], [worker("a"), worker("b", cap=0)])
    assert broken(snapshot, {"x": "a"}) == ["cap"]
    assert broken(snapshot, {"y": "a"}) == ["cap"]
    assert allocate(snapshot).allocation["x"] is None


def test_siblings_for_whom_it_was_agreed_stay_together_over_the_cap():
    siblings = [case("x", "section_47", family_id="f"), case("y", family_id="f")]
    full_house = [*cases(25, "a"), *cases(25, "b", "b")]
    both = allocate(week([*full_house, *agreed_to(*siblings)], [worker("a"), worker("b")]))
    assert both.allocation["x"] == both.allocation["y"] is not None
    one = allocate(
        week([*full_house, *agreed_to(siblings[0]), siblings[1]], [worker("a"), worker("b")])
    )
    assert one.allocation["x"] is not None
    assert one.allocation["y"] is None


def test_a_manager_accepts_the_named_exception():
    snapshot = week([*cases(25, "a"), HERE, case("w", "section_47")], [worker("a")])
    plan = allocate(snapshot)
    assert "with exceed in the decisions for caseload reallocate" in plan.summary
    yes = Overrides().exceed_cap("x")
    agreed = reallocate(snapshot, plan, yes)
    assert (agreed.allocation["x"], agreed.allocation["w"]) == ("a", None)
    said = decisions_in_words(plan, yes, agreed)
    assert said.startswith("Decided about 1 child: 1 with somebody, if need be over the cap.")
    assert agreed.inputs_hash == plan.inputs_hash
    assert str(agreed.agreed[0]) == "x may be over somebody's cap (exceeds_cap)"
    assert why_not(snapshot, agreed, "w", "a").refusals
    again = reallocate(snapshot, agreed, Overrides().pick("w", None))
    assert again.allocation == agreed.allocation
    back = reallocate(snapshot, agreed, Overrides().pick("x", None))
    assert back.allocation["x"] is None
    following = snapshot.after(agreed)
    assert following.case_by_id["x"].worker_id == "a"
    assert not following.case_by_id["x"].may_exceed_cap


def test_an_exception_is_refused_where_the_cap_gives_way_to_nobody():
    snapshot = week([*cases(25, "a"), case("y")], [worker("a")])
    plan = allocate(snapshot)
    with pytest.raises(DataError, match="only to a child who may not wait and has no worker"):
        reallocate(snapshot, plan, Overrides().exceed_cap("y"))
