"""``caseload allocate-many``: a line an authority, the sums, and a code for the worst of them."""

import json
import shutil
from contextlib import nullcontext

import pytest

from caseload_balancer.authorities import question
from caseload_balancer.authorities.executors import ReadyPlace
from caseload_balancer.cli.stopping import stops


@pytest.fixture
def here(monkeypatch):
    """Plan in this process: the processes have tests of their own."""
    monkeypatch.setattr(question, "opened", lambda _place: nullcontext(ReadyPlace(None)))


@pytest.fixture
def folder(met_week, tmp_path):
    found = tmp_path / "all"
    for name in ("east", "west"):
        shutil.copytree(met_week, found / name)
    return found


@pytest.mark.usefixtures("here")
def test_a_line_each_then_the_sums(caseload, folder, tmp_path):
    out = tmp_path / "out"
    done = caseload("allocate-many", folder, "--out", out)
    assert done.exit_code == 0
    said = " ".join(done.stdout.split())
    assert "east: 5 children, 1 moved, 0 wait, 0 over a cap" in said
    assert "2 authorities: 2 with a plan" in said
    assert "Everything is met in all of them." in said
    assert {path.name for path in out.iterdir()} == {"east", "west", "national.parquet"}
    again = caseload("allocate-many", folder, "--out", out)
    assert "(kept)" in again.stdout
    anew = caseload("allocate-many", folder, "--out", out, "--anew", "--pages")
    assert "(kept)" not in anew.stdout
    assert len(list(out.rglob("plan.html"))) == 2


@pytest.mark.usefixtures("here")
def test_one_without_a_plan_has_a_code_of_its_own(
    caseload, folder, broken_week, unmet_week, tmp_path
):
    shutil.copytree(unmet_week, folder / "short")
    assert caseload("allocate-many", folder, "--out", tmp_path / "out").exit_code == 3
    shutil.copytree(broken_week, folder / "bad")
    done = caseload("allocate-many", folder, "--out", tmp_path / "out", "--json")
    assert done.exit_code == 4
    document = json.loads(done.stdout)
    rows = {row["authority"]: row for row in document["answer"]["authorities"]}
    assert rows["bad"]["exit_code"] == 65
    assert rows["short"]["exit_code"] == 3
    assert "bad: no plan, 2 problems in its input" in done.stderr
    quiet = caseload("allocate-many", folder, "--out", tmp_path / "out", "--quiet")
    assert quiet.stdout == ""
    assert "4 authorities: 3 with a plan" in quiet.stderr
    assert "Wx" not in quiet.stderr


@pytest.mark.usefixtures("here")
def test_interrupted_it_keeps_what_is_finished(caseload, folder, tmp_path, monkeypatch):
    def ask():
        stops.asked = any((tmp_path / "out").rglob("plan.json"))
        return stops.asked

    monkeypatch.setattr(stops, "of_search", ask)
    done = caseload("allocate-many", folder, "--out", tmp_path / "out")
    assert done.exit_code == 130
    assert "Run it again to go on." in done.stderr
    assert (tmp_path / "out" / "national.parquet").exists()


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (("--executor", "threads:2"), 2, "processes:N"),
        (("--executor", "dask://127.0.0.1:1"), 66, "no scheduler answers at 127.0.0.1:1"),
        (("--policy", "nobodys"), 66, "nobodys"),
    ],
)
def test_what_cannot_be_is_told_before_anything_is_done(
    caseload, folder, tmp_path, options, code, says, monkeypatch
):
    monkeypatch.setenv("DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT", "1s")
    if any("dask" in option for option in options):
        dask = pytest.importorskip("dask")
        dask.config.refresh()
    done = caseload("allocate-many", folder, "--out", tmp_path / "out", *options)
    assert done.exit_code == code
    assert says in " ".join(done.output.split())
    assert not (tmp_path / "out").exists()


def test_no_authority_is_missing_input(caseload, tmp_path):
    assert caseload("allocate-many", tmp_path, "--out", tmp_path / "out").exit_code == 66
