"""Staffing against trying every tenth of a post."""

from decimal import Decimal
from fractions import Fraction

import pytest

import caseload_balancer as cb
from caseload_balancer.arrays import build_arrays
from caseload_balancer.insight.staffing.fewest_posts import people_in
from caseload_balancer.insight.staffing.question import once_leavers_are_gone, staffing
from caseload_balancer.insight.staffing.vacancies import least_fte
from caseload_balancer.insight.unmet.unmet import without_limits, without_passing_limits
from caseload_balancer.insight.weeks import Week
from caseload_balancer.policy import Policy
from caseload_balancer.problem.problems import build_problem
from tests.checker.small_weeks import case, cases, team, week, worker
from tests.oracle import try_everything

NOBODY_LEFT_OUT = {"waiting", "must_hold_waiting", "over_cap", "concessions"}
SMALL_CAP = Policy.layered(
    {
        "cap": {"children_per_fte": 4, "target_per_fte": 3},
        "goals": {
            goal: {"tier": 1 if goal in NOBODY_LEFT_OUT else 2} for goal in Policy.profile().goals
        },
    }
)


WEEKS = {
    "children one by one": week(cases(6, "ann", team_id="T"), [worker("ann", team_ids=("T",))]),
    "a family that does not fit": week(
        [
            *cases(3, "ann", team_id="T", locked=True),
            *(case(f"f{n}", family_id="F", team_id="T") for n in range(3)),
        ],
        [worker("ann", team_ids=("T",), fte=Decimal("1.25"))],
    ),
    "two teams": week(
        [*cases(3, None, "s", team_id="S"), *cases(4, "ann", "t", team_id="T")],
        [worker("ann", team_ids=("T",), fte=Decimal("0.5"))],
    ),
    "enough": week(cases(4, "ann", team_id="T"), [worker("ann", team_ids=("T",))]),
}


COURT = Policy.layered({**SMALL_CAP.model_dump(), "limits": {"court_families": 1}})


POINTS = Policy.layered({**SMALL_CAP.model_dump(), "points": {"hard_limit_percent": 20}})


def is_enough(snapshot, tenths_by_team, policy=SMALL_CAP):
    """Whether a plan exists without a wait or anything over a limit, found by trying them all."""
    thing = once_leavers_are_gone(without_passing_limits(Week(snapshot, policy)))
    for team_id, tenths in tenths_by_team.items():
        for edit in people_in(team_id, "social_worker", tenths):
            thing = edit.apply(thing)
    return try_everything(build_problem(thing.snapshot, thing.policy).arrays).best[0] == 0


@pytest.mark.parametrize("name", WEEKS)
def test_it_is_enough_and_a_tenth_less_is_not(name):
    found = staffing(WEEKS[name], SMALL_CAP)
    tenths = {post.team_id: int(10 * post.fte) for post in found.posts}
    assert found.exact
    assert found.still_unmet == found.left_over == 0
    assert is_enough(WEEKS[name], tenths)
    for team_id, needed in tenths.items():
        assert not is_enough(WEEKS[name], {**tenths, team_id: needed - 1})


LIMITED = {
    "families in court": (
        week(
            [case(f"k{n}", "child_protection", in_court=True, team_id="T") for n in range(3)],
            [worker("ann", team_ids=("T",))],
        ),
        COURT,
    ),
    "points": (
        week(
            [case(f"p{n}", "child_protection", points=Decimal(12), team_id="T") for n in range(3)],
            [worker("ann", team_ids=("T",))],
        ),
        POINTS,
    ),
    "court in one team of two": (
        week(
            [
                *(case(f"k{n}", "section_47", in_court=True, team_id="S") for n in range(2)),
                *cases(2, None, "t", team_id="T"),
            ],
            [],
        ),
        COURT,
    ),
}


