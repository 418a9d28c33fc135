"""Decisions that cannot be kept: each is named, and why."""

import pytest

import caseload_balancer as cb
from tests.checker.small_weeks import case, cases, steady, week, worker
from tests.insight.small_offices import over_the_cap


@pytest.mark.parametrize(
    ("overrides", "rule", "message"),
    [
        (
            cb.Overrides().lock("c0").pick("c0", "ben"),
            "contradiction",
            (
                "'c0 with ben (picked)' contradicts 'c0 with ann (locked)' (row 1). Take one of "
                "the two away."
            ),
        ),
        (
            cb.Overrides().pick("c0", "ben").ban("c0", "ben"),
            "contradiction",
            (
                "'c0 not with ben (banned)' contradicts 'c0 with ben (picked)' (row 1). Take one "
                "of the two away."
            ),
        ),
        (
            cb.Overrides().pick("c0", "cat").pick("c1", "cat"),
            "no_room",
            (
                "c0 with cat (picked) and c1 with cat (picked) cannot be kept together: cat holds "
                "1 of 1 child."
            ),
        ),
        (
            cb.Overrides().ban("c0", "ann").ban("c0", "ben").ban("c0", "cat"),
            "nobody_left",
            (
                "nobody is left for c0 after c0 not with ann (banned), c0 not with ben (banned) "
                "and c0 not with cat (banned). Take one of them away."
            ),
        ),
        (
            cb.Overrides().pick("c0", None),
            "against_the_rules",
            "c0 with nobody (picked): a child whose worker can go on does not wait.",
        ),
        (cb.Overrides().lock("zed"), "unknown_case", "there is no case 'zed' in this week."),
        (
            cb.Overrides().lock("0C0"),
            "unknown_case",
            "there is no case '0C0' in this week. Did you mean 'c0'?",
        ),
        (
            cb.Overrides().ban("c0", "zed"),
            "unknown_worker",
            "there is no worker 'zed' in this week.",
        ),
    ],
)
def test_decisions_that_cannot_be_kept_are_named(overrides, rule, message):
    snapshot = over_the_cap()
    with pytest.raises(cb.DataError) as raised:
        cb.reallocate(snapshot, cb.allocate(snapshot), overrides)
    (problem,) = raised.value.problems
    assert (problem.table, problem.rule, problem.message) == ("overrides", rule, message)


def test_siblings_decided_apart_are_named():
    family = {"family_id": "F", "worker_id": "ann"}
    snapshot = week([case("c1", **family), case("c2", **family)], [worker("ann"), worker("ben")])
    with pytest.raises(cb.DataError, match="siblings who stay together"):
        cb.reallocate(snapshot, cb.allocate(snapshot), cb.Overrides().lock("c1").pick("c2", "ben"))


def test_a_worker_the_rules_refuse_cannot_be_picked():
    snapshot = week([case("c", "section_47")], [worker("ann"), worker("bob", may_hold=("other",))])
    with pytest.raises(cb.DataError, match=r"bob may hold other only.*workers bob, may_hold"):
        cb.reallocate(snapshot, cb.allocate(snapshot), cb.Overrides().pick("c", "bob"))


def test_more_picks_than_the_budget_of_moves():
    snapshot = week(cases(3, "ann"), [worker("ann"), worker("ben")])
    plan = cb.allocate(snapshot, steady(limits={"move_budget": 1}))
    with pytest.raises(cb.DataError, match="budget of 1"):
        cb.reallocate(snapshot, plan, cb.Overrides().pick("c0", "ben").pick("c1", "ben"))
