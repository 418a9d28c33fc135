"""``caseload solve``: the engine alone, on a file of arrays."""

import json
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "own_problem.json"
GAP = "2 3\n 4 5 6\n 7 8 9\n 1 2 3\n 2 2 9\n 5 6\n"


def test_values_and_bounds_are_shown(caseload):
    done = caseload("solve", EXAMPLE, "--time-limit", "20", "--strategy", "exact")
    assert done.exit_code == 0
    assert "6 units, 3 workers, 18 arcs; 0 units wait" in done.stdout
    assert [line.split() for line in done.stdout.splitlines()[2:4]] == [
        ["1", "0", "0", "yes"],
        ["2", "160", "160", "yes"],
    ]
    assert "proven" in done.stdout


def test_the_result_is_the_document_and_the_file(caseload, tmp_path):
    out = tmp_path / "new" / "result.json"
    done = caseload("solve", EXAMPLE, "--out", out, "--json")
    printed = json.loads(done.stdout)
    assert printed["command"] == "solve"
    assert printed["exit_code"] == done.exit_code == 0
    result = json.loads(out.read_text(encoding="utf-8"))
    assert printed["result"] == result
    assert result["values"] == result["bounds"] == result["settled"] == [0, 160]
    assert result["assignment"] == [0, 0, 1, 2, 2, 1]
    assert result["stop_reason"] == "proven"
    assert result["improvements"][-1]["values"] == [0, 160]
    assert result["phases"][0]["name"] == "presolve"


def test_a_public_format_is_read(caseload, tmp_path):
    file = tmp_path / "gap"
    file.write_text(GAP, encoding="utf-8")
    done = caseload("solve", file, "--format", "gap", "--json")
    assert json.loads(done.stdout)["result"]["values"] == [0, 18]


def test_quiet_shows_nothing(caseload):
    done = caseload("solve", EXAMPLE, "--quiet")
    assert (done.exit_code, done.stdout) == (0, "")


def test_every_mistake_in_a_file_is_named(caseload, tmp_path):
    content = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    file = tmp_path / "broken.json"
    file.write_text(json.dumps(content | {"limit": [[120]], "colour": 3, "start": [9]}), "utf-8")
    done = caseload("solve", file, "--json")
    assert done.exit_code == 65
    assert "colour: no such field" in json.loads(done.stdout)["error"]["message"]
    file.write_text("not json", encoding="utf-8")
    assert caseload("solve", file).exit_code == 65


def test_a_file_that_is_not_there(caseload, tmp_path):
    done = caseload("solve", tmp_path / "none.json")
    assert done.exit_code == 66
    assert "there is no file" in done.stderr


def test_an_unknown_strategy_names_those_there_are(caseload):
    done = caseload("solve", EXAMPLE, "--strategy", "magic")
    assert done.exit_code == 2
    assert "none of auto, exact, neighbourhoods" in " ".join(done.stderr.split())


@pytest.mark.parametrize("where", ["folder", "file/below.json"])
def test_a_result_that_cannot_be_written_is_known_before_the_search(caseload, tmp_path, where):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = caseload("solve", EXAMPLE, "--out", tmp_path / where, "--time-limit", "3600")
    assert done.exit_code == 73