@pytest.mark.parametrize("name", LIMITED)
def test_limits_that_last_are_counted_and_a_tenth_less_is_not_enough(name):
    snapshot, policy = LIMITED[name]
    found = staffing(snapshot, policy)
    tenths = {post.team_id: int(10 * post.fte) for post in found.posts}
    assert found.exact
    assert found.short_by_a_tenth > 0
    assert found.still_unmet == found.left_over == 0
    assert is_enough(snapshot, tenths, policy)
    for team_id, needed in tenths.items():
        for fewer in range(needed):
            assert not is_enough(snapshot, {**tenths, team_id: fewer}, policy)


def test_limits_are_told_as_the_proof_and_those_of_the_week_as_not_counted():
    snapshot, policy = LIMITED["families in court"]
    assert staffing(snapshot, policy).text.splitlines()[:5] == [
        (
            "With 1.3 FTE more every child has a worker and nobody holds more than 4 a full-time "
            "worker."
        ),
        "- 1.3 FTE social worker in T, for 2 children.",
        "A week costs 1,664 pounds as permanent workers and 2,340 pounds as agency workers.",
        (
            "Fewer cannot do: with a tenth of an FTE less 1 child at least has no place, as "
            "families in court and points have limits, too."
        ),
        "Counting children alone, siblings split, none would be missing.",
    ]
    waiting = week(cases(6, None, team_id="T"), [])
    one_each = Policy.layered({**SMALL_CAP.model_dump(), "limits": {"arrivals_a_week": 1}})
    assert (
        "Not counted are the limits on new families and on moves, which pass with the week: for "
        "them 4 children still have no place in this one."
    ) in staffing(waiting, one_each).text.splitlines()


def test_posts_of_teams_that_share_workers_are_each_as_small_as_they_can_be():
    shared = week(
        [
            *(case(f"k{n}", "section_47", in_court=True, team_id="S") for n in range(2)),
            *cases(6, "ann", "t", team_id="T"),
        ],
        [worker("ann", team_ids=("S", "T"))],
    )
    found = staffing(shared, COURT)
    tenths = {post.team_id: int(10 * post.fte) for post in found.posts}
    assert is_enough(shared, tenths, COURT)
    assert found.at_least <= found.fte
    for team_id, needed in tenths.items():
        assert not is_enough(shared, {**tenths, team_id: needed - 1}, COURT)


def test_the_answer_is_told_with_its_proof():
    found = staffing(WEEKS["a family that does not fit"], SMALL_CAP)
    assert found.text.splitlines()[:5] == [
        (
            "With 0.8 FTE more every child has a worker and nobody holds more than 4 a full-time "
            "worker."
        ),
        "- 0.8 FTE social worker in T, for 3 children.",
        "A week costs 1,024 pounds as permanent workers and 1,440 pounds as agency workers.",
        "Fewer cannot do: 3 places are missing at least, however the children are shared out.",
        "Counting children alone, siblings split, 1 place would be missing.",
    ]
    assert staffing(WEEKS["enough"], SMALL_CAP).text == (
        "Nobody is missing: there is room so that every child has a worker and nobody holds more "
        "than 4 a full-time worker."
    )


@pytest.mark.parametrize(
    ("rates", "told", "columns"),
    [
        (
            {"agency_per_week": "none"},
            ["A week costs 1,024 pounds as permanent workers."],
            (1024, None),
        ),
        (
            {"permanent_per_week": "none"},
            ["A week costs 1,440 pounds as agency workers."],
            (None, 1440),
        ),
        ({"agency_per_week": "none", "permanent_per_week": "none"}, [], (None, None)),
    ],
)
def test_posts_cost_what_the_policy_has_rates_for(rates, told, columns):
    policy = Policy.layered({**SMALL_CAP.model_dump(), "pay": rates})
    found = staffing(WEEKS["a family that does not fit"], policy)
    assert [line for line in found.text.splitlines() if "pounds" in line] == told
    (row,) = found.tables()["posts"].rows
    assert row[4:] == columns


