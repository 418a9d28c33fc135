"""The frontier on the command line, and the plan of the point that was chosen."""

import json


def test_the_points_are_told_and_nothing_is_written(caseload, met_week, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = caseload("frontier", met_week, "--step", 0)
    assert done.exit_code == 0
    assert "children over cap from 1 to 0" in " ".join(done.stdout.split())
    assert list(tmp_path.iterdir()) == []


def test_the_plan_of_the_chosen_point_is_written(caseload, met_week, tmp_path):
    done = caseload("frontier", met_week, "--moves", 1, "--out", tmp_path, "--json")
    assert done.exit_code == 0
    answer = json.loads(done.stdout)["answer"]
    plan = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    assert answer["frontier"][1]["moves"] == len(plan["moves"]) == 1
    assert plan["policy"]["limits"]["move_budget"] == 1


def test_a_point_with_breaches_says_so(caseload, met_week, tmp_path):
    done = caseload("frontier", met_week, "--moves", 0, "--out", tmp_path)
    assert done.exit_code == 3


def test_a_point_without_a_folder_is_wrong_usage(caseload, met_week):
    assert caseload("frontier", met_week, "--moves", 1).exit_code == 2
