"""One state for all tabs: who saw an older one changes nothing, and what is kept is on the disk."""

import json
import queue
import re

import pytest

import caseload_balancer as cb
from caseload_balancer.board_hosts.decision_files import DECISIONS_FILE, decisions_csv, read_rows
from caseload_balancer.board_hosts.server.table import BoardTable, StaleError
from caseload_balancer.board_hosts.words import CHANGED
from caseload_balancer.domain.display_names import DisplayNames
from caseload_balancer.errors import DataError
from tests.board_hosts.board_weeks import moved_case, row, small_plan, small_week

PATIENCE = 600


class Heard:
    def __init__(self):
        self.events = []
        self.ended = queue.Queue()

    def __call__(self, kind, message):
        self.events.append((kind, message))
        if kind == "message" and message["type"] != "progress":
            self.ended.put(message)


@pytest.fixture
def folder(tmp_path):
    return cb.write_plan(small_plan(), tmp_path / "out")


@pytest.fixture
def table(folder):
    made = BoardTable(
        small_week(),
        small_plan(),
        (),
        folder,
        names=DisplayNames({"W1": "Ann Ash"}),
        team=None,
        time_limit=PATIENCE,
        seed=0,
    )
    made.tell = Heard()
    return made


def test_decisions_are_on_the_disk_at_once_and_can_be_read_back(table, folder):
    rows = [row("C0", "lock"), row("C1", "ban", "W2", "PCCHAN"), row("C2", "wait")]
    told = table.decide(rows, seen=1)
    assert told["version"] == 2
    assert table.standing()["decisions"] == rows
    read = cb.Overrides.read(folder / DECISIONS_FILE)
    expected = cb.Overrides().lock("C0").ban("C1", "W2", reason="PCCHAN").pick("C2", None)
    assert read.decisions == expected.decisions
    assert list(read_rows(folder / DECISIONS_FILE)) == rows
    assert table.csv == (folder / DECISIONS_FILE).read_bytes().decode()


def test_it_is_told_when_the_decisions_were_saved_last(table, folder):
    assert table.standing()["saved_at"] == ""
    told = table.decide([row("C0", "lock")], seen=1)
    assert re.fullmatch(r"\d\d:\d\d", told["saved_at"])
    assert table.standing()["saved_at"] == told["saved_at"]


def test_every_other_tab_is_told(table):
    table.decide([row("C0", "lock")], seen=1)
    ((kind, message),) = table.tell.events
    assert (kind, message["version"], message["plan"]) == ("decisions", 2, 1)


def test_who_saw_an_older_state_changes_nothing(table, folder):
    table.decide([row("C0", "lock")], seen=1)
    with pytest.raises(StaleError):
        table.decide([row("C1", "lock")], seen=1)
    with pytest.raises(StaleError):
        table.plan_again(seen=1)
    assert [one["case_id"] for one in table.standing()["decisions"]] == ["C0"]
    assert cb.Overrides.read(folder / DECISIONS_FILE).decisions[0].case_id == "C0"


def test_what_is_no_decision_is_refused_and_not_written(table, folder):
    with pytest.raises(DataError, match="perhaps"):
        table.decide([row("C0", "perhaps")], seen=1)
    assert not (folder / DECISIONS_FILE).exists()
    assert table.standing()["version"] == 1


def test_a_new_plan_is_put_out_with_what_it_keeps_to(table, folder):
    case_id = moved_case().case_id
    table.decide([row(case_id, "reject")], seen=1)
    before = table.data
    table.plan_again(seen=2)
    assert table.tell.ended.get(timeout=PATIENCE)["type"] == "solved"
    standing = table.standing()
    assert (standing["version"], standing["plan"], standing["decisions"]) == (3, 2, [])
    written = cb.read_plan_json(folder / "plan.json")
    assert [(one.case_id, one.decision) for one in written.agreed] == [(case_id, "rejected")]
    assert written.allocation[case_id] != small_plan().allocation[case_id]
    assert json.loads(table.data)["run"] == written.fingerprint
    assert table.data != before
    assert read_rows(folder / DECISIONS_FILE) == ()
    assert "Ann Ash" in (folder / "plan.html").read_text(encoding="utf-8")
    kinds = [kind for kind, _ in table.tell.events]
    assert kinds.index("plan") < len(kinds) - 1, "the new plan comes before it is said to be there"


def test_decisions_made_meanwhile_are_kept_and_the_plan_is_put_away(table, folder):
    heard = table.tell
    later = [row("C0", "lock")]

    def decide_meanwhile(kind, message):
        if kind == "message" and message["type"] == "progress" and not heard.events:
            heard(kind, message)
            table.decide(later, seen=1)
        else:
            heard(kind, message)

    table.tell = decide_meanwhile
    table.plan_again(seen=1)
    assert heard.ended.get(timeout=PATIENCE) == {"type": "failed", "text": CHANGED}
    assert table.standing()["decisions"] == later
    assert cb.read_plan_json(folder / "plan.json").fingerprint == small_plan().fingerprint


def test_a_file_has_what_a_spreadsheet_would_not_run():
    text = decisions_csv([row("C0", "pick", 'W"1,x')])
    assert text == 'case_id,decision,worker_id,reason\r\nC0,pick,"W""1,x",\r\n'
