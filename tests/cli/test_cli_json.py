"""One JSON document on standard output, and nothing else there."""

import json

import pytest

import caseload_balancer as cb


def document(done):
    return json.loads(done.stdout)


def test_a_plan_is_the_document_that_is_written(caseload, met_week, tmp_path):
    done = caseload("allocate", met_week, "--out", tmp_path, "--json")
    printed = document(done)
    written = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    assert printed["plan"] == written
    assert printed["command"] == "allocate"
    assert printed["caseload"] == cb.__version__
    assert printed["exit_code"] == done.exit_code == 0
    assert printed["out"] == str(tmp_path)
    assert printed["notices"] == []


def test_a_check_tells_the_situation(caseload, met_week):
    printed = document(caseload("check", met_week, "--json"))
    assert printed["ready"] is True
    situation = printed["situation"]
    assert situation["as_of"] == "2026-03-02"
    assert situation["cases"] == 5
    assert situation["without_worker"] == 1
    assert situation["must_not_wait"] == 0
    assert situation["places"] == 6
    assert situation["over_cap"] == [{"worker_id": "W1", "children": 4, "cap": 3}]
    assert situation["cannot_go_on"] == []


def test_problems_come_as_records(caseload, broken_week, tmp_path):
    done = caseload("allocate", broken_week, "--out", tmp_path / "out", "--json")
    printed = document(done)
    assert printed["exit_code"] == done.exit_code == 65
    problems = printed["error"]["problems"]
    assert [(one["table"], one["row"], one["column"]) for one in problems] == [
        ("cases", 3, "worker_id"),
        ("cases", 4, "worker_id"),
    ]
    assert {one["rule"] for one in problems} == {"unknown_worker"}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["check", "nowhere"], 66), (["allocate", "nowhere", "--out", "out"], 66)],
)
def test_every_failure_is_a_document_too(caseload, tmp_path, monkeypatch, arguments, code):
    monkeypatch.chdir(tmp_path)
    done = caseload(*arguments, "--json")
    assert document(done)["exit_code"] == done.exit_code == code
    assert document(done)["error"]["message"]


def test_unknown_columns_are_notices(caseload, met_week, tmp_path):
    for file in met_week.iterdir():
        text = file.read_text(encoding="utf-8")
        if file.name == "workers.csv":
            head, *rows = text.splitlines()
            text = "\n".join([f"{head},shoe_size", *(f"{row},44" for row in rows), ""])
        (tmp_path / file.name).write_text(text, encoding="utf-8", newline="")
    done = caseload("check", tmp_path, "--json")
    (notice,) = document(done)["notices"]
    assert notice["table"] == "workers"
    assert notice["is_warning"] is True
    assert "44" not in done.stderr
    assert "Warning: workers" in done.stderr


def test_the_demo_as_a_document(caseload):
    printed = document(caseload("demo", "--json"))
    assert printed["plan"]["status"] == "optimal"
    assert len(printed["plan"]["cases"]) == printed["situation"]["cases"] == 220


def test_documents_are_ascii(caseload, tmp_path):
    done = caseload("check", tmp_path / "\u0160ibenik", "--json")
    assert done.stdout.isascii()
    assert "\u0160ibenik" in document(done)["error"]["message"]
