"""``--worker-pages`` and ``--charts``: asked for, checked before the search, written together."""

import pytest
from typer.testing import CliRunner

from caseload_balancer import extras
from caseload_balancer.cli import app

TEAM = "examples/data/team"


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    asked = ["--out", str(folder / "plan"), "--worker-pages", str(folder / "own"), "--charts"]
    done = CliRunner().invoke(app, ["allocate", TEAM, *asked, "--time-limit", "2"])
    assert done.exit_code in {0, 3}, done.output
    return folder, done.output


def test_a_page_for_each_worker_is_written_and_told(out):
    folder, said = out
    names = {one.name for one in (folder / "own").iterdir()}
    assert "worker-W-001.html" in names
    assert "pages.csv" in names
    assert "A page for each worker is in" in said


def test_the_page_for_the_meeting_has_charts(out):
    folder, _ = out
    assert '<section id="charts"' in (folder / "plan" / "plan.html").read_text(encoding="utf-8")


def test_what_cannot_be_made_is_told_before_the_search(tmp_path, monkeypatch):
    monkeypatch.setattr(extras, "installed", lambda module: module != "matplotlib")
    done = CliRunner().invoke(app, ["allocate", TEAM, "--out", str(tmp_path / "a"), "--charts"])
    assert done.exit_code == 66
    (tmp_path / "file").write_text("", encoding="utf-8")
    asked = ["--out", str(tmp_path / "a"), "--worker-pages", str(tmp_path / "file")]
    done = CliRunner().invoke(app, ["allocate", TEAM, *asked])
    assert done.exit_code == 73
    assert not (tmp_path / "a").exists()
