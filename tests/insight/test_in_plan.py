"""What a plan leaves unmet is told by `shortage` and `staffing` in the plan's own words."""

import caseload_balancer as cb
from tests.checker.small_weeks import case, cases, team, week, worker


def test_shortage_and_staffing_name_the_exception_of_the_plan():
    rows = [*cases(25, "a"), *cases(25, "b", "b"), case("x", "section_47")]
    snapshot = week(rows, [worker("a"), worker("b")])
    plan = cb.allocate(snapshot)
    (waits,) = plan.waiting
    told = f"x: {waits.exception}"
    assert "could take it if a manager agrees" in told
    for found in (cb.shortage(snapshot), cb.staffing(snapshot)):
        assert told in found.text
        assert found.in_plan.exceptions == (told,)
        assert "is counted otherwise" not in found.text
        assert found.in_plan.shortage_fte == plan.shortage_fte


def test_a_child_who_has_a_place_farther_away_is_no_shortage_in_the_plan():
    found = cb.shortage(
        week(
            [*cases(25, "a", team_id="T1"), case("x", "section_47", team_id="T1")],
            [worker("a", team_ids=("T1",)), worker("b", team_ids=("T2",))],
            teams=[team("T1"), team("T2")],
        )
    )
    assert found.text.splitlines()[-3:] == [
        (
            "In the plan for this week limits give way to children who may not wait: 1 child goes "
            "farther away than the scope."
        ),
        "In that plan nobody is over a cap, or without a worker though they may not wait.",
        (
            "The plan names a shortage of 0 FTE, which is counted otherwise: only children who "
            "may not wait and have no worker this week, or are over a cap, once limits have given "
            "way to them, and all their teams together."
        ),
    ]
