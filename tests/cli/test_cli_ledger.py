"""``caseload history`` and ``caseload forget``."""

import json

import pytest

import caseload_balancer as cb
from tests.ledger.test_only_grows import run
from tests.ledger.weeks import MONDAY, Place, record, week


@pytest.fixture
def where(tmp_path):
    return tmp_path / "ledger.db"


def test_history_on_the_command_line(caseload, tmp_path, where):
    with cb.Ledger.open(where) as ledger:
        for number in range(2):
            record(ledger, week({"C-1": "W-1"}, number=number))
        head = ledger.head
    done = caseload("history", where, "--out", tmp_path / "so-far")
    assert done.exit_code == 0
    assert "History of 2 weeks, 2026-01-05 to 2026-01-12" in done.stdout
    written = {one.name for one in (tmp_path / "so-far").iterdir()}
    assert written == {
        "history.html",
        "history.png",
        "not_carried_out.csv",
        "teams.csv",
        "weeks.csv",
    }
    page = tmp_path / "page.html"
    done = caseload("history", where, "--json", "--since", "2026-01-12", "--html", page)
    assert [row["week"] for row in json.loads(done.stdout)["answer"]["weeks"]] == ["2026-01-12"]
    assert page.exists()
    done = caseload("history", where, "--verify", "--json")
    assert json.loads(done.stdout)["ledger"]["head"] == head
    assert json.loads(done.stdout)["ledger"]["ok"]
    assert caseload("history", tmp_path / "none.db").exit_code == 66


def test_a_broken_ledger_is_exit_code_73(caseload, where):
    with cb.Ledger.open(where) as ledger:
        record(ledger, week({"C-1": "W-1"}))
    run(Place(str(where), "sqlite"), "UPDATE ledger_runs SET seed = 7", drop=["ledger_runs"])
    done = caseload("history", where, "--verify")
    assert done.exit_code == 73
    assert "The ledger is broken at row 2 of ledger_runs" in done.stderr


def test_forgetting_on_the_command_line(caseload, where):
    with cb.Ledger.open(where) as ledger:
        record(ledger, week({"C-1": "W-1", "C-2": "W-1"}))
        record(ledger, week({"C-2": "W-1"}, number=1))
    done = caseload("forget", where, "--before", "2026-02-01")
    assert done.exit_code == 0
    assert "1 child whose cases closed before 2026-02-01" in " ".join(done.stdout.split())
    assert b"C-1" not in where.read_bytes()
    done = caseload("forget", where, "--before", "2026-02-01", "--json")
    assert json.loads(done.stdout)["forgotten"]["cases"] == 0
    with cb.Ledger.open(where) as ledger:
        assert [one.case_id for one in ledger.case_weeks(MONDAY)] == ["C-2"]


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        (b"", 66, "it has no tables"),
        (b"children by team\n", 73, "is no ledger, or is damaged"),
    ],
)
@pytest.mark.parametrize("more", [[], ["--verify"]])
def test_what_is_no_ledger_is_said_and_left_alone(caseload, where, content, code, says, more):
    where.write_bytes(content)
    done = caseload("history", where, *more)
    assert done.exit_code == code
    assert says in done.stderr
    assert where.read_bytes() == content
    done = caseload("forget", where, "--before", "2026-02-01")
    assert done.exit_code == code
    assert where.read_bytes() == content


def test_another_kind_of_database_is_refused_in_words_of_the_command_line(caseload):
    done = caseload("history", "mysql://x")
    assert done.exit_code == 65
    said = " ".join(done.stderr.split())
    assert "LEDGER must be the path of a file, or a URL that begins with postgresql://" in said
