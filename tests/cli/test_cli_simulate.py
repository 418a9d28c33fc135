"""``caseload simulate``: the text on the screen, the files in a folder, and what it refuses."""

import csv
import json
import time
from importlib.util import find_spec
from multiprocessing import active_children

import pytest

from caseload_balancer.cli.simulate import side_by_side
from caseload_balancer.cli.stopping import Stopped
from caseload_balancer.engine.solver_processes import processes_in_use

SHORT = ("--weeks", 2, "--replications", 2)
TABLES = ("measures", "differences", "frontier", "runs", "weeks")


def test_the_answer_is_shown_and_written(caseload, met_week, tmp_path):
    out = tmp_path / "year"
    done = caseload("simulate", met_week, *SHORT, "--policies", "steady", "--out", out)
    assert done.exit_code == 0
    assert "list and steady" in " ".join(done.stdout.split())
    written = {file.name for file in out.iterdir()}
    chart = {"simulation.png"} if find_spec("matplotlib") else set()
    assert written == {"simulation.txt", *(f"{name}.csv" for name in TABLES), *chart}
    assert "no published figure to check" in (out / "simulation.txt").read_text(encoding="utf-8")
    with (out / "runs.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["practice"] for row in rows] == ["list", "steady"] * 2
    if not chart:
        assert "caseload-balancer[charts]" in done.stderr


def test_runs_side_by_side_come_to_the_same(caseload, met_week):
    asked = ("simulate", met_week, *SHORT, "--policies", "", "--practices", "list,ranking")
    assert caseload(*asked, "--jobs", 2).stdout == caseload(*asked).stdout


def test_as_a_document(caseload, met_week):
    done = caseload("simulate", met_week, *SHORT, "--policies", "", "--json")
    answer = json.loads(done.stdout)["answer"]
    assert set(TABLES) <= answer.keys()
    assert len(answer["weeks"]) == 4


def test_rates_of_ones_own(caseload, met_week, tmp_path):
    file = tmp_path / "rates.toml"
    file.write_text("[weather]\nrain = 3\n", encoding="utf-8")
    done = caseload("simulate", met_week, "--rates", file)
    assert done.exit_code == 65
    assert "weather is not a rate" in done.stderr
    assert caseload("simulate", met_week, "--rates", tmp_path / "none").exit_code == 66


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--practices", "lst"), 2),
        (("--policies", "nobodys"), 66),
        (("--weeks", 0), 2),
        (("--replications", 0), 2),
    ],
)
def test_what_is_refused(caseload, met_week, options, code):
    assert caseload("simulate", met_week, *SHORT, *options).exit_code == code


def test_neither_policy_nor_practice(caseload, met_week):
    done = caseload("simulate", met_week, *SHORT, "--policies", "", "--practices", "")
    assert done.exit_code == 2


def searching_elsewhere():
    return processes_in_use() is not None


def test_a_request_to_end_does_not_wait_for_runs_side_by_side():
    def simulate():
        with side_by_side(2) as pool:
            assert pool.submit(searching_elsewhere).result()
            pool.submit(time.sleep, 600)
            raise Stopped

    with pytest.raises(Stopped):
        simulate()
    assert active_children() == []
