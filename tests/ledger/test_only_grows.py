"""Nothing in a ledger is changed or deleted, and whoever does it all the same is found out."""

import sqlite3

import pytest
from sqlalchemy.exc import DatabaseError

import caseload_balancer as cb
from caseload_balancer.ledger.places import engine_of, url_of
from caseload_balancer.ledger.schema import TABLES
from caseload_balancer.ledger.triggers import REFUSAL, drop_triggers
from tests.ledger.weeks import MONDAY, planned, record, week

NAMES = [table.name for table in TABLES]


@pytest.fixture
def recorded(place):
    with cb.Ledger.open(place.where) as ledger:
        record(ledger, week({"C-1": "W-1", "C-2": "W-2"}))
        record(ledger, week({"C-1": "W-2", "C-2": "W-2"}, number=1))
    return place


def run(place, *statements, drop=()):
    engine = engine_of(url_of(place.where))
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        drop_triggers(connection, drop)
        for statement in statements:
            connection.exec_driver_sql(statement)


def test_every_table_refuses_changes(recorded):
    kinds = ["UPDATE {} SET chain = 'x'", "DELETE FROM {}"]
    if recorded.dialect == "postgresql":
        kinds.append("TRUNCATE {} CASCADE")
    filled = 0
    for name in NAMES:
        for kind in kinds:
            try:
                run(recorded, kind.format(name))
            except DatabaseError as error:
                filled += 1
                assert REFUSAL in str(error)  # noqa: PT017 - SQLite has nothing to say of no rows
            else:
                assert recorded.dialect == "sqlite"
    assert filled >= 12
    with cb.Ledger.open(recorded.where) as ledger:
        assert ledger.verify().ok


def test_a_row_cannot_be_replaced_whatever_a_connection_asked_for(file):
    with cb.Ledger.open(file.where) as ledger:
        record(ledger, week({"C-1": "W-1"}))
    for pragma in ("ON", "OFF"):
        connection = sqlite3.connect(file.where)
        connection.execute(f"PRAGMA recursive_triggers={pragma}")
        for name in ("ledger_runs", "ledger_case_weeks"):
            with pytest.raises(sqlite3.IntegrityError, match="only grows"):
                connection.execute(f"INSERT OR REPLACE INTO {name} SELECT * FROM {name}")  # noqa: S608
        connection.close()
    with cb.Ledger.open(file.where) as ledger:
        assert ledger.verify().ok


def test_the_connections_of_the_ledger_are_set_up(file):
    cb.Ledger.open(file.where).close()
    with engine_of(url_of(file.where)).connect() as connection:
        for pragma in ("recursive_triggers", "foreign_keys", "secure_delete"):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == 1


@pytest.mark.parametrize(
    ("table", "statement"),
    [
        ("ledger_runs", "UPDATE ledger_runs SET seed = 7 WHERE supersedes IS NULL"),
        ("ledger_case_weeks", "UPDATE ledger_case_weeks SET planned_id = 'W-3'"),
        ("ledger_case_weeks", "DELETE FROM ledger_case_weeks WHERE case_id = 'C-2'"),
        ("ledger_team_weeks", "UPDATE ledger_team_weeks SET fte = fte + 0.001"),
    ],
)
def test_the_first_broken_row_is_named(recorded, table, statement):
    run(recorded, statement, drop=[table])
    with cb.Ledger.open(recorded.where) as ledger:
        found = ledger.verify()
    assert not found.ok
    name, entry, what = found.broken
    assert entry > 1
    assert name.startswith("ledger_")
    assert what
    assert f"broken at row {entry:,} of {name}" in found.text
    if "UPDATE" in statement:
        assert name == table


def test_a_row_slipped_in_is_found(recorded):
    with cb.Ledger.open(recorded.where) as ledger:
        rows, head = ledger.verify().rows, ledger.head
    columns = "run, kind, name, sha256, entry, chain"
    run(
        recorded,
        f"INSERT INTO ledger_files ({columns}) "  # noqa: S608 - a test's own names
        f"VALUES (2, 'input', 'x', NULL, {rows + 1}, '{head}')",
    )
    with cb.Ledger.open(recorded.where) as ledger:
        assert ledger.verify().broken[:2] == ("ledger_files", rows + 1)


def test_a_tail_cut_off_shows_in_the_head(recorded):
    with cb.Ledger.open(recorded.where) as ledger:
        head, rows = ledger.head, ledger.verify().rows
        record(ledger, week({"C-1": "W-1"}, number=2))
    names = [name for name in NAMES if name != "ledger_policies"]
    run(
        recorded,
        *(f"DELETE FROM {name} WHERE entry > {rows}" for name in reversed(names)),  # noqa: S608
        drop=names,
    )
    with cb.Ledger.open(recorded.where) as ledger:
        assert ledger.verify().ok
        assert ledger.head == head


def test_nothing_is_recorded_where_something_fails_on_the_way(place, monkeypatch):
    snapshot = week({"C-1": "W-1"})
    with cb.Ledger.open(place.where) as ledger:
        record(ledger, snapshot)
        head = ledger.head
        later = week({"C-1": "W-2"}, number=1)
        with monkeypatch.context() as patch:
            patch.setattr("caseload_balancer.ledger.recording.salt", lambda: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                ledger.record(later, planned(later))
        assert ledger.head == head
        assert [one.as_of for one in ledger.runs()] == [MONDAY]
        assert record(ledger, later).is_new
        assert ledger.verify().ok
