"""The benchmark over the weeks: runs of every seed together, summed and written."""

import csv
from datetime import timedelta

from benchmarks.foreseen import ForeseenEvents
from benchmarks.unavoidable import Watching, count_unavoidable
from benchmarks.weeks import NOBODY_BRINGS_WORKERS, Service, simulate_weeks, sums_table, write_runs
from caseload_balancer import Spell, datasets
from caseload_balancer.simulation import DrawnEvents, Monday, Rates
from tests.simulation.small_courses import MONDAY, STEADY, case, week_of, worker


def test_seeds_are_courses_of_one_answer(tmp_path):
    told = []
    service = Service(workers=4, children=40, mondays=2, seeds=2)
    found = simulate_weeks(service, (), ("list", "ranking"), time_limit=1, jobs=1, say=told.append)
    assert told == ["seed 0: done", "seed 1: done"]
    assert [(run.practice, run.replication) for run in found.runs] == [
        ("list", 0),
        ("ranking", 0),
        ("list", 1),
        ("ranking", 1),
    ]
    lines = sums_table(found).splitlines()
    assert [line.split(" | ")[0] for line in lines[2:]] == ["| list", "| ranking"]
    forced = sum(week.forced for run in found.runs_of("list") for week in run.weeks)
    assert lines[2].split(" | ")[3] == str(forced)
    write_runs(found, tmp_path / "new" / "runs.csv")
    with (tmp_path / "new" / "runs.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 4


def a_child(number, *recent, holder=None, case_type="child_in_need"):
    """A case and its spells: workers who had it for a month each, the last of them first."""
    case_id = f"C{number}"
    child = case(case_id, holder, case_type=case_type)
    ends = [MONDAY - timedelta(days=1 + 30 * past) for past in range(len(recent))]
    spells = [
        Spell(case_id=case_id, worker_id=before, starts_on=end - timedelta(days=29), ends_on=end)
        for before, end in zip(recent, ends, strict=True)
    ]
    return child, spells


def test_a_third_worker_cannot_be_avoided_where_both_before_are_gone():
    at_work = worker("W1")
    leaving = worker("W2", leaves_on=MONDAY + timedelta(days=3))
    children = [
        a_child(1, "GONE1", "GONE2"),
        a_child(2, "GONE1", "GONE2", case_type="child_protection"),
        a_child(3, "GONE1", "W1"),  # W1 may be full: that is for a practice to mend
        a_child(4, "GONE1"),
        a_child(5, "GONE1", "W2"),  # still here
        a_child(6, "GONE1", holder="W1"),
    ]
    snapshot = week_of(
        [child for child, _ in children],
        [at_work, leaving],
        spells=tuple(spell for _, spells in children for spell in spells),
    )
    watching = Watching()
    watching.allocate(Monday(snapshot, STEADY))
    assert watching.found == {"C1": False, "C2": True}
    assert watching.at_the_end == {"C1", "C2"}
    gone = worker("W1", leaves_on=MONDAY - timedelta(days=1))
    later = snapshot.model_copy(update={"workers": (gone, leaving)})
    watching.allocate(Monday(later, STEADY))
    assert set(watching.found) == {"C1", "C2"}, "C3 could have gone to W1 in time"


def test_no_practice_falls_short_of_what_nobody_can_avoid():
    service = Service(workers=6, children=80, mondays=12, seeds=2)
    floor = count_unavoidable(service)
    found = simulate_weeks(
        service, (), ("list", "ranking"), time_limit=1, jobs=1, say=lambda _line: None
    )
    for name in found.practices:
        runs = found.runs_of(name)
        assert sum(run.three_at_the_end for run in runs) >= floor.three_at_the_end > 0
        assert sum(week.third_workers for run in runs for week in run.weeks) >= 1
    assert floor.third_workers == 1


def test_foreseen_weeks_are_the_same_weeks_with_their_ends_told():
    drawn = DrawnEvents(Rates.read(NOBODY_BRINGS_WORKERS), seed=3)
    team = datasets.service(8, 100, seed=3, teams=1, localities=1)
    foreseen = ForeseenEvents(drawn, team)
    first = foreseen.first_monday(weeks=26, replication=0)
    as_told = drawn.weeks(team, weeks=26, replication=0)
    as_foreseen = foreseen.weeks(first, weeks=26, replication=0)
    ends = {one.worker_id: one.leaves_on for week in as_told for one in week.workers}
    told_later = [one.worker_id for one in team.workers if ends.get(one.worker_id, one.leaves_on)]
    assert len(told_later) > sum(one.leaves_on is not None for one in team.workers)
    for monday, known in ((first, team), *zip(as_foreseen, as_told, strict=True)):
        assert [one.worker_id for one in monday.workers] == [one.worker_id for one in known.workers]
        for one in monday.workers:
            assert one.leaves_on == ends.get(one.worker_id, one.leaves_on)
    assert [(week.arrived, week.closed) for week in as_foreseen] == [
        (week.arrived, week.closed) for week in as_told
    ]
