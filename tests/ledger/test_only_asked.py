"""Asking a ledger makes nothing and changes nothing, whatever is there; and says what to do."""

import os
import sqlite3
import stat
from pathlib import Path

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

import caseload_balancer as cb
from caseload_balancer.ledger.migrating import VERSION_TABLE
from caseload_balancer.ledger.places import engine_of, url_of
from tests.ledger.test_migrations import engine_at, fill_as_of
from tests.ledger.test_only_grows import run
from tests.ledger.weeks import record, week
from tests.refusing import refused


def asked(where):
    return cb.Ledger.open(where, read_only=True)


def tables_at(place):
    return inspect(engine_of(url_of(place.where))).get_table_names()


def test_where_there_are_no_tables_none_are_made(place):
    if place.dialect == "sqlite":
        Path(place.where).touch()
    for how in ({"read_only": True}, {"create": False}):
        with pytest.raises(cb.MissingInputError, match="it has no tables") as caught:
            cb.Ledger.open(place.where, **how)
        assert caught.value.exit_code == 66
    assert tables_at(place) == []
    if place.dialect == "sqlite":
        assert Path(place.where).read_bytes() == b""


def test_a_file_that_is_not_there_is_not_made(file, tmp_path):
    with pytest.raises(cb.MissingInputError, match="there is no ledger at"):
        asked(file.where)
    with pytest.raises(cb.MissingInputError, match="there is no ledger at"):
        asked(tmp_path / "no folder" / "ledger.db")
    assert list(tmp_path.iterdir()) == []


def test_an_older_ledger_stays_as_it_is(place, tmp_path):
    fill_as_of(engine_at(place, "0001"), "0001", tmp_path)
    with pytest.raises(cb.LedgerError, match="The next weekly run brings it up to date") as caught:
        asked(place.where)
    assert caught.value.rule == "older"
    assert "ledger_gaps" not in tables_at(place)


def test_a_newer_ledger_is_refused(place):
    cb.Ledger.open(place.where).close()
    run(place, f"UPDATE {VERSION_TABLE} SET version_num = '9999'")  # noqa: S608 - our own name
    with pytest.raises(cb.LedgerError, match="Install that version") as caught:
        asked(place.where)
    assert caught.value.rule == "newer"


def test_what_is_no_ledger_is_said(file):
    Path(file.where).write_text("children by team\n", encoding="utf-8")
    with pytest.raises(cb.LedgerError, match="is no ledger, or is damaged") as caught:
        asked(file.where)
    assert caught.value.rule == "not_a_ledger"
    Path(file.where).unlink()
    with sqlite3.connect(file.where) as connection:
        connection.execute("CREATE TABLE people (name TEXT)")
    connection.close()
    assert "a database of something else (1 table)." in refused(lambda: asked(file.where))


def test_a_ledger_without_one_of_its_tables_is_damaged(place):
    cb.Ledger.open(place.where).close()
    run(place, "DROP TABLE ledger_decisions")
    with asked(place.where) as ledger, pytest.raises(cb.LedgerError) as caught:
        ledger.decisions()
    assert caught.value.rule == "not_a_ledger"


def test_a_url_of_another_database_is_refused():
    said = refused(lambda: asked("mysql://x"))
    assert "a URL that begins with postgresql://, not with mysql://" in said


def test_what_is_asked_is_answered_and_nothing_is_changed(place):
    with cb.Ledger.open(place.where) as ledger:
        record(ledger, week({"C-1": "W-1"}))
        head = ledger.head
    before = Path(place.where).stat() if place.dialect == "sqlite" else None
    later = week({"C-1": "W-2"}, number=1)
    with asked(place.where) as ledger:
        assert len(ledger.history().weeks) == 1
        assert ledger.verify().ok
        for writes in (lambda: record(ledger, later), lambda: ledger.forget("2026-02-02")):
            with pytest.raises(cb.LedgerError, match="opened to be read only") as caught:
                writes()
            assert caught.value.rule == "cannot_write"
        assert ledger.head == head
    if before is not None:
        after = Path(place.where).stat()
        assert (after.st_mtime_ns, after.st_size) == (before.st_mtime_ns, before.st_size)


def test_a_transaction_that_reads_cannot_write(place):
    cb.Ledger.open(place.where).close()
    with engine_of(url_of(place.where)).connect() as connection:
        connection.execute(text("SELECT 1"))
        with pytest.raises(DBAPIError, match=r"(?i)read-?only"):
            connection.execute(text("CREATE TABLE other (one INTEGER)"))


@pytest.mark.skipif(os.name == "nt", reason="rights of files are others there")
def test_a_file_that_nobody_may_write_can_be_asked(file):
    with cb.Ledger.open(file.where) as ledger:
        record(ledger, week({"C-1": "W-1"}))
    Path(file.where).chmod(stat.S_IRUSR)
    with asked(file.where) as ledger:
        assert len(ledger.weeks()) == 1
