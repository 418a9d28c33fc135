"""The database is gone, locked, full or may not be written: said so, and nothing is half done."""

import os
import pickle
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import event

import caseload_balancer as cb
from caseload_balancer.ledger import places
from tests.ledger.weeks import MONDAY, planned, record, week


@pytest.fixture
def recorded(place, monkeypatch):
    monkeypatch.setattr(places, "PATIENCE", 1)
    with cb.Ledger.open(place.where) as ledger:
        record(ledger, week({"C-1": "W-1"}))
        yield place, ledger


def whole_after(place, rule, call):
    """Return what a failing call says; the ledger must be as it was, and work again."""
    with cb.Ledger.open(place.where) as ledger:
        head = ledger.head
    with pytest.raises(cb.LedgerError) as caught:
        call()
    assert caught.value.rule == rule
    assert "C-1" not in str(caught.value)
    assert caught.value.exit_code == 73
    return head, str(caught.value)


def engine_of(ledger):
    return ledger._engine  # noqa: SLF001 - to make its connections fail


def later_week(ledger):
    snapshot = week({"C-1": "W-2"}, number=1)
    return lambda: ledger.record(snapshot, planned(snapshot))


def test_another_program_writes(recorded):
    place, ledger = recorded
    engine = places.engine_of(places.url_of(place.where))
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.exec_driver_sql("SELECT 1")
        # One that reads is not held up.
        assert ledger.run(MONDAY) is not None
        head, said = whole_after(place, "locked", later_week(ledger))
    assert "in use by another program" in said
    assert ledger.head == head
    assert later_week(ledger)().is_new


def test_the_disk_is_full(file):
    with cb.Ledger.open(file.where) as ledger:
        record(ledger, week({"C-1": "W-1"}))

        @event.listens_for(engine_of(ledger), "connect")
        def small(connection, _record):
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count={pages}")

        many = week({f"C-{n:03}": "W-1" for n in range(300)}, number=1)
        head, said = whole_after(file, "full", lambda: ledger.record(many, planned(many)))
        assert "the disk is full" in said
        assert ledger.head == head
        event.remove(engine_of(ledger), "connect", small)
        assert ledger.record(many, planned(many)).is_new
        assert ledger.verify().ok


def test_the_file_is_gone(file):
    with cb.Ledger.open(file.where) as ledger:
        record(ledger, week({"C-1": "W-1"}))
        Path(file.where).rename(file.where + ".away")
        with pytest.raises(cb.LedgerError) as caught:
            later_week(ledger)()
        assert caught.value.rule == "gone"
        assert not Path(file.where).exists()
        Path(file.where + ".away").rename(file.where)
        assert later_week(ledger)().is_new


def test_a_file_that_may_not_be_written_is_said(file, monkeypatch):
    with cb.Ledger.open(file.where) as ledger:
        record(ledger, week({"C-1": "W-1"}))

        @event.listens_for(engine_of(ledger), "connect")
        def read_only(connection, _record):
            connection.execute("PRAGMA query_only=ON")

        _, said = whole_after(file, "cannot_write", later_week(ledger))
        assert "may not be written" in said
        assert ledger.run(MONDAY) is not None


def test_a_ledger_that_is_damaged_is_said(file):
    with cb.Ledger.open(file.where) as ledger:
        record(ledger, week({"C-1": "W-1"}))
    content = bytearray(Path(file.where).read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    Path(file.where).write_bytes(content)
    with pytest.raises(cb.LedgerError) as caught:
        cb.Ledger.open(file.where).verify()
    assert caught.value.rule == "not_a_ledger"


def test_a_process_that_is_killed_leaves_nothing_half(file, tmp_path, wall_clock):
    with cb.Ledger.open(file.where) as ledger:
        record(ledger, week({"C-1": "W-1"}))
        head = ledger.head
    snapshot = week({"C-1": "W-2"}, number=1)
    given = tmp_path / "given"
    given.write_bytes(pickle.dumps((snapshot, planned(snapshot))))
    code = (
        "import os, pickle, signal; from pathlib import Path; import caseload_balancer as cb;"
        "ledger = cb.Ledger.open(os.environ['LEDGER']);"
        "import caseload_balancer.ledger.recording as recording;"
        "recording._spells = lambda *a: os.kill(os.getpid(), signal.SIGKILL);"
        "ledger.record(*pickle.loads(Path(os.environ['GIVEN']).read_bytes()))"
    )
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code],
        check=False,
        timeout=600,
        env={**os.environ, "LEDGER": file.where, "GIVEN": str(given)},
    )
    assert done.returncode < 0
    with cb.Ledger.open(file.where) as ledger:
        assert ledger.head == head
        assert ledger.verify().ok
        assert later_week(ledger)().is_new


def test_without_sqlalchemy_the_extra_is_named():
    code = (
        "import sys; sys.modules['sqlalchemy'] = None\n"
        "import caseload_balancer as cb\n"
        "try: cb.Ledger\n"
        "except cb.MissingInputError as error: print(error)\n"
    )
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=600
    )
    assert 'pip install "caseload-balancer[ledger]"' in done.stdout


def test_the_file_stays_small_and_nothing_lies_beside_it(file):
    with cb.Ledger.open(file.where) as ledger:
        for number in range(3):
            record(ledger, week({"C-1": "W-1"}, number=number))
    assert [one.name for one in Path(file.where).parent.iterdir()] == ["ledger.db"]
    connection = sqlite3.connect(file.where)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    connection.close()
