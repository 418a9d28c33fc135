"""What the board's server answers, behind its guard."""

import json

import pytest

import caseload_balancer as cb
from caseload_balancer.board_hosts.server.app import make_app
from caseload_balancer.board_hosts.server.events import Events
from caseload_balancer.board_hosts.server.guard import Guard
from caseload_balancer.board_hosts.server.table import BoardTable
from caseload_balancer.domain.display_names import NO_NAMES
from tests.board_hosts.askers import Asker
from tests.board_hosts.board_weeks import row, small_plan, small_week

PORT = 8124
ORIGIN = f"http://127.0.0.1:{PORT}"
OWN = {"sec-fetch-site": "same-origin", "content-type": "application/json"}
PATHS = (
    "/",
    "/board.css",
    "/board.js",
    "/data",
    "/decisions.csv",
    "/favicon.ico",
    "/host.css",
    "/host.js",
    "/standing",
)


@pytest.fixture
def table(tmp_path):
    how = {"names": NO_NAMES, "team": None, "time_limit": 600, "seed": 0}
    return BoardTable(small_week(), small_plan(), (), tmp_path, **how)


@pytest.fixture
def guard(table):
    return Guard(make_app(table, Events()), PORT)


@pytest.fixture
def tab(guard):
    client = Asker(guard, ORIGIN)
    client.get(guard.entrance)
    return client


def post(tab, path, **content):
    return tab.post(path, headers=OWN, content=json.dumps(content))


@pytest.mark.parametrize("path", PATHS)
def test_everything_the_page_needs_is_there_for_who_was_let_in(guard, tab, path):
    answer = tab.get(path)
    assert answer.status_code == 200
    assert answer.content
    assert Asker(guard, ORIGIN).get(path).status_code == 403


def test_the_page_has_nothing_within_it_that_its_policy_forbids(tab):
    page = tab.get("/").text
    assert "<style" not in page
    assert "style=" not in page
    assert " on" not in page.replace(" on ", " ")
    assert '<script type="module" src="/host.js"></script>' in page
    assert "http" not in page
    assert tab.get("/host.js").headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize(
    "path",
    [
        "/decisions.csv/",
        "/plan.json",
        "/%2e%2e/plan.json",
        "/..%2fplan.json",
        "//etc/passwd",
        "/host.js/",
        "/front/host.js",
        "/host.js%00",
        "/C:%5Cplan.json",
    ],
)
def test_a_path_is_no_name_of_a_file(tab, path):
    assert tab.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/decisions", "/plan-again", "/stop"])
def test_what_changes_anything_is_posted(tab, path):
    assert tab.get(path).status_code == 405


def test_data_is_the_boards(tab):
    data = tab.get("/data").json()
    assert data["run"] == small_plan().fingerprint
    assert data["format"] == "caseload_balancer board 1"


def test_decisions_are_taken_over_and_can_be_downloaded(tab):
    rows = [row("C0", "lock", reason="MANAGE")]
    answer = post(tab, "/decisions", version=1, decisions=rows)
    assert (answer.status_code, answer.json()["version"]) == (200, 2)
    standing = tab.get("/standing").json()
    assert standing["decisions"] == rows
    assert standing["file"].endswith("decisions.csv")
    download = tab.get("/decisions.csv")
    assert download.text.splitlines() == ["case_id,decision,worker_id,reason", "C0,lock,,MANAGE"]
    assert "attachment" in download.headers["content-disposition"]


def test_of_two_tabs_the_one_that_saw_an_older_board_is_told_so(guard, tab):
    second = Asker(guard, ORIGIN)
    second.cookies.update(tab.cookies)
    assert post(tab, "/decisions", version=1, decisions=[row("C0", "lock")]).status_code == 200
    answer = post(second, "/decisions", version=1, decisions=[row("C1", "lock")])
    assert (answer.status_code, answer.json()["stale"]) == (409, True)
    assert post(second, "/plan-again", version=1).status_code == 409
    assert second.get("/standing").json()["decisions"] == [row("C0", "lock")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[1]", 400),
        (b"[" * 100_000, 400),
        (b"\xff", 400),
        (b"{}", 400),
        (b'{"version": 1}', 400),
        (b'{"version": true, "decisions": []}', 400),
        (b'{"version": "1", "decisions": []}', 400),
        (b'{"version": 1, "decisions": {}}', 400),
        (b'{"version": 1, "decisions": [{"case_id": "C0"}]}', 400),
        (json.dumps({"version": 1, "decisions": [row(1, "lock")]}).encode(), 400),
        (json.dumps({"version": 1, "decisions": [row("C0", "perhaps")]}).encode(), 422),
    ],
)
def test_what_is_no_list_of_decisions_is_refused_in_words(tab, content, code):
    answer = tab.post("/decisions", headers=OWN, content=content)
    assert answer.status_code == code
    assert answer.json()["problem"]
    assert tab.get("/standing").json()["version"] == 1


def test_a_form_of_another_page_is_no_json(tab):
    headers = {**OWN, "content-type": "text/plain"}
    assert tab.post("/decisions", headers=headers, content=b"{}").status_code == 415


def test_what_does_not_say_how_long_it_is_is_read_no_further_than_allowed(tab):
    async def endless():
        for _ in range(30):
            yield b"x" * 50_000

    answer = tab.post("/decisions", headers=OWN, content=endless())
    assert answer.status_code == 413


def test_a_disk_that_is_full_is_told_and_the_decisions_are_not_taken_over(tab, table, monkeypatch):
    def full(folder, files):
        raise cb.OutputError("cannot write to the folder 'out': no space left.")

    monkeypatch.setattr("caseload_balancer.board_hosts.server.table.write_together", full)
    answer = post(tab, "/decisions", version=1, decisions=[row("C0", "lock")])
    assert answer.status_code == 507
    assert "no space left" in answer.json()["problem"]
    assert table.standing()["decisions"] == []


def test_nothing_of_a_defect_is_shown(tab, table, monkeypatch):
    def defect(*_):
        raise KeyError("C-00042")

    monkeypatch.setattr(table, "decide", defect)
    answer = post(tab, "/decisions", version=1, decisions=[])
    assert answer.status_code == 500
    assert "C-00042" not in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_too_many_tabs_are_told_so(tab, monkeypatch):
    monkeypatch.setattr(Events, "full", True)
    assert tab.get("/events").status_code == 503
