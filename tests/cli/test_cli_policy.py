"""``caseload policy``: rates from decisions in files, and a policy from answers."""

import json
import shutil

import caseload_balancer as cb


def test_a_policy_is_proposed_from_answers_and_never_written_over(caseload, tmp_path):
    week = cb.write_folder(cb.datasets.service(5, 75, seed=4), tmp_path / "week")
    out = tmp_path / "ours.toml"
    done = caseload("policy", "elicit", week, "--answers", "1", "--out", out)
    assert done.exit_code == 0
    assert 'name = "ours"' in out.read_text(encoding="utf-8")
    assert "Question 2." in done.stdout
    assert cb.Policy.read(out).name == "ours"
    again = caseload("policy", "elicit", week, "--answers", "1", "--out", out)
    assert again.exit_code == 73
    nowhere = caseload("policy", "elicit", week, "--out", out / "below-a-file.toml")
    assert nowhere.exit_code == 73  # before anybody is asked
    assert caseload("policy", "elicit", week, "--answers", "3").exit_code == 2
    assert caseload("policy", "elicit", week).exit_code == 2  # nobody is there to be asked


def test_decisions_in_files_are_read_all_problems_at_once(caseload, met_week, tmp_path):
    (tmp_path / "1").mkdir()
    shutil.copytree(met_week, tmp_path / "1" / "data")
    assert caseload("allocate", met_week, "--out", tmp_path / "1" / "plan").exit_code in (0, 3)
    decided = tmp_path / "1" / "decided.csv"
    decided.write_text("case_id,decision,worker_id,reason\n", encoding="utf-8")
    weeks = tmp_path / "weeks.toml"
    weeks.write_text(
        '[[week]]\ndata = "1/data"\nplan = "1/plan"\ndecisions = "1/decided.csv"\n',
        encoding="utf-8",
    )
    done = caseload("policy", "revealed", weeks, "--json")
    assert done.exit_code == 0
    assert "Too few to tell" in json.loads(done.stdout)["answer"]["text"]

    weeks.write_text('[[week]]\ndata = "2/data"\nplan = "2/plan"\n', encoding="utf-8")
    done = caseload("policy", "revealed", weeks)
    assert done.exit_code == 65
    assert done.stderr.count("week 1") == 3
    weeks.write_text("[[week]]\nfolder = 1\n", encoding="utf-8")
    done = caseload("policy", "revealed", weeks)
    assert done.exit_code == 65
    assert "week 1: 'folder' is not known" in done.stderr
    assert "week 1: 'plan' is missing" in done.stderr
    assert caseload("policy", "revealed", tmp_path / "none.toml").exit_code == 66
