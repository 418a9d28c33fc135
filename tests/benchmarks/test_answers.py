"""One line of JSON for any file, which a stranger can check."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks import answers
from benchmarks.answers import Effort, answer
from benchmarks.command_line import main
from benchmarks.evaluators import evaluate_arrays, evaluate_gap, evaluate_nurse
from benchmarks.registry import SHIPPED, select
from caseload_balancer.arrays.gap_files import GapInstance, write_gap
from caseload_balancer.arrays.json_files import write_arrays
from caseload_balancer.datasets.arrays import random_gap, service
from caseload_balancer.errors import VerificationError
from tests.examples import some

GAP = SHIPPED / "gap"
NURSE = SHIPPED / "nurse_workload" / "SchausInstances"
KEYS = ["status", "value", "bound", "seconds", "peak_memory_mib", "assignment"]


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    """Run the suite's command in this process."""
    monkeypatch.setattr(sys, "argv", ["benchmarks", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    if ended.value.code:
        raise SystemExit(ended.value.code)


@pytest.fixture
def arrays_file(tmp_path: Path) -> Path:
    write_arrays(tmp_path / "arrays.json", service(4, 30, seed=1))
    return tmp_path / "arrays.json"


def test_solve_prints_one_line(arrays_file, monkeypatch, capsys) -> None:
    run(monkeypatch, "solve", str(arrays_file), "--format", "arrays", "--json")
    (line,) = capsys.readouterr().out.splitlines()
    found = json.loads(line)
    assert list(found) == KEYS
    assert found["status"] == "optimal"
    assert found["value"] == found["bound"]
    verdict = evaluate_arrays(arrays_file, found["assignment"])
    assert verdict.feasible
    assert list(verdict.values) == found["value"]
    assert 20 < found["peak_memory_mib"] < 2_000
    assert 0 < found["seconds"] < 30


@pytest.mark.usefixtures("wall_clock")
def test_the_clock_alone_may_limit_the_engine(tmp_path, monkeypatch, capsys) -> None:
    path = tmp_path / "arrays.json"
    write_arrays(path, service(60, 800, seed=1, scope="service"))
    run(monkeypatch, "solve", str(path), "--format", "arrays", "--json", "--time-limit", "2",
        "--wall-clock")  # fmt: skip
    found = json.loads(capsys.readouterr().out)
    assert found["status"] == "feasible"
    assert found["seconds"] > 1.9
    assert evaluate_arrays(path, found["assignment"]).feasible


def test_the_module_runs_and_evaluates_its_own_answer(tmp_path: Path) -> None:
    path = GAP / "cattrysse1994" / "gap1-0"
    command = [sys.executable, "-m", "benchmarks"]
    root = Path(__file__).parents[2]
    solved = subprocess.run(  # noqa: S603  # our own command, on files of ours
        [*command, "solve", str(path), "--format", "gap", "--json", "--time-limit", "600"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=root,
        check=True,
    )
    (tmp_path / "answer.json").write_text(solved.stdout, encoding="utf-8")
    assert json.loads(solved.stdout)["value"] == 261
    judged = subprocess.run(  # noqa: S603  # our own command, on files of ours
        [*command, "evaluate", str(path), str(tmp_path / "answer.json"), "--format", "gap"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=root,
        check=True,
    )
    assert json.loads(judged.stdout) == {"value": [261], "broken": []}


def test_without_json_people_read_it(monkeypatch, capsys) -> None:
    run(monkeypatch, "solve", str(NURSE / "2zones9.txt"), "--format", "nurse")
    assert "value: 61328" in capsys.readouterr().out


@pytest.mark.parametrize(
    "name",
    some(
        ["cattrysse1994/gap3-1", "cattrysse1994/gap8-0", "chu1997/a10100", "cattrysse1994/gap12-2"]
    ),
)
def test_public_optima_are_proven(name: str) -> None:
    (instance,) = select([f"gap/{name}"])
    optimum = instance.best_known
    found = answer(GAP / name, "gap", Effort(60))
    assert (found.status, found.value, found.bound) == ("optimal", optimum, optimum)
    assert evaluate_gap(GAP / name, found.assignment).values == (optimum,)


def test_the_nurse_answer_gives_the_nurse_of_each_patient() -> None:
    path = NURSE / "3zones5.txt"
    found = answer(path, "nurse", Effort(60))
    assert (found.status, found.value) == ("optimal", 102135)
    assert evaluate_nurse(path, found.assignment).feasible


def test_a_snapshot_folder_is_solved() -> None:
    folder = Path(__file__).parents[2] / "examples" / "data" / "team"
    found = answer(folder, "snapshot", Effort(20))
    assert found.status == "optimal"
    assert isinstance(found.assignment, dict)
    assert len(found.assignment) > 150
    assert all(value >= 0 for value in found.value)


@pytest.mark.parametrize("share", [0.7, 0.0])
def test_an_instance_without_an_assignment_is_called_infeasible(tmp_path, share) -> None:
    gap = random_gap("c", 3, 12, seed=2)
    capacity = (gap.capacity * share).astype(np.int64)
    write_gap(tmp_path / "tight", GapInstance(gap.cost, gap.weight, capacity))
    found = answer(tmp_path / "tight", "gap", Effort(20))
    assert (found.status, found.value, found.bound) == ("infeasible", None, None)
    assert found.assignment is None


def test_an_infeasible_nurse_instance_is_called_so(tmp_path: Path) -> None:
    (tmp_path / "nurse").write_text("1 2  1 3 10  2 6 11", encoding="utf-8")
    found = answer(tmp_path / "nurse", "nurse", Effort(20))
    assert (found.status, found.assignment) == ("infeasible", None)


def test_a_wrong_answer_is_never_returned(arrays_file, monkeypatch) -> None:
    right = answers.solve

    def lying(arrays, **options):
        result = right(arrays, **options)
        return replace(result, values=tuple(value - 1 for value in result.values))

    monkeypatch.setattr(answers, "solve", lying)
    with pytest.raises(VerificationError, match="is worth"):
        answer(arrays_file, "arrays", Effort(5))


@pytest.mark.parametrize(("text", "code"), [("2 3 not a number", 65), ("{}", 65), (None, 66)])
@pytest.mark.parametrize("form", ["gap", "nurse", "arrays"])
def test_broken_and_missing_files_have_their_exit_codes(
    tmp_path, monkeypatch, capsys, text, code, form
) -> None:
    if text is not None:
        (tmp_path / "file").write_text(text, encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        run(monkeypatch, "solve", str(tmp_path / "file"), "--format", form, "--json")
    assert ended.value.code == code
    printed = capsys.readouterr()
    assert printed.err.startswith("error: ")
    assert printed.out == ""


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["solve", "examples/data/team", "--format", "gap"], 66, "is a folder"),
        (
            ["evaluate", str(GAP / "chu1997" / "c10200"), "README.md", "--format", "gap"],
            65,
            "not what solve --json prints",
        ),
        (
            ["evaluate", str(GAP / "chu1997" / "c10200"), "nothing.json", "--format", "gap"],
            66,
            "there is no file",
        ),
        (["report", "README.md", "--out", "unused"], 65, "README.md row 2: it is no row"),
    ],
)
def test_what_is_no_instance_answer_or_row_is_told(arguments, code, told, monkeypatch, capsys):
    monkeypatch.chdir(Path(__file__).parents[2])
    monkeypatch.setattr(sys, "argv", ["benchmarks", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == code
    assert told in capsys.readouterr().err
