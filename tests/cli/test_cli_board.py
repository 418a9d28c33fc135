"""``caseload board``: what it puts where, what it refuses, and that it ends when asked."""

import json
import re
import signal
import subprocess
import sys
from types import SimpleNamespace

import httpx
import pytest

import caseload_balancer as cb
from caseload_balancer.board_hosts.server import serving
from caseload_balancer.cli import board as board_module
from caseload_balancer.cli.stopping import stops


@pytest.fixture
def served(monkeypatch):
    """Have nothing served: note what would be."""
    noted = []

    class NoServer:
        link = "http://127.0.0.1:1/?key=secret"

        def __init__(self, table, *, port, on_link):
            noted.append(SimpleNamespace(table=table, port=port, on_link=on_link))

        def run(self, *, stop, idle_seconds):
            noted[-1].idle_seconds = idle_seconds
            assert not stop()
            noted[-1].on_link("http://127.0.0.1:1/?key=another")
            return False

    monkeypatch.setattr(serving, "BoardServer", NoServer)
    return noted


@pytest.fixture(autouse=True)
def opened(monkeypatch):
    links = []
    monkeypatch.setattr(board_module.webbrowser, "open", links.append)
    return links


def test_the_week_is_planned_and_the_plan_put_where_the_decisions_will_be(
    caseload, met_week, tmp_path, served, opened
):
    out = tmp_path / "out"
    done = caseload("board", met_week, "--out", out, "--time-limit", 600)
    assert done.exit_code == 0
    assert cb.read_plan_json(out / "plan.json").ok
    assert "http://127.0.0.1:1/?key=secret" in done.stderr
    assert "To open it in another browser: http://127.0.0.1:1/?key=another" in done.stderr
    assert str(out / "decisions.csv") in done.stdout
    assert opened == ["http://127.0.0.1:1/?key=secret"]
    assert served[0].idle_seconds == 120 * 60


def test_no_link_gets_into_a_log(caseload, met_week, tmp_path, served, opened):
    arguments = ("board", met_week, "--out", tmp_path / "out", "--time-limit", 600)
    done = caseload(*arguments, "--quiet")
    assert "key=" not in done.output
    assert opened
    done = caseload(*arguments, "--quiet", "--no-open")
    assert "key=" in done.stderr  # then there is no other way in
    assert len(opened) == 1
    done = caseload(*arguments, "--json", "--no-open")
    assert json.loads(done.stdout)["decisions"].endswith("decisions.csv")


def test_a_folder_that_has_a_plan_is_gone_on_with(caseload, met_week, tmp_path, served):
    out = tmp_path / "out"
    plan = cb.allocate(cb.read(met_week), time_limit=600)
    agreed = cb.reallocate(cb.read(met_week), plan, cb.Overrides().lock("C0"), time_limit=600)
    cb.write_plan(agreed, out)
    (out / "decisions.csv").write_text("case_id,decision\nC1,lock\n", encoding="utf-8")
    done = caseload("board", met_week, "--out", out)
    assert done.exit_code == 0
    assert "Going on with 1 decision" in done.stdout
    (one,) = served
    assert one.table.standing()["decisions"][0]["case_id"] == "C1"
    assert json.loads(one.table.data)["agreed"][0]["case_id"] == "C0"
    other = cb.write_plan(plan, tmp_path / "other")
    done = caseload("board", met_week, "--out", out, "--plan", other)
    assert done.exit_code == 73
    assert "Leave out --plan" in done.stderr
    assert caseload("board", met_week, "--out", out, "--plan", out).exit_code == 0


def test_a_plan_given_is_copied_and_left_alone(caseload, met_week, tmp_path, served):
    given, out = tmp_path / "given", tmp_path / "out"
    cb.write_plan(cb.allocate(cb.read(met_week), time_limit=600), given)
    assert caseload("board", met_week, "--plan", given, "--out", out).exit_code == 0
    assert (out / "plan.json").read_bytes() == (given / "plan.json").read_bytes()
    assert not (given / "decisions.csv").exists()


