"""What differs between two plans: counted row by row, and word for word."""

import pytest

import caseload_balancer as cb
from caseload_balancer.insight.amounts import by_tier
from tests.checker.small_weeks import case, cases, team, week, worker
from tests.figures import with_figures
from tests.insight.pages import shown
from tests.insight.small_offices import over_the_cap


def test_a_comparison_tells_children_workers_and_goals():
    snapshot = over_the_cap()
    plan = cb.allocate(snapshot, with_figures())
    (move,) = plan.moves
    other = cb.reallocate(snapshot, plan, cb.Overrides().reject(move.case_id))
    found = cb.compare(plan, other)
    assert str(found).splitlines()[0].startswith("The plans differ on ")
    assert {row.case_id for row in found.children} == {
        case_id
        for case_id, worker_id in plan.allocation.items()
        if other.allocation[case_id] != worker_id
    }
    gaps = {row.goal: row.difference for row in found.goals}
    tiers = [b.value - a.value for a, b in zip(plan.tiers, other.tiers, strict=True)]
    assert list(by_tier(gaps, plan.policy)) == tiers
    for row in found.workers:
        assert row.b_children - row.a_children == len(row.only_b) - len(row.only_a)
    assert str(cb.compare(plan, plan)).splitlines() == [
        "The plans agree on all 5 children",
        (
            "First / second plan: 1 / 1 children change worker, 0 / 0 wait; heaviest load 14 % / "
            "14 %."
        ),
        "Every goal has the same value.",
    ]


def test_a_comparison_word_for_word():
    snapshot = over_the_cap()
    plan = cb.allocate(snapshot, with_figures())
    overrides = cb.Overrides().reject("c2", reason="PCCHAN").pick("b0", "cat")
    other = cb.reallocate(snapshot, plan, overrides)
    assert str(cb.compare(plan, other)).splitlines() == [
        "The plans differ on 2 of 5 children",
        (
            "Only the second plan keeps to these decisions: c2 not with cat (rejected, PCCHAN) and "
            "b0 with cat (picked)."
        ),
        "First / second plan: 1 / 2 children change worker, 0 / 0 wait; heaviest load 14 % / 14 %.",
        "Children with a different worker (first / second plan): b0: ben / cat; c2: cat / ben.",
        (
            "2 workers' caseloads differ (first / second plan): ben: 1 / 1 child, 5 % / 5 %; cat: "
            "1 / 1 child, 5 % / 5 %."
        ),
        (
            "The second plan compared with the first: 18.00 cost points more (change of worker "
            "+10.00, a worker the child does not know +8.00)."
        ),
    ]
    assert shown("compare", cb.compare(plan, other))
    evener = with_figures(name="evener", imbalance={"gap_worth": 200})
    assert str(cb.compare(plan, cb.allocate(snapshot, evener))).splitlines() == [
        "The plans differ on 1 of 5 children",
        "The policies differ (custom and evener): each goal is valued by its own plan's policy.",
        "First / second plan: 1 / 2 children change worker, 0 / 0 wait; heaviest load 14 % / 9 %.",
        "Children with a different worker (first / second plan): c1: ann / ben.",
        (
            "2 workers' caseloads differ (first / second plan): ann: 3 / 2 children, 14 % / 9 %; "
            "ben: 1 / 2 children, 5 % / 9 %."
        ),
        (
            "The second plan compared with the first: change of worker +10.00, a worker the child "
            "does not know +8.00, uneven loads +157.17."
        ),
    ]


def test_a_comparison_of_other_weeks_and_policies_says_so():
    plan = cb.allocate(over_the_cap())
    other = cb.allocate(week(cases(1, None), [worker("ann")]), "least-moves")
    notes = " ".join(cb.compare(plan, other).notes)
    assert "different tables of the same week" in notes
    assert "The policies differ (steady and least-moves)" in notes
    lost = {row.case_id: row for row in cb.compare(plan, other).children}["b0"]
    assert (lost.b_worker_id, lost.b_change) == (None, None)


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_a_comparison_comes_as_frames_and_a_page(backend):
    snapshot = week([case("a&b")], [worker("ann"), worker("w'x")])
    plan = cb.allocate(snapshot, with_figures())
    other = cb.reallocate(snapshot, plan, cb.Overrides().reject("a&b"))
    found = cb.compare(plan, other)
    assert len(found.to_frames(backend)["children"]) == 1
    assert len(cb.compare(plan, plan).to_frames(backend)["children"]) == 0
    assert "a&amp;b" in found._repr_html_()


