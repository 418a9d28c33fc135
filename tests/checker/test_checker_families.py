"""Brothers and sisters with one worker move as one, and should be with one worker."""

from tests.checker.small_weeks import broken, case, checked, value, week, worker

TEAM = [worker("ann"), worker("ben"), worker("cat")]
APART = 6_000
"""What each worker beyond the first costs in `fit`: 60 cost points, in hundredths."""


def siblings(*holders, **columns):
    return [
        case(f"c{number}", worker_id=holder, family_id="f", **columns)
        for number, holder in enumerate(holders, start=1)
    ]


def test_siblings_of_one_worker_move_together_or_not_at_all():
    snapshot = week(siblings("ann", "ann"), TEAM)
    assert broken(snapshot) == []
    assert broken(snapshot, {"c1": "ben", "c2": "ben"}) == []
    report = checked(snapshot, {"c1": "ben"})
    assert [(v.rule, v.case_ids, v.family_id, v.amount) for v in report.violations] == [
        ("families", ("c1", "c2"), "f", 1)
    ]


def test_waiting_siblings_are_not_torn_apart_either():
    snapshot = week(siblings(None, None, None), TEAM)
    assert broken(snapshot, dict.fromkeys(("c1", "c2", "c3"), "ann")) == []
    assert broken(snapshot, {"c1": "ann", "c2": "ann"}) == ["families"]
    torn = checked(snapshot, {"c1": "ann", "c2": "ben"}).violations
    assert [(v.rule, v.amount) for v in torn] == [("families", 2)]  # three places for one unit
    assert "c1, c2, c3 were waiting" in torn[0].sentence


def test_a_child_who_may_separate_goes_alone():
    rows = [
        case("c1", worker_id="ann", family_id="f"),
        case("c2", worker_id="ann", family_id="f", may_separate=True),
    ]
    report = checked(week(rows, TEAM), {"c2": "ben"})
    assert report.ok
    assert report.goal_values["fit"] == 0


def test_a_family_split_at_the_start_may_stay_split_and_is_named():
    snapshot = week(siblings("ann", "ben"), TEAM)
    report = checked(snapshot)
    assert report.ok
    assert [(b.rule, b.family_id, b.case_ids, b.amount) for b in report.breaches] == [
        ("families", "f", ("c1", "c2"), 1)
    ]
    assert report.breaches[0].sentence == "family f is spread over 2 workers: ann, ben"
    assert report.goal_values["standing_breaches"] == 0
    assert report.goal_values["fit"] == APART


def test_a_split_family_is_mended_by_either_part():
    snapshot = week(siblings("ann", "ben"), TEAM)
    for changes in ({"c1": "ben"}, {"c2": "ann"}, {"c1": "cat", "c2": "cat"}):
        report = checked(snapshot, changes)
        assert report.ok
        assert report.breaches == ()
        assert report.goal_values["fit"] == 0


def test_three_workers_are_two_beyond_the_first_and_waiting_is_no_worker():
    assert value("fit", week(siblings("ann", "ben", "cat"), TEAM)) == 2 * APART
    assert value("fit", week(siblings("ann", "ben", None), TEAM)) == APART
    assert checked(week(siblings("ann", None), TEAM)).breaches == ()
    assert value("fit", week(siblings("ann", None), TEAM)) == 0
    assert value("fit", week(siblings(None, None), TEAM)) == 0


def test_a_bucket_is_nobody_so_its_siblings_wait_as_one_unit():
    duty = worker("duty", holds_cases=False)
    snapshot = week(siblings("duty", None), [*TEAM, duty])
    assert broken(snapshot, {"c1": "ann", "c2": "ann"}) == []
    assert broken(snapshot, {"c1": "ann", "c2": None}) == ["families"]
