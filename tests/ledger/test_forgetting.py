"""Cases that closed long ago leave the ledger, its files too; the chain stays whole."""

import stat
from datetime import date
from pathlib import Path

import pytest

import caseload_balancer as cb
from caseload_balancer.plan.rows import Agreed
from tests.ledger.weeks import MONDAY, planned, record, week
from tests.refusing import refused

PLANTED = "CASE-PLANTED-7f3a9"
FAMILY = "FAM-PLANTED-7f3a9"
COMMENT = "words that somebody said of them"


@pytest.fixture
def closed(place):
    """A ledger in which one child, with everything there can be, closed in the second week."""
    with cb.Ledger.open(place.where) as ledger:
        snapshot = week({PLANTED: "W-1", "C-2": "W-1"})
        cases = [
            one.model_copy(update={"family_id": FAMILY}) if one.case_id == PLANTED else one
            for one in snapshot.cases
        ]
        spells = [cb.Spell(case_id=PLANTED, worker_id="W-1", starts_on=date(2025, 6, 2))]
        snapshot = snapshot.model_copy(update={"cases": cases, "spells": spells})
        plan = planned(snapshot, {PLANTED: "W-2"})
        ledger.record(snapshot, plan)
        agreed = [Agreed(case_id=PLANTED, decision="rejected", worker_id="W-2")]
        ledger.decide(snapshot, plan, planned(snapshot, agreed=agreed), comments={PLANTED: COMMENT})
        record(ledger, week({"C-2": "W-1"}, number=1))
        record(ledger, week({"C-2": "W-2"}, number=2))
    return place


def everything_in(place):
    """Return every byte that the ledger's files hold, or every row the server gives."""
    if place.dialect == "sqlite":
        return b"".join(one.read_bytes() for one in Path(place.where).parent.iterdir())
    import psycopg  # noqa: PLC0415 - where there is a PostgreSQL

    from caseload_balancer.ledger.schema import TABLES  # noqa: PLC0415 - as above

    asked = [f"SELECT t::text FROM {table.name} t" for table in TABLES]  # noqa: S608 - our names
    with psycopg.connect(place.where.replace("+psycopg", "")) as connection:
        rows = [connection.execute(one).fetchall() for one in asked]
    return str(rows).encode()


def test_nothing_of_a_case_that_closed_is_left(closed):
    assert PLANTED.encode() in everything_in(closed)
    assert COMMENT.encode() not in everything_in(closed)
    with cb.Ledger.open(closed.where) as ledger:
        before = ledger.history()
        rows = ledger.verify().rows
        done = ledger.forget("2026-01-13")
        assert (done.cases, done.before) == (1, date(2026, 1, 13))
        assert done.rows == {"case_weeks": 2, "spells": 2, "decisions": 1}
        assert done.text == (
            "Forgotten: 1 child whose cases closed before 2026-01-13 (5 rows). What remains of "
            "them are counts."
        )
        assert ledger.history() == before
        found = ledger.verify()
        assert found.ok
        assert found.forgotten == 5
        assert found.rows > rows - 5
        assert {one.case_id for one in ledger.spells()} == {"C-2"}
        assert [one.case_id for one in ledger.case_weeks(MONDAY)] == ["C-2"]
    left = everything_in(closed)
    assert PLANTED.encode() not in left
    assert FAMILY.encode() not in left
    assert b"C-2" in left


def test_what_may_be_open_is_not_forgotten(closed):
    with cb.Ledger.open(closed.where) as ledger:
        head = ledger.head
        # Closed between the first and the second Monday: not surely before the second one.
        done = ledger.forget("2026-01-12")
        assert done.cases == 0
        assert "nothing was forgotten" in done.text
        assert ledger.forget("2025-01-01").cases == 0
        assert ledger.head == head


def test_the_ledger_goes_on_growing_and_still_refuses_changes(closed):
    with cb.Ledger.open(closed.where) as ledger:
        ledger.forget("2026-01-19")
        assert record(ledger, week({"C-3": "W-1"}, number=3)).is_new
        assert ledger.verify().ok
        assert ledger.forget("2026-02-02").cases == 1
        found = ledger.verify()
        assert found.ok
        assert found.forgotten > 5
    if closed.dialect == "sqlite":
        assert stat.S_IMODE(Path(closed.where).stat().st_mode) == 0o600
    from sqlalchemy.exc import DatabaseError  # noqa: PLC0415 - the ledger's own extra

    from tests.ledger.test_only_grows import run  # noqa: PLC0415 - as above

    with pytest.raises(DatabaseError, match="only grows"):
        run(closed, "DELETE FROM ledger_case_weeks")


def test_it_is_all_or_nothing(closed, monkeypatch):
    with cb.Ledger.open(closed.where) as ledger:
        head = ledger.head
        with monkeypatch.context() as patch:
            patch.setattr("caseload_balancer.ledger.forgetting.now", lambda: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                ledger.forget("2026-01-19")
        assert ledger.head == head
        assert ledger.verify().ok
        assert len(ledger.case_weeks(MONDAY)) == 2
        assert ledger.forget("2026-01-19").cases == 1


def test_a_file_that_cannot_be_written_anew_is_said(closed, monkeypatch):
    def full(_engine):
        raise OSError(28, "No space left on device")

    with cb.Ledger.open(closed.where) as ledger:
        with monkeypatch.context() as patch:
            patch.setattr("caseload_balancer.ledger.ledgers.write_anew", full)
            said = refused(lambda: ledger.forget("2026-01-19"))
            again = refused(lambda: ledger.forget("2026-01-19"))
        assert "the rows are forgotten, but" in said
        assert "Run the same again" in said
        assert "no case was left to forget, but" in again
        assert ledger.forget("2026-01-19").cases == 0
        assert ledger.verify().ok
    assert PLANTED.encode() not in everything_in(closed)


def test_a_tombstone_that_tells_of_too_much_is_found(closed):
    with cb.Ledger.open(closed.where) as ledger:
        ledger.forget("2026-01-19")
    from tests.ledger.test_only_grows import run  # noqa: PLC0415 - its own table of triggers

    run(
        closed,
        "UPDATE ledger_gaps SET last_entry = last_entry + 1",
        drop=["ledger_gaps"],
    )
    with cb.Ledger.open(closed.where) as ledger:
        assert not ledger.verify().ok


def test_a_date_is_a_date(file):
    with cb.Ledger.open(file.where) as ledger:
        assert "must be a date" in refused(lambda: ledger.forget("last year"))
