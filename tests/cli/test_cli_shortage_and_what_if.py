"""Shortage, scenarios, staffing and resilience on the command line, for a script to act on."""

import json
from pathlib import Path

import caseload_balancer as cb

ROOT = Path(__file__).parents[2]


def test_what_is_missing_is_told_with_the_rows_that_clash(caseload, met_week):
    done = caseload("shortage", met_week)
    assert done.exit_code == 0
    said = " ".join(done.stdout.split())
    assert "Nothing is missing" in said
    assert "No rows clash" in said
    document = json.loads(caseload("shortage", met_week, "--json").stdout)
    assert document["answer"]["bottlenecks"] == document["clashes"]["clashes"] == []


def test_scenarios_of_the_examples_are_planned_side_by_side(caseload, tmp_path):
    """On a small team, whose workers are called like those of the example's."""
    team = cb.datasets.service(5, 70, seed=1, teams=1, localities=1)
    new = [case.model_copy(update={"worker_id": None}) for case in team.cases[:6]]
    week = cb.write_folder(team.with_cases(new), tmp_path / "week")
    done = caseload("what-if", week, "--scenarios", ROOT / "examples" / "scenarios.toml", "--json")
    assert done.exit_code == 0
    rows = json.loads(done.stdout)["answer"]["scenarios"]
    assert [row["name"] for row in rows] == [
        "as it is",
        "W-003 leaves, two agency workers join",
        "no agency, cap 22",
        "W-001 sick for six weeks",
        "10 % more to do",
        "40 % more looked-after children",
        "caseloads down by 15 %",
    ]
    assert rows[4]["children"] == rows[0]["children"] + 1
    assert rows[5]["children"] == rows[0]["children"] + 7
    assert rows[6]["fte_for_target"] > rows[6]["fte_for_cap"] > 0


def test_a_broken_file_of_scenarios_is_bad_data_and_a_missing_one_missing_input(
    caseload, met_week, tmp_path
):
    broken = tmp_path / "broken.toml"
    broken.write_text('[[scenario]]\nname = "x"\nedits = [{ edit = "cap" }]\n', encoding="utf-8")
    done = caseload("what-if", met_week, "--scenarios", broken)
    assert done.exit_code == 65
    said = " ".join(done.stderr.split())
    assert "scenario 1, edit 1 (cap): say either percent or children_per_fte" in said
    assert caseload("what-if", met_week, "--scenarios", tmp_path / "no.toml").exit_code == 66


def test_an_edit_of_somebody_who_is_not_there_is_bad_data(caseload, met_week, tmp_path):
    path = tmp_path / "scenarios.toml"
    path.write_text(
        '[[scenario]]\nname = "x"\nedits = [{ edit = "leaves", worker_id = "nobody" }]\n',
        encoding="utf-8",
    )
    done = caseload("what-if", met_week, "--scenarios", path)
    assert done.exit_code == 65
    assert "worker 'nobody' is not in the week" in " ".join(done.stderr.split())


def test_posts_are_counted_for_a_target(caseload):
    team = ROOT / "examples" / "data" / "team"
    done = caseload("staffing", team, "--per-fte", "target", "--json")
    assert done.exit_code == 0
    answer = json.loads(done.stdout)["answer"]
    assert [(row["team_id"], row["fte"]) for row in answer["posts"]] == [("T-01", 3.9)]
    assert "Fewer cannot do" in answer["text"]
    assert "Nobody is missing" in " ".join(caseload("staffing", team).stdout.split())
    assert caseload("staffing", team, "--per-fte", "none").exit_code == 2


def test_the_week_without_one_worker_is_planned(caseload):
    team = ROOT / "examples" / "data" / "team"
    done = caseload("resilience", team, "--worker", "W-001", "--json")
    assert done.exit_code == 0
    (row,) = json.loads(done.stdout)["answer"]["departures"]
    assert (row["worker_id"], row["held"]) == ("W-001", 8)
    assert caseload("resilience", team, "--worker", "W-999").exit_code == 65
