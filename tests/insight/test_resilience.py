"""Resilience against leaving by hand: who leaves, and what follows."""

import caseload_balancer as cb
from caseload_balancer.insight import edits
from caseload_balancer.insight.resilience.question import resilience
from caseload_balancer.insight.weeks import Week
from tests.checker.small_weeks import case, cases, day, team, week, worker

TRIO = week(
    [
        *cases(2, "ann", "a", case_type="child_protection"),
        *cases(2, "ben", "b"),
        case("k1", "section_47", worker_id="cat", excluded_worker_ids=("ann", "ben")),
    ],
    [worker("ann", cap=3), worker("ben", role="asye"), worker("cat")],
)


def test_each_worker_leaves_in_turn_and_the_worst_is_told_first():
    found = resilience(TRIO)
    assert found.text.splitlines() == [
        "With everybody here 0 children change worker, 0 wait, nobody is over a cap.",
        (
            "If cat leaves (1 child): nobody else may hold k1, 0 children change worker, as many "
            "as with everybody here, 1 waits though it may not, nobody is over a cap."
        ),
        (
            "If ann leaves (2 children): 2 children change worker, 2 more than with everybody "
            "here, 0 wait, nobody is over a cap."
        ),
        (
            "If ben leaves (2 children): 2 children change worker, 2 more than with everybody "
            "here, 0 wait, nobody is over a cap."
        ),
    ]
    for row in found.departures:
        gone = edits.Leaves(worker_id=row.worker_id).apply(Week.of(TRIO, None))
        assert row.outcome.plan.allocation == cb.allocate(gone.snapshot).allocation
    assert [row.worker_id for row in resilience(TRIO, worker_ids=["ben"]).departures] == ["ben"]


def test_a_starter_who_does_not_come_is_asked_about_like_everybody():
    coming = worker("sam", available_from=day(14))
    found = resilience(week(cases(2, "ann"), [worker("ann"), worker("ben"), coming]))
    assert {row.worker_id for row in found.departures} == {"ann", "ben", "sam"}


def test_departures_as_a_frame():
    frame = resilience(TRIO).to_frames("pandas")["departures"]
    assert frame["worker_id"].tolist() == ["cat", "ann", "ben"]
    assert frame["nobody_else"].tolist() == ["k1", "", ""]
    assert frame["must_not_wait"].tolist() == [1, 0, 0]


def test_teams_localities_and_the_service_have_a_row():
    people = [
        worker("ann", cap=3, team_ids=("t1",)),
        worker("ben", team_ids=("t1",)),
        worker("cat", team_ids=("t2", "t1")),
        worker("dan"),
    ]
    rows = [*cases(2, "ann", "a"), *cases(3, "ben", "b"), case("k", worker_id="cat")]
    found = resilience(
        week(rows, people, teams=[team("l"), *(team(t, parent_id="l") for t in ("t1", "t2"))])
    )
    assert [(row.level, row.team_id, row.workers, row.held) for row in found.places] == [
        ("service", None, 4, 6),
        ("locality", "l", 3, 6),
        ("team", "t1", 2, 5),
        ("team", "t2", 1, 1),
        ("team", None, 1, 0),
    ]
    worst = found.departures[0]
    assert found.places[0].worst_worker_id == worst.worker_id
    assert found.places[0].waiting == max(row.outcome.waiting for row in found.departures)
    assert (
        "In team t2: 1 worker with 1 child; the worst is that cat leaves."
        in found.text.splitlines()
    )
    assert found.to_frames("pandas")["teams"]["held"].tolist() == [6, 6, 5, 1, 0]
    assert "In team" not in resilience(TRIO).text
