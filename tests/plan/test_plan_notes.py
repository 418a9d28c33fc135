"""A plan says what of the input had no effect, was left out or was assumed."""

import caseload_balancer as cb
from caseload_balancer.policy import Policy
from tests.checker.small_weeks import away, case, cases, day, team, week, worker
from tests.plan.planning import planned


def without_history(plan):
    return [note for note in plan.notes if not note.startswith("Spells are missing")]


def test_rows_of_people_who_left_leave_the_plan_as_it_is():
    plain = week([case("c1", worker_id="a"), case("c2")], [worker("a"), worker("b")])
    named = week(
        [
            case("c1", worker_id="a", excluded_worker_ids=("gone",)),
            case("c2", excluded_worker_ids=("gone",)),
        ],
        [worker("a"), worker("b")],
        adjustments=[away("bus1", 100)],
    )
    plan = planned(named, {"c2": "b"})
    assert plan.allocation == planned(plain, {"c2": "b"}).allocation
    assert plan.tiers == planned(plain, {"c2": "b"}).tiers
    assert plan.notes[:2] == (
        "adjustments: worker_id 'bus1' is not in workers, so it has no effect.",
        "cases: excluded_worker_ids 'gone' is not in workers (2 rows), so it has no effect.",
    )


def test_many_alike_are_counted():
    rows = [away(f"gone{number}") for number in range(5)]
    notes = planned(week([case("c1", worker_id="a")], [worker("a")], adjustments=rows)).notes
    assert "... and 2 more of this kind in adjustments." in notes


def test_a_case_of_a_team_that_is_nowhere_can_be_given_to_anybody():
    snapshot = week(
        [case("c1", team_id="old")], [worker("a", team_ids=("t1",))], teams=[team("t1")]
    )
    policy = Policy.layered({"eligibility": {"scope": "team"}})
    plan = cb.allocate(snapshot, policy)
    assert plan.allocation == {"c1": "a"}
    assert "is taken as of no team" in plan.notes[0]


def test_closed_children_fill_no_places():
    closed = [case(f"x{number}", worker_id="a", closed_on=day(-7)) for number in range(25)]
    plan = planned(week([*closed, case("new")], [worker("a")]), {"new": "a"})
    assert [row.after.children for row in plan.workers] == [1]
    assert plan.notes[0] == "25 cases are closed and left out."


def test_a_repeated_absence_halves_once():
    half = away("a", 50)
    plan = planned(week(cases(2, "a"), [worker("a")], adjustments=[half, half]))
    assert [row.cap for row in plan.workers] == [12]
    assert plan.notes[0].startswith("adjustments: 1 row repeats an earlier row")


MANAGED = [worker("m", role="manager"), worker("a")]
ASSUMED = (
    "workers: m is a manager and is taken to hold no cases; write yes in holds_cases if they do."
)


def test_a_manager_is_nobody_and_is_given_nothing():
    snapshot = week([case("c1", worker_id="m"), case("c2")], MANAGED)
    plan = cb.allocate(snapshot)
    assert "m" not in plan.allocation.values()
    assert [row.worker_id for row in plan.workers if row.can_hold] == ["a"]
    assert without_history(plan)[:2] == [
        ASSUMED,
        "1 child stood with a manager, a duty desk or a bucket (m) and counted as waiting.",
    ]
    willing = week([case("c1", worker_id="m")], [worker("m", role="manager", holds_cases=True)])
    assert cb.allocate(willing).allocation == {"c1": "m"}
