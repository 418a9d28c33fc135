"""What a frontier says, and that each point is a plan."""

import pytest

import caseload_balancer as cb
from caseload_balancer.insight.frontier.question import frontier
from caseload_balancer.kernels import CellProgress
from tests.figures import with_figures
from tests.insight.small_teams import case, week_of, worker

FREE = cb.Policy.layered({"limits": {"arrivals_a_week": "none"}}, name="steady")


@pytest.fixture(scope="module")
def uneven():
    """One worker with nine children and a cap of eight, and one with one child."""
    cases = [*(case(number, "W1") for number in range(9)), case(9, "W2")]
    return week_of(cases, [worker("W1", cap=8), worker("W2")])


@pytest.fixture(scope="module")
def found(uneven):
    return frontier(uneven, FREE, step=0)


def test_each_step_is_told_in_words(found):
    assert found.title == "Moves and loads (steady): 5 plans, from 0 to 4 avoidable moves"
    assert found.text.splitlines() == [
        "With no avoidable move, 1 child is over cap and loads range from 5 % to 42 %.",
        (
            "1 more move (1 in all) takes children over cap from 1 to 0, the heaviest load "
            "from 42 % to 38 % and the lightest load from 5 % to 9 %."
        ),
        (
            "1 more move (2 in all) takes the heaviest load from 38 % to 33 % and the lightest "
            "load from 9 % to 14 %."
        ),
        (
            "1 more move (3 in all) takes the heaviest load from 33 % to 28 % and the lightest "
            "load from 14 % to 19 %."
        ),
        (
            "1 more move (4 in all) takes the heaviest load from 28 % to 24 % and the lightest "
            "load from 19 % to 24 %."
        ),
        "The knee is at 2 moves: moves beyond it bring less.",
        "Proven: no plan is better than these at any number of moves, and none is missing.",
    ]


def test_a_point_is_a_plan_with_its_moves(found):
    for point in found:
        assert sum(not move.forced for move in point.plan.moves) == point.moves
        assert point.plan.policy.limits.move_budget == point.moves
        assert max(row.after.percent for row in point.plan.workers) == point.heaviest_load
        assert point.plan.status == "optimal"


def test_the_best_within_a_number_of_moves(found):
    assert found.within(3) is found[3]
    assert found.within(50) is found[-1]
    with pytest.raises(ValueError, match="-1"):
        found.within(-1)


def test_a_point_can_be_planned_again_from_its_policy(uneven, found):
    plan = found[2].plan
    assert cb.allocate(uneven, plan.policy).tiers == plan.tiers


def test_small_gains_are_not_told_apart(uneven):
    few = frontier(uneven, with_figures(), step=0.3)
    assert few.complete
    assert [point.moves for point in few] == [0, 1, 2, 3]
    assert "worth less than 0.3 ordinary moves count as none" in few.text


def test_the_policys_move_budget_is_the_most_looked_at(uneven):
    policy = cb.Policy.layered({"limits": {"move_budget": 2}})
    assert [point.moves for point in frontier(uneven, policy, step=0)] == [0, 1, 2]


def test_a_week_that_is_even_has_one_point():
    even = week_of([case(0, "W1"), case(1, "W2")], [worker("W1"), worker("W2")])
    found = frontier(even)
    assert found.title.endswith("no avoidable move brings anything")
    assert len(found) == 1
    assert found.knee is None


def test_as_frames_and_in_a_notebook(found):
    frame = found.to_frames("pandas")["frontier"]
    assert frame["moves"].tolist() == [0, 1, 2, 3, 4]
    assert frame["proven"].all()
    assert frame["knee"].tolist() == [False, False, True, False, False]
    page = found._repr_html_()
    assert "heaviest load" in page
    assert "The knee is at 2 moves" in page


def test_when_stopped_at_once_there_is_still_a_point_and_it_is_not_called_proven(uneven):
    found = frontier(uneven, stop=lambda: True)
    assert found.interrupted
    assert not found.complete
    assert [point.moves for point in found] == [0]
    assert "Proven" not in found.text
    assert "The search was stopped: these are the points found by then." in found.text
    assert found[0].plan.status != "optimal"


def test_a_notebook_says_under_its_cell_how_far_the_search_is(uneven, monkeypatch):
    lines = []

    class Shown(CellProgress):
        def _show(self, line):
            lines.append(line)

    monkeypatch.setattr("caseload_balancer.kernels._PATIENCE_SECONDS", 0.0)
    monkeypatch.setattr("caseload_balancer.insight.frontier.question.in_kernel", lambda: True)
    monkeypatch.setattr("caseload_balancer.insight.frontier.question.CellProgress", Shown)
    frontier(uneven, FREE, step=0, handle_signals=False)
    assert lines == []
    frontier(uneven, FREE, step=0)
    assert lines
    assert all(line.startswith("Searching: ") for line in lines)
    assert "numbers of moves tried" in lines[-1]


def test_teams_apart_are_put_together_exactly():
    """Two teams that share nobody: the same points as when one team's budget is tried by hand."""
    cases = [
        *(case(number, "A1", team_id="A") for number in range(5)),
        *(
            case(10 + number, "B1", team_id="B", case_type="child_protection")
            for number in range(3)
        ),
    ]
    people = [worker(f"{team}{n}", team_ids=(team,)) for team in "AB" for n in (1, 2)]
    week = week_of(cases, people, teams=("A", "B"))
    found = frontier(week, step=0)
    alone = cb.Policy.layered({"limits": {"move_budget": 1}})
    assert found.complete
    assert [point.moves for point in found] == [0, 1, 2, 3]
    assert found[1].imbalance == frontier(week, alone, step=0)[-1].imbalance
    moved = [{move.case_id[:2] for move in point.plan.moves} for point in found]
    assert moved[1] == {"C1"}


def test_a_negative_step_is_refused(uneven):
    with pytest.raises(ValueError, match="step"):
        frontier(uneven, step=-1)
