"""The board on the command line: written where asked for, and never left of another plan."""

import json
import re

import caseload_balancer as cb


def run_of(file):
    page = file.read_text(encoding="utf-8")
    data = re.search(r'id="board-data">(.*?)</script>', page).group(1)
    return json.loads(data)["run"]


def test_a_board_is_written_where_it_is_asked_for(caseload, met_week, tmp_path):
    out = tmp_path / "out"
    assert caseload("allocate", met_week, "--out", out).exit_code == 0
    assert not (out / "board.html").exists()
    done = caseload("allocate", met_week, "--out", out, "--board")
    assert done.exit_code == 0
    assert "board.html" in done.stdout
    assert run_of(out / "board.html") == cb.read_plan_json(out / "plan.json").fingerprint


def test_a_board_that_is_there_is_renewed_with_its_plan(caseload, met_week, tmp_path):
    out, decided = tmp_path / "out", tmp_path / "decisions.csv"
    caseload("allocate", met_week, "--out", out, "--board")
    plan = cb.read_plan_json(out / "plan.json")
    first = run_of(out / "board.html")
    decided.write_text(f"case_id,decision\n{plan.moves[0].case_id},reject\n", encoding="utf-8")
    done = caseload("reallocate", met_week, "--plan", out, "--overrides", decided, "--out", out)
    assert done.exit_code in {0, 3}
    assert run_of(out / "board.html") == cb.read_plan_json(out / "plan.json").fingerprint != first
