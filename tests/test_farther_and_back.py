"""A child who may not wait goes farther away, and comes back once: Monday after Monday."""

import pytest

from caseload_balancer import allocate
from tests.checker.small_weeks import case, cases, team, week, worker

TEAMS = [team("t1", parent_id="l"), team("t2", parent_id="l"), team("l")]
PEOPLE = [worker("a", team_ids=("t1",)), worker("b", team_ids=("t2",))]


def first_week(kind):
    rows = [*cases(25, "a", "a", team_id="t1"), case("x", kind, team_id="t1")]
    return week(rows, PEOPLE, teams=TEAMS)


def of_x(plan):
    (row,) = [row for row in plan.cases if row.case_id == "x"]
    return row.worker_id, row.change, row.reason


def states(plan):
    return [(row.case_id, row.state) for row in plan.transfers]


def test_a_child_who_went_farther_comes_back_once_as_a_transfer():
    monday = first_week("child_protection")
    plan = allocate(monday)
    assert of_x(plan) == (
        "b",
        "new",
        "New with b (0 % load before), of another team, as the child may not wait.",
    )
    monday = monday.after(plan)
    plan = allocate(monday)
    assert of_x(plan) == (
        "b",
        "kept",
        (
            "Stays with b: due to move to team t1; the only worker who may take this child "
            "protection case has reached the cap."
        ),
    )
    assert states(plan) == [("x", "due")]
    monday = monday.after(plan).without_cases(["a0"])
    plan = allocate(monday)
    assert of_x(plan)[:2] == ("a", "transferred")
    assert (plan.changes["moved"], plan.changes["forced"]) == (0, 0)
    monday = monday.after(plan)
    for _ in range(2):
        plan = allocate(monday)
        assert (of_x(plan), states(plan)) == (("a", "kept", "Stays with a."), [])
        monday = monday.after(plan)


@pytest.mark.parametrize("kind", ["child_protection", "looked_after"])
def test_the_place_that_comes_free_is_for_a_new_child_before_one_who_has_a_worker(kind):
    monday = first_week(kind)
    monday = monday.after(allocate(monday)).without_cases(["a0"])
    plan = allocate(monday.with_cases([case("y", kind, team_id="t1")]))
    assert plan.allocation["x"] == "b"
    assert plan.allocation["y"] == "a"
    assert states(plan) == [("x", "due")]


def test_an_enquiry_stays_with_its_worker_though_there_is_room_at_home():
    monday = first_week("section_47")
    monday = monday.after(allocate(monday)).without_cases(["a0", "a1"])
    plan = allocate(monday)
    assert of_x(plan) == (
        "b",
        "kept",
        "Stays with b: x is a section 47 case, which stays with its worker while it is open.",
    )
    assert states(plan) == [("x", "blocked")]
