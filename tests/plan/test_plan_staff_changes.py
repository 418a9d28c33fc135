"""Who leaves, goes away, starts or comes back in the weeks ahead, and whom that touches."""

from caseload_balancer.plan.drift import Drift, write_drift
from tests.checker.small_weeks import away, cases, day, steady, week, worker
from tests.plan.planning import planned

POLICY = steady()


def at_the_start(snapshot):
    return Drift.at_the_start(snapshot, POLICY)


def events(found):
    return [(row.worker_id, row.event, row.days, row.children) for row in found.staff_changes]


def test_who_comes_and_goes_within_eight_weeks():
    rows = [*cases(2, "leaver", "a"), *cases(3, "away", "b"), *cases(1, "back", "c")]
    workers = [
        worker("leaver", leaves_on=day(56)),
        worker("later", leaves_on=day(57)),
        worker("gone", leaves_on=day(-1)),
        worker("starter", available_from=day(7)),
        worker("away"),
        worker("back"),
        worker("flu"),
        worker("desk", leaves_on=day(3), holds_cases=False),
    ]
    adjustments = [
        away("away", since=day(10), until=day(16)),
        away("away", since=day(17), until=day(40)),  # touches the row before: one absence
        away("back", since=day(-60), until=day(4)),
        away("flu", since=day(2), until=day(6)),
        away("leaver", percent=50, since=day(2)),
    ]
    found = at_the_start(week(rows, workers, adjustments=adjustments))
    assert events(found) == [
        ("back", "comes back", 5, 1),
        ("starter", "starts", 7, 0),
        ("away", "goes away", 10, 3),
        ("away", "comes back", 41, 3),
        ("leaver", "leaves", 56, 2),
    ]
    service = found.teams[0]
    assert (service.leaving, service.going_away, service.starting, service.coming_back) == (
        1,
        1,
        1,
        2,
    )
    assert service.children_touched == 5
    assert (
        "Within 8 weeks 1 worker leaves, 1 goes away for long, 1 starts and 2 come back; 5 "
        "children are with somebody who goes."
    ) in write_drift(found, POLICY)


def test_the_plan_counts_the_children_it_leaves_with_a_leaver():
    rows = cases(3, "w")
    workers = [worker("w", leaves_on=day(30)), worker("v")]
    plan = planned(week(rows, workers), {"c0": "v"})
    assert events(plan) == [("w", "leaves", 30, 2)]
    assert "Within 8 weeks 1 worker leaves; 2 children are with somebody who leaves." in (
        plan.summary
    )


def test_an_absence_after_the_last_day_is_nobodys():
    workers = [worker("w", leaves_on=day(20))]
    rows = [away("w", since=day(10), until=day(30)), away("w", since=day(40))]
    assert events(at_the_start(week([], workers, adjustments=rows))) == [
        ("w", "goes away", 10, 0),
        ("w", "leaves", 20, 0),
    ]


def test_absences_without_an_end_or_a_beginning():
    workers = [worker("w"), worker("v")]
    rows = [away("w", since=day(9)), away("w", since=day(20), until=day(30)), away("v")]
    assert events(at_the_start(week([], workers, adjustments=rows))) == [("w", "goes away", 9, 0)]
