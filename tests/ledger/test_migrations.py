"""A ledger of every past revision is brought up to date, with what is in it."""

import pytest
from sqlalchemy import inspect, select

import caseload_balancer as cb
from caseload_balancer.ledger.chain import linked
from caseload_balancer.ledger.migrating import HEAD, VERSION_TABLE, bring_up_to_date, revisions
from caseload_balancer.ledger.places import engine_of, prepare_file, url_of
from caseload_balancer.ledger.schema import METADATA, TABLES
from tests.ledger.test_only_grows import run
from tests.ledger.weeks import MONDAY, record, week
from tests.refusing import refused

LATER = {"0001": {"ledger_case_weeks": {"family_id", "days_waited", "overdue"}}}
"""The columns that a ledger of an earlier revision has not."""


def engine_at(place, revision):
    prepare_file(url_of(place.where), create=True)
    engine = engine_of(url_of(place.where))
    bring_up_to_date(engine, place.where, revision=revision)
    return engine


def fill_as_of(engine, revision, tmp_path):
    """Write what a version of that revision wrote: the rows of today without later columns."""
    other = tmp_path / "new.db"
    with cb.Ledger.open(other) as ledger:
        record(ledger, week({"C-1": "W-1", "C-2": None}), {"C-2": "W-3"})
    there = set(inspect(engine).get_table_names())
    found = []
    with engine_of(url_of(other)).connect() as connection:
        for table in TABLES:
            if table.name in there:
                rows = connection.execute(select(table)).mappings()
                found += [(table, dict(row)) for row in rows]
    found.sort(key=lambda one: one[1]["entry"])
    number = {row["entry"]: place for place, (_, row) in enumerate(found, start=1)}
    chain = ""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        for table, row in found:
            later = LATER.get(revision, {}).get(table.name, set())
            kept = {name: value for name, value in row.items() if name not in later}
            kept["entry"] = number[row["entry"]]
            if kept.get("run"):
                kept["run"] = number[row["run"]]
            chain = linked(chain, table.name, kept)
            connection.execute(table.insert().values({**kept, "chain": chain}))


@pytest.mark.parametrize("revision", revisions())
def test_every_past_revision_is_brought_up_to_date(place, revision, tmp_path):
    engine = engine_at(place, revision)
    fill_as_of(engine, revision, tmp_path)
    with cb.Ledger.open(place.where) as ledger:
        assert ledger.verify().ok
        assert [one.as_of for one in ledger.runs()] == [MONDAY]
        assert [one.planned_id for one in ledger.case_weeks(MONDAY)] == ["W-1", "W-3"]
        later = week({"C-1": "W-2", "C-2": "W-3"}, number=1)
        assert len(ledger.with_history(later).snapshot.spells) == 3
        assert record(ledger, later).is_new
        assert len(ledger.history().weeks) == 2
        assert ledger.verify().ok
        assert ledger.forget("2026-02-02").cases == 0
    columns = {
        table.name: {one["name"] for one in inspect(engine).get_columns(table.name)}
        for table in TABLES
    }
    assert columns == {table.name: set(table.columns.keys()) for table in TABLES}
    if place.dialect == "sqlite":
        with pytest.raises(Exception, match="only grows"):
            run(place, "DELETE FROM ledger_case_weeks")


def test_a_new_ledger_has_the_tables_that_the_library_writes(place):
    cb.Ledger.open(place.where).close()
    found = inspect(engine_of(url_of(place.where)))
    assert set(found.get_table_names()) == {VERSION_TABLE, *METADATA.tables}
    for table in TABLES:
        made = {one["name"]: one for one in found.get_columns(table.name)}
        assert {name: one["nullable"] for name, one in made.items()} == {
            column.name: column.nullable for column in table.columns
        }
        wanted = {tuple(column.name for column in one.columns) for one in table.indexes}
        assert {tuple(one["column_names"]) for one in found.get_indexes(table.name)} == wanted
        keys = {fk.column.table.name for fk in table.foreign_keys}
        assert {one["referred_table"] for one in found.get_foreign_keys(table.name)} == keys


def test_the_newest_revision_is_the_one_the_library_knows():
    assert revisions()[-1] == HEAD
    assert revisions() == ("0001", "0002")


def test_a_ledger_of_a_newer_version_is_refused(place):
    with cb.Ledger.open(place.where) as ledger:
        record(ledger, week({"C-1": "W-1"}))
    run(place, f"UPDATE {VERSION_TABLE} SET version_num = '9999'")  # noqa: S608 - our own name
    with pytest.raises(cb.LedgerError, match="written by a newer version") as caught:
        cb.Ledger.open(place.where)
    assert caught.value.rule == "newer"
    assert "this one knows 0002" in str(caught.value)


def test_an_upgrade_that_fails_leaves_the_ledger_as_it_was(place, tmp_path, monkeypatch):
    engine = engine_at(place, "0001")
    fill_as_of(engine, "0001", tmp_path)

    def fail(*_args):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("caseload_balancer.ledger.triggers._creating", fail)
        with pytest.raises(cb.LedgerError):
            cb.Ledger.open(place.where)
    assert "ledger_gaps" not in inspect(engine).get_table_names()
    with cb.Ledger.open(place.where) as ledger:
        assert ledger.verify().ok


def test_a_database_of_something_else_is_refused(file):
    prepare_file(url_of(file.where), create=True)
    with engine_of(url_of(file.where)).connect().execution_options(writes=True) as connection:
        connection.exec_driver_sql("CREATE TABLE people (name TEXT)")
        connection.commit()
    assert "a database of something else (1 table)" in refused(lambda: cb.Ledger.open(file.where))
