"""Each exit code, and what is on the disk afterwards."""

import csv
import re
import signal
from pathlib import Path

import pytest

import caseload_balancer as cb
from caseload_balancer import plan as plan_room
from caseload_balancer import read_plan_json, solving
from caseload_balancer.cli.exits import ExitCode
from caseload_balancer.cli.waits import Wait
from caseload_balancer.output import PLAN_FILES
from tests.cli.conftest import files_in

ROOT = Path(__file__).parents[2]


def test_0_a_plan_that_meets_everything_is_written(caseload, met_week, tmp_path):
    done = caseload("allocate", met_week, "--out", tmp_path / "out")
    assert done.exit_code == 0
    assert sorted(files_in(tmp_path / "out")) == sorted([*PLAN_FILES, "manifest.json"])
    plan = read_plan_json(tmp_path / "out" / "plan.json")
    assert plan.status == "optimal"
    with (tmp_path / "out" / "allocations.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["case_id"]: row for row in csv.DictReader(file)}
    held = [row["worker_id"] for row in rows.values()]
    assert sorted(held) == ["W1"] * 3 + ["W2"] * 2
    assert rows["C4"]["change"] == "new"


def test_0_a_ready_folder_is_said_to_be_ready(caseload, met_week):
    done = caseload("check", met_week)
    assert done.exit_code == 0
    assert "is ready: week of 2026-03-02" in done.stdout
    assert "5 children" in done.stdout
    assert "Over the cap: W1 (4 of 3)" in done.stdout
    assert "1 without a worker" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["alocate"],
        ["check"],
        ["check", "week", "--as-of", "02/03/2026"],
        ["check", "week", "--date-format", "%d"],
        ["check", "week", "--encoding", "utf-9"],
        ["check", "week", "--unknown"],
        ["check", "week", "--header-row", "cases=first"],
        ["check", "week", "--header-row", "case=3"],
        ["check", "week", "--unknown-holders", "ignore"],
        ["check", "week", "--repeated-rows", "ignore"],
        ["allocate", "week"],
        ["allocate", "week", "--out", "out", "--time-limit", "nan"],
        ["allocate", "week", "--out", "out", "--time-limit", "-1"],
        ["allocate", "week", "--out", "out", "--time-limit", "soon"],
        ["allocate", "week", "--out", "out", "--seed", "-1"],
        ["allocate", "week", "--out", "out", "--seed", "x"],
        ["allocate", "week", "--out", "out", "--seed", "99999999999"],
    ],
    ids=lambda arguments: " ".join(arguments) or "nothing",
)
def test_2_wrong_usage(caseload, arguments, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = caseload(*arguments)
    assert done.exit_code == 2
    assert "Traceback" not in done.output
    assert list(tmp_path.iterdir()) == []


def test_3_a_week_that_cannot_be_met_gets_the_least_bad_plan(caseload, unmet_week, tmp_path):
    done = caseload("allocate", unmet_week, "--out", tmp_path)
    assert done.exit_code == 3
    plan = read_plan_json(tmp_path / "plan.json")
    assert [child.case_id for child in plan.waiting] == ["C1"]
    assert plan.breaches
    assert plan.shortage_fte > 0


@pytest.mark.parametrize("command", ["check", "allocate"])
def test_65_broken_data_is_told_in_full_and_changes_nothing(
    caseload, broken_week, tmp_path, command
):
    out = tmp_path / "out"
    out.mkdir()
    (out / "allocations.csv").write_text("last week's\n", encoding="utf-8")
    done = caseload(command, broken_week, *(["--out", out] if command == "allocate" else []))
    assert done.exit_code == 65
    assert "cases row 3" in done.stderr
    assert "'W01'" in done.stderr
    assert "cases row 4" in done.stderr
    assert "Nothing was written" in done.stderr
    assert done.stdout == ""
    assert files_in(out) == {"allocations.csv": b"last week's\n"}


def test_65_every_problem_is_listed_on_request(caseload, met_week, tmp_path):
    bad = "".join(f"D{n},child_in_need,,x{n}\n" for n in range(30))
    for file in met_week.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "cases.csv").write_text(f"case_id,case_type,worker_id,points\n{bad}", "utf-8")
    few = caseload("check", tmp_path)
    assert "27 more (--all lists them)" in few.stderr
    every = caseload("check", tmp_path, "--all")
    assert every.exit_code == 65
    assert all(f"'x{n}'" in every.stderr for n in range(30))


def test_65_what_is_advised_can_be_done(caseload, met_week, tmp_path):
    for file in met_week.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "service.toml").unlink()
    (tmp_path / "workers.csv").write_text("worker_id,employment\n", "utf-8")
    rows = "case_id,case_type,worker_id,opened_on,area\nC1,other,W9,05/01/2026,Sî\n"
    (tmp_path / "cases.csv").write_bytes(f"Open cases,,,,\n{rows}".encode("cp1252"))
    told = ["--all", "--encoding", "cp1252"]
    assert "--encoding cp1252" in caseload("check", tmp_path).stderr
    for advice in (
        ["--header-row", "cases=2"],
        ["--date-format", "%d/%m/%Y"],
        ["--as-of", "2026-11-23"],
        ["--allow-empty"],
    ):
        said = caseload("check", tmp_path, *told).stderr
        assert " ".join(advice).split("%", maxsplit=1)[0].split("2026")[0].strip() in said
        told += advice
    assert caseload("check", tmp_path, *told).exit_code == 65
    told += ["--unknown-holders", "unallocated", "--repeated-rows", "drop"]
    assert caseload("check", tmp_path, *told).exit_code == 0


