"""The benchmark over the weeks: runs of every seed together, summed and written."""

import csv

from benchmarks.weeks import Service, simulate_weeks, sums_table, write_runs


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