def test_a_target_or_a_figure_can_be_the_limit():
    by_target = staffing(WEEKS["enough"], SMALL_CAP, per_fte="target")
    assert (by_target.per_fte, by_target.fte) == (3, Decimal("0.4"))
    assert staffing(WEEKS["enough"], SMALL_CAP, per_fte=2).fte == Decimal(1)
    own = week(
        cases(4, "ann", team_id="T"),
        [worker("ann", cap=4, team_ids=("T",))],
        teams=[team("T", target=2)],
    )
    assert staffing(own, SMALL_CAP, per_fte="target").fte == Decimal(1)


def test_what_a_personal_adviser_may_hold_is_given_to_one():
    leavers = week(
        [*cases(4, None, "v", case_type="care_leaver"), *cases(2, None, "p")],
        [worker("ann", cap=0)],
    )
    found = staffing(leavers, SMALL_CAP, roles=("social_worker", "personal_adviser"))
    assert [(post.role, post.places, post.fte) for post in found.posts] == [
        ("social_worker", 2, Decimal("0.5")),
        ("personal_adviser", 4, Decimal(1)),
    ]


def test_a_locked_child_of_an_absent_worker_is_left_over():
    stuck = week(
        [case("c1", worker_id="ann", locked=True)],
        [worker("ann"), worker("b")],
        adjustments=[cb.Adjustment(worker_id="ann", percent=100)],
    )
    found = staffing(stuck, SMALL_CAP)
    assert (found.fte, found.left_over) == (0, 1)
    assert "No post helps 1 child: locked, or nobody in a post may hold them." in found.text


def test_a_team_whose_cap_is_0_gets_no_post():
    closed = week([case("c1", "child_protection", team_id="T")], [], teams=[team("T", cap=0)])
    found = staffing(closed, SMALL_CAP)
    assert (found.posts, found.left_over, found.exact) == ((), 1, True)
    assert "No post helps 1 child: locked, or nobody in a post may hold them." in found.text


def test_a_limit_that_no_post_gets_round_takes_no_post():
    court = Policy.layered({**SMALL_CAP.model_dump(), "limits": {"court_families": 0}})
    found = staffing(week([case("k", "child_protection", in_court=True)], []), court)
    assert (found.fte, found.left_over, found.still_unmet, found.exact) == (0, 1, 0, True)
    assert "No post helps 1 child" in found.text


def test_whom_the_posts_leave_out_is_said_first():
    court = Policy.layered({**SMALL_CAP.model_dump(), "limits": {"court_families": 0}})
    rows = [case("k", "child_protection", in_court=True), case("p", "child_protection")]
    found = staffing(week(rows, []), court)
    assert found.still_unmet == 1
    assert not found.exact
    first, post, _, rest = found.text.splitlines()[:4]
    assert first.endswith(", but for 1 child.")
    assert post.endswith("by the cap alone.")
    assert rest.endswith("Whether fewer FTE would do as well is not proven.")


def test_the_posts_found_are_edits_that_bring_everybody_under():
    snapshot = cb.datasets.infeasible(8, seed=2, too_many=3, teams=2).snapshot
    found = staffing(snapshot)
    assert found.exact
    assert found.fte > 0
    thing = without_limits(Week.of(snapshot, None))
    for edit in found.edits:
        thing = edit.apply(thing)
    plan = cb.allocate(thing.snapshot, thing.policy, time_limit=10)
    assert plan.ok


@pytest.mark.parametrize(("budget", "fte"), [(None, Decimal("0.6")), (2, Decimal("0.5"))])
def test_posts_that_a_budget_of_moves_connects_are_bounded_together(budget, fte):
    # One child each for two posts that share nobody, 4 children full time.
    arrays = build_arrays(
        unit=[0, 1],
        worker=[0, 1],
        use=[1, 1],
        cost=[0, 0],
        limit=[4, 4],
        wait_cost=[1, 1],
        arc_budget=[1, 1],
        budget=budget,
    )
    assert least_fte(arrays, {0: (1, Fraction(4)), 1: (1, Fraction(4))}) == fte