def test_a_plan_of_another_week_is_refused_before_anything_is_written(
    caseload, met_week, unmet_week, tmp_path, served
):
    given, out = tmp_path / "given", tmp_path / "out"
    cb.write_plan(cb.allocate(cb.read(unmet_week), time_limit=600), given)
    done = caseload("board", met_week, "--plan", given, "--out", out)
    assert done.exit_code == 65
    assert "was not made from what is in DIR now" in done.stderr
    assert "leave out --plan" in " ".join(done.stderr.split())
    assert not out.exists()
    done = caseload("board", met_week, "--out", given)
    assert done.exit_code == 65
    assert "give another --out" in " ".join(done.stderr.split())


def test_decisions_that_cannot_be_read_are_told_by_row(caseload, met_week, tmp_path, served):
    out = tmp_path / "out"
    cb.write_plan(cb.allocate(cb.read(met_week), time_limit=600), out)
    (out / "decisions.csv").write_text("case_id,decision\nC1,perhaps\n", encoding="utf-8")
    done = caseload("board", met_week, "--out", out)
    assert done.exit_code == 65
    assert "overrides row 2" in done.stderr
    assert served == []


def test_a_team_that_is_not_there_is_refused(caseload, met_week, tmp_path, served):
    done = caseload("board", met_week, "--out", tmp_path / "out", "--team", "T9")
    assert done.exit_code == 65
    assert "T9" in done.stderr


def test_a_port_that_is_taken_is_told(caseload, met_week, tmp_path, monkeypatch):
    def taken(table, *, port, on_link):
        raise OSError(98, "Address already in use")

    monkeypatch.setattr(serving, "BoardServer", taken)
    done = caseload("board", met_week, "--out", tmp_path / "out", "--port", 80)
    assert done.exit_code == 2
    assert "--port" in done.stderr


def test_without_the_extra_it_says_what_to_install(caseload, met_week, tmp_path, monkeypatch):
    monkeypatch.setattr("caseload_balancer.extras.find_spec", lambda _: None)
    done = caseload("board", met_week, "--out", tmp_path / "out")
    assert done.exit_code == 66
    assert "caseload-balancer[board]" in done.stderr


def test_it_ends_when_nobody_does_anything(met_week, tmp_path):
    made = SimpleNamespace(tell=None, stop=lambda: None, standing=dict, data=b"", csv="")
    server = serving.BoardServer(made, on_link=print)
    assert server.run(stop=lambda: False, idle_seconds=0)


def test_really_served_it_answers_who_has_the_link_and_ends_on_a_request(met_week, tmp_path):
    out = tmp_path / "out"
    command = [sys.executable, "-m", "caseload_balancer", "board", str(met_week)]
    process = subprocess.Popen(  # noqa: S603 - our own program
        [*command, "--out", str(out), "--no-open", "--time-limit", "600"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        link = re.search(r"http://\S+", next(one for one in process.stderr if "http" in one))[0]
        with httpx.Client(follow_redirects=True, timeout=600) as person:
            assert person.get(link).status_code == 200
            base = link.partition("/?")[0]
            assert httpx.get(f"{base}/data").status_code == 403
            assert person.get(f"{base}/data", headers={"host": "evil.example"}).status_code == 400
            with person.stream("GET", f"{base}/events") as events:
                lines = events.iter_lines()
                assert next(lines) == "event: hello"
                process.send_signal(signal.SIGINT)
                assert "event: ended" in list(lines)
        assert process.wait(timeout=600) == 0
        said = process.stdout.read() + process.stderr.read()
        assert "Ended. The decisions are in" in said
        assert "C0" not in said
        assert "Traceback" not in said
    finally:
        process.kill()
        process.communicate()
    assert not stops.asked