def test_65_broken_data_makes_no_output_folder(caseload, broken_week, tmp_path):
    assert caseload("allocate", broken_week, "--out", tmp_path / "a" / "b").exit_code == 65
    assert not (tmp_path / "a").exists()


def test_65_a_cap_above_the_policys(caseload, met_week, tmp_path):
    policy = tmp_path / "strict.toml"
    policy.write_text("[cap]\nchildren_per_fte = 2\n", encoding="utf-8")
    done = caseload("check", met_week, "--policy", policy)
    assert done.exit_code == 65
    assert "above the policy's 2" in done.stderr


def test_65_a_policy_with_an_unknown_setting(caseload, met_week, tmp_path):
    policy = tmp_path / "typo.toml"
    policy.write_text("[cap]\nchildren_per_ft = 22\n", encoding="utf-8")
    done = caseload("allocate", met_week, "--out", tmp_path / "out", "--policy", policy)
    assert done.exit_code == 65
    assert "children_per_fte" in done.stderr
    assert not (tmp_path / "out").exists()


def test_66_a_folder_that_is_not_there(caseload, tmp_path):
    done = caseload("allocate", tmp_path / "nowhere", "--out", tmp_path / "out")
    assert done.exit_code == 66
    assert not (tmp_path / "out").exists()


def test_66_a_table_that_is_not_there(caseload, tmp_path):
    (tmp_path / "cases.csv").write_text("case_id,case_type\nC1,other\n", encoding="utf-8")
    done = caseload("check", tmp_path, "--as-of", "2026-03-02")
    assert done.exit_code == 66
    assert "workers" in done.stderr


def test_66_a_policy_that_is_neither_file_nor_profile(caseload, met_week):
    done = caseload("check", met_week, "--policy", "stedy")
    assert done.exit_code == 66
    assert "steady" in done.stderr


def test_70_an_unforeseen_error_shows_none_of_the_data(caseload, met_week, tmp_path, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("child C1 of Example Street")

    monkeypatch.setattr(solving, "solve", fail)
    done = caseload("allocate", met_week, "--out", tmp_path / "out")
    assert done.exit_code == 70
    assert "RuntimeError at" in done.stderr
    assert "report" in done.stderr
    assert "Example Street" not in done.output
    assert "Traceback" not in done.output
    assert not (tmp_path / "out").exists()


def test_70_a_plan_that_fails_its_check_is_not_written(caseload, met_week, tmp_path, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise cb.VerificationError("C1 is held twice")

    monkeypatch.setattr(plan_room, "make_plan", fail)
    done = caseload("allocate", met_week, "--out", tmp_path / "out")
    assert done.exit_code == 70
    assert "failed its own check" in done.stderr
    assert "C1" not in done.output
    assert not (tmp_path / "out").exists()


def test_73_is_found_before_the_search(caseload, met_week, tmp_path, monkeypatch):
    def search(*_: object, **__: object) -> None:
        pytest.fail("searched for a plan that cannot be written")

    monkeypatch.setattr(solving, "solve", search)
    (tmp_path / "file").write_text("no folder\n", encoding="utf-8")
    for out in (tmp_path / "file", tmp_path / "file" / "out"):
        done = caseload("allocate", met_week, "--out", out)
        assert done.exit_code == 73
        assert str(tmp_path / "file") in done.stderr.replace("\n", "")


def test_73_when_a_file_of_an_earlier_run_cannot_be_replaced(caseload, met_week, tmp_path):
    (tmp_path / "plan.json").mkdir()
    done = caseload("allocate", met_week, "--out", tmp_path)
    assert done.exit_code == 73
    assert "plan.json" in done.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["plan.json"]


@pytest.fixture
def hears_ctrl_c():
    """Have SIGINT do what it does in front, for it is ignored where the tests run behind."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("hears_ctrl_c")
def test_130_ctrl_c_writes_the_best_plan_so_far(caseload, tmp_path, monkeypatch):
    week = cb.write_folder(cb.datasets.service(40, 800, seed=1), tmp_path / "week")

    def interrupt(self: Wait, search: object) -> None:
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(Wait, "update", interrupt)
    done = caseload("allocate", week, "--out", tmp_path / "out", "--time-limit", 60)
    assert done.exit_code == 130
    assert "best plan so far was written" in done.stderr
    plan = read_plan_json(tmp_path / "out" / "plan.json")
    assert plan.status == "interrupted"
    assert len(plan.cases) == 800


def test_130_ctrl_c_while_reading_writes_nothing(caseload, met_week, tmp_path, monkeypatch):
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("caseload_balancer.cli.weeks.read_with_notices", interrupt)
    done = caseload("allocate", met_week, "--out", tmp_path / "out")
    assert done.exit_code == 130
    assert "nothing written" in done.stderr
    assert not (tmp_path / "out").exists()


def test_the_pages_list_every_code_once_and_in_order():
    codes = [str(code.value) for code in ExitCode]
    page = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    section = page.split("## Exit codes")[1].split("\n## ")[0]
    assert re.findall(r"^\| (\d+) \|", section, re.MULTILINE) == codes
    assert f"| {' | '.join(codes)} |" in (ROOT / "README.md").read_text(encoding="utf-8")
