"""A child who must have a worker has one before any local limit holds."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given

from caseload_balancer import Policy, allocate
from caseload_balancer.problem.concessions import Opened, ids_of, may_be_conceded, may_exceed_cap
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.problems import build_problem
from tests.checker.small_weeks import broken, case, cases, day, steady, team, week, worker
from tests.examples import settings
from tests.figures import with_figures
from tests.oracle import try_everything
from tests.weeks import weeks, within

TRIO = [worker("a"), worker("b"), worker("c")]
GOES_TOMORROW = worker("z", employment="agency", leaves_on=day(1))


def rules_of(plan):
    return [(breach.rule, breach.amount) for breach in plan.breaches]


def given_way(plan):
    return {goal.goal: goal.value for tier in plan.tiers for goal in tier.goals}["concessions"]


LIMIT_25 = with_figures(
    new_case_share={"beyond_limit": 25},
    handover={"on_the_last_day": 60},
    waiting={"as_if_load_percent": 150},
)


@pytest.mark.parametrize("price", [0, 25, 1000])
def test_ten_children_who_must_be_held_all_have_a_worker(price):
    policy = with_figures(new_case_share={"beyond_limit": price})
    plan = allocate(week(cases(10, None, "n", case_type="child_protection"), TRIO), policy)
    assert plan.changes["new"] == 10
    assert sorted(row.after.children for row in plan.workers) == [3, 3, 4]
    assert rules_of(plan) == [("weekly-intake", 1)]
    assert "4 families this week, 1 more than the limit of 3" in plan.breaches[0].sentence
    assert given_way(plan) == 0


def test_children_who_may_wait_come_beyond_the_weeks_limit_where_loads_are_low():
    plan = allocate(week(cases(10, None, "n"), TRIO), LIMIT_25)
    assert (plan.changes["new"], plan.changes["waiting"]) == (10, 0)
    assert sorted(row.after.children for row in plan.workers) == [3, 3, 4]
    assert rules_of(plan) == [("weekly-intake", 1)]
    assert "children who must have a worker" not in plan.breaches[0].sentence


@pytest.mark.parametrize(
    ("must", "waits", "cause"),
    [
        (1, 1, "a family beyond it costs 1 cost points"),
        (2, 0, "it gives way to children who must have a worker"),
        (
            2,
            1,
            (
                "it gives way to children who must have a worker, and a family beyond it costs 1 "
                "cost points"
            ),
        ),
    ],
)
def test_the_weeks_limit_gives_way_out_of_need_only_to_those_who_must_have_a_worker(
    must, waits, cause
):
    policy = with_figures(new_case_share={"beyond_limit": 1})
    rows = [*cases(must, None, "l", case_type="looked_after"), *cases(waits, None, "n")]
    people = [worker("ann", cap=9), worker("new", role="asye")]
    plan = allocate(week([*cases(9, "ann", locked=True), *rows], people), policy)
    given = must + waits
    assert rules_of(plan) == [("weekly-intake", given - 1)]
    assert plan.breaches[0].sentence == (
        f"worker new is given {given} families this week, {given - 1} more than the limit of 1; "
        f"{cause}"
    )
    assert f"Gave way: worker new is given {given} families" in plan.summary


def test_children_who_may_wait_do_so_where_a_family_beyond_the_weeks_limit_is_dear():
    dear = with_figures(new_case_share={"beyond_limit": 1000})
    plan = allocate(week(cases(10, None, "n"), TRIO), dear)
    assert (plan.changes["new"], plan.changes["waiting"]) == (9, 1)
    assert (plan.ok, given_way(plan)) == (True, 0)
    assert plan.waiting[0].reason == (
        "Waits: every worker who may take this child-in-need case has reached the week's limit of "
        "new families."
    )


def test_the_children_of_a_leaver_go_to_three_empty_colleagues_at_once():
    plan = allocate(week(cases(24, "z"), [*TRIO, GOES_TOMORROW]), LIMIT_25)
    assert (plan.changes["forced"], plan.changes["kept"]) == (24, 0)
    assert [row.after.children for row in plan.workers if row.worker_id != "z"] == [8, 8, 8]
    assert rules_of(plan) == [("weekly-intake", 5)] * 3


def test_the_same_facts_written_two_ways_give_the_same_plan():
    with_leaver = allocate(week(cases(24, "z"), [*TRIO, GOES_TOMORROW]), LIMIT_25)
    desk = worker("z", holds_cases=False)
    with_desk = allocate(week(cases(24, "z"), [*TRIO, desk]), LIMIT_25)
    assert [row.after for row in with_leaver.workers if row.worker_id != "z"] == [
        row.after for row in with_desk.workers
    ]
    assert with_leaver.changes["forced"] == with_desk.changes["new"] == 24


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


def test_nobody_is_moved_for_a_limit_that_was_passed_at_the_start():
    heavy = {"case_type": "child_protection", "in_court": True, "points": Decimal(8)}
    tight = with_figures(points={"hard_limit_percent": 20}, goals={"imbalance": {"weight": 0}})
    plan = allocate(week(cases(4, "a", "k", **heavy), [worker("a"), worker("b")]), tight)
    assert plan.changes["kept"] == 4
    assert [(b.rule, b.amount, b.price) for b in plan.breaches] == [
        ("court", 2, 0),
        # 4 x 8 points, of which 17 are allowed
        ("points-limit", 150, 0),
    ]
    assert given_way(plan) == 0


@pytest.mark.parametrize(("price", "together"), [(60, True), (5, False)])
def test_siblings_apart_come_together_where_that_is_worth_a_move(price, together):
    rows = [case(f"k{n}", worker_id=who, family_id="f") for n, who in enumerate("ab")]
    policy = with_figures(fit={"family_apart": price}, goals={"imbalance": {"weight": 0}})
    plan = allocate(week(rows, [worker("a"), worker("b")]), policy)
    assert (len(set(plan.allocation.values())) == 1) == together
    assert rules_of(plan) == ([] if together else [("families", 1)])


TEAMS = [team("t1", parent_id="l"), team("t2", parent_id="l"), team("t3"), team("l")]
ACROSS = [
    worker("a", team_ids=("t1",)),
    worker("b", team_ids=("t2",)),
    worker("c", team_ids=("t3",)),
]
HERE = case("x", "section_47", team_id="t1")


def full(name, team_id):
    return cases(25, name, name, team_id=team_id)


def test_siblings_of_two_teams_go_to_one_worker_of_either():
    rows = [
        case("k1", "child_protection", team_id="t1", family_id="f"),
        case("k2", team_id="t2", family_id="f"),
    ]
    plan = allocate(week(rows, ACROSS[:2], teams=TEAMS))
    assert plan.allocation["k1"] == plan.allocation["k2"] is not None
    assert (plan.ok, given_way(plan)) == (True, 0)


def test_siblings_of_two_teams_who_lose_their_worker_stay_together():
    rows = [
        case("k1", "looked_after", team_id="t1", family_id="f", worker_id="z"),
        case("k2", team_id="t2", family_id="f", worker_id="z"),
    ]
    leaver = worker("z", employment="agency", team_ids=("t1",), leaves_on=day(2))
    plan = allocate(week(rows, [*ACROSS[:2], leaver], teams=TEAMS))
    assert plan.allocation["k1"] == plan.allocation["k2"] in {"a", "b"}
    assert plan.ok


@pytest.mark.parametrize(
    ("occupied", "goes_to", "price"),
    [((), "a", 0), (("a",), "b", 10), (("a", "b"), "c", 20), (("a", "b", "c"), None, 0)],
)
def test_the_scope_gives_way_as_far_as_it_must(occupied, goes_to, price):
    rows = [row for name in occupied for row in full(name, f"t{ord(name) - 96}")]
    plan = allocate(week([*rows, HERE], ACROSS, teams=TEAMS))
    assert plan.allocation["x"] == goes_to
    assert given_way(plan) == 10 * price
    scope = [breach for breach in plan.breaches if breach.rule == "scope"]
    assert [breach.price for breach in scope] == ([10 * price] if price else [])


def test_the_scope_does_not_give_way_to_a_child_who_may_wait():
    snapshot = week([*full("a", "t1"), case("x", team_id="t1")], ACROSS, teams=TEAMS)
    assert allocate(snapshot).allocation["x"] is None
    assert broken(snapshot, {"x": "b"}) == ["scope"]


def test_siblings_who_must_be_held_are_parted_only_where_no_worker_can_take_them_all():
    locked = [
        *cases(24, "a", "a", locked=True),
        *cases(24, "b", "b", locked=True),
    ]
    siblings = [case(one, "section_47", family_id="f") for one in "xy"]
    plan = allocate(week([*locked, *siblings], [worker("a"), worker("b")]))
    assert {plan.allocation["x"], plan.allocation["y"]} == {"a", "b"}
    assert [(b.rule, b.price) for b in plan.breaches] == [("families", 300)]
    roomy = allocate(week([*locked[:-1], *siblings], [worker("a"), worker("b")]))
    assert (roomy.allocation["x"], roomy.allocation["y"]) == ("b", "b")


def test_the_checker_lets_only_those_be_parted_who_may_not_wait():
    team_of_two = [worker("a"), worker("b")]
    apart = {"x": "a", "y": "b"}
    must = [case(one, "child_protection", family_id="f") for one in "xy"]
    may = [case(one, family_id="f") for one in "xy"]
    assert broken(week(must, team_of_two), apart) == []
    assert broken(week(may, team_of_two), apart) == ["families"]
    held = [row.model_copy(update={"worker_id": "a"}) for row in must]
    assert broken(week(held, team_of_two), apart) == ["families"]


def test_locked_children_over_the_cap_are_no_shortage():
    plan = allocate(week(cases(28, "a", locked=True), [worker("a"), worker("b")]))
    assert plan.shortage_fte == 0
    assert "FTE" not in plan.summary


@given(weeks(max_workers=4, max_cases=5))
@settings(max_examples=40)
def test_nobody_who_must_be_held_waits_where_giving_way_would_help(drawn):
    snapshot = drawn.snapshot
    goals = dict(Policy.profile().goals)
    policy = drawn.policy.model_copy(update={"goals": goals})
    plan = allocate(snapshot, policy, time_limit=5)
    if any(goal.value for goal in plan.tiers[0].goals if goal.goal == "standing_breaches"):
        # Nothing gives way for a child whose worker may not hold it (docs/mathematics.md, section
        # 3): that child has a worker. So those who wait are looked at by themselves.
        goals["standing_breaches"] = goals["standing_breaches"].model_copy(update={"weight": 0})
        policy = drawn.policy.model_copy(update={"goals": goals})
        plan = allocate(snapshot, policy, time_limit=5)
    facts = Facts.of(snapshot, policy)
    conceded = zip(facts.index.cases, may_be_conceded(facts), strict=True)
    ids = frozenset(row.case_id for row, one in conceded if one)
    agreed = ids_of(facts, may_exceed_cap(facts))
    opened = Opened(reach=dict.fromkeys(ids, 2), apart=ids, over_cap=agreed)
    least = try_everything(build_problem(snapshot, policy, opened).arrays).best[0]
    assert plan.tiers[0].value == least


@given(weeks(max_workers=4, max_cases=6))
@settings(
    max_examples=30,
    derandomize=True,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
def test_the_shortage_is_mended_by_the_fte_that_it_names(drawn):
    policy = drawn.policy.model_copy(update={"goals": Policy.profile().goals})
    # Somebody new is in every team: what a team does not take has tests of its own.
    teams = tuple(
        one.model_copy(update={"cap": None, "accepts": ()}) for one in drawn.snapshot.teams
    )
    snapshot = within(policy, drawn.snapshot.model_copy(update={"teams": teams}))
    plan = allocate(snapshot, policy, time_limit=5)
    assume(plan.shortage_fte)
    full, part = divmod(plan.shortage_fte, 1)
    teams = tuple(row.team_id for row in snapshot.teams)
    joining = [
        worker(f"joins-{number}", fte=fte, team_ids=teams)
        for number, fte in enumerate([*[Decimal(1)] * int(full), *[part] * bool(part)])
    ]
    more = snapshot.model_copy(update={"workers": (*snapshot.workers, *joining)})
    mended = allocate(more, policy, time_limit=5)
    assert unmet(mended) < unmet(plan)
    assert mended.shortage_fte == 0


def unmet(plan):
    return sum(breach.amount for breach in plan.breaches if breach.rule in {"must-hold", "cap"})