def test_teams_are_told_side_by_side():
    snapshot = week(
        [*cases(3, "ann", "a"), *cases(1, "ben", "b")],
        [worker("ann", team_ids=("t",), cap=2), worker("ben", team_ids=("t", "u"))],
        teams=[team("t"), team("u")],
    )
    plan = cb.allocate(snapshot, with_figures())
    stays = cb.reallocate(snapshot, plan, cb.Overrides().lock(plan.moves[0].case_id))
    found = cb.compare(plan, stays)
    rows = {(row.level, row.team_id): row for row in found.teams}
    assert list(rows) == [("service", None), ("team", "t")]
    row = rows[("team", "t")]
    assert (row.a_children, row.b_children, row.a_moved) == (4, 4, 1)
    other = cb.allocate(week(cases(2, "zoe", "z"), [worker("zoe", team_ids=("v",))]))
    gone = {row.team_id: row for row in cb.compare(plan, other).teams}
    assert (gone["t"].a_children, gone["t"].b_children, gone["t"].b_percent) == (4, 0, None)
    assert (gone["v"].a_children, gone["v"].b_children) == (0, 2)


def the_next_week(*, carried_out=True):
    """A plan, and the tables a week later: one child gone, one new, one worker gone, one new."""
    snapshot = week(
        [*cases(4, "ann"), *cases(2, "ben", "b")],
        [worker("ann", cap=3), worker("ben"), worker("dan"), worker("zoe", cap=0)],
    )
    plan = cb.allocate(snapshot, with_figures())
    later = snapshot.after(plan if carried_out else {})
    later = later.without_cases(["b0"]).without_workers(["zoe"])
    later = later.with_cases(case("new", worker_id="ben", family_id="f"))
    return snapshot, plan, later.with_workers([worker("eva", cap=0), worker("ben", cap=20)])


def test_of_a_quiet_week_nobody_is_said_to_differ():
    snapshot, plan, _ = the_next_week()
    assert len(plan.moves) == 1
    later = cb.allocate(snapshot.after(plan), with_figures())
    found = cb.compare(plan, later)
    assert found.title == "The plans agree on all 6 children who are in both weeks"
    assert (found.children, found.week) == ((), ())


def test_what_changed_in_the_week_is_told_from_what_the_plan_changes():
    _, plan, later = the_next_week()
    found = cb.compare(plan, cb.allocate(later, with_figures()))
    assert str(found).splitlines()[:4] == [
        "The plans agree on all 5 children who are in both weeks",
        "The weeks differ: 2026-03-02 and 2026-03-09.",
        "In the week 1 child's case closed, 1 child came, 1 worker left and 1 worker started.",
        "Facts of 1 worker changed: ben: cap 25 to 20.",
    ]
    assert {(row.case_id, row.cause) for row in found.children} == {
        ("b0", "closed"),
        ("new", "referred"),
    }
    back = cb.compare(cb.allocate(later, with_figures()), plan)
    assert {(row.case_id, row.cause) for row in back.children} == {
        ("b0", "referred"),
        ("new", "closed"),
    }


def test_a_move_that_was_not_carried_out_is_of_the_week_and_one_more_of_the_plan():
    _, plan, later = the_next_week(carried_out=False)
    (move,) = plan.moves
    found = cb.compare(plan, cb.allocate(later, with_figures()))
    said = f"1 change was not carried out: {move.case_id}: {move.to_worker_id} planned, ann has it."
    assert said in str(found).splitlines()
    rows = {row.id: row for row in found.week if row.about == "child"}
    assert rows[move.case_id].what == "not carried out"
    elsewhere = later.with_cases(case("c9", worker_id="ben"))
    moved = elsewhere.with_cases(
        elsewhere.case_by_id["c3"].model_copy(update={"worker_id": "ben", "family_id": "g"})
    )
    told = cb.compare(plan, cb.allocate(moved, with_figures()))
    kinds = {(row.id, row.what, row.fact) for row in told.week if row.about == "child"}
    assert ("c3", "changed", "family") in kinds
    assert {what for child, what, _ in kinds if child == "c3"} & {"not as planned", "changed"}


def test_who_waits_on_a_duty_desk_has_not_changed_worker():
    snapshot = week([*cases(1, "desk")], [worker("desk", holds_cases=False), worker("ann", cap=0)])
    plan = cb.allocate(snapshot, with_figures())
    assert plan.allocation == {"c0": None}
    later = snapshot.model_copy(update={"as_of": "2026-03-09"})
    found = cb.compare(plan, cb.allocate(later, with_figures()))
    assert (found.children, found.week) == ((), ())
