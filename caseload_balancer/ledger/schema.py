"""The tables of the ledger, as of its newest revision.

Rows of all tables are numbered together (`entry`), and each has the hash of its content and of the
row before it (`chain`). Who, what and when are ids, words of closed lists, figures and dates.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

METADATA: Final = MetaData()
ENTRY: Final = BigInteger().with_variant(Integer(), "sqlite")
"""SQLite numbers rows itself only where the type is INTEGER."""

_ID: Final = String(64)
_HASH: Final = String(64)
_WORD: Final = String(32)


def _table(name: str, *columns: Column[Any]) -> Table:
    entry: Column[int] = Column("entry", ENTRY, primary_key=True, autoincrement=False)
    chain: Column[str] = Column("chain", _HASH, nullable=False)
    return Table(f"ledger_{name}", METADATA, entry, *columns, chain)


def _of_run() -> Column[int]:
    return Column("run", ENTRY, ForeignKey("ledger_runs.entry"), nullable=False, index=True)


def _salt() -> Column[str]:
    """Return what keeps the hash of a forgotten row from telling whose it was."""
    return Column("salt", _WORD, nullable=False)


def _child() -> Column[str]:
    return Column("case_id", _ID, nullable=False, index=True)


POLICIES: Final = _table(
    "policies",
    Column("policy_hash", _HASH, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("content", Text, nullable=False),
)

RUNS: Final = _table(
    "runs",
    Column("as_of", Date, nullable=False, index=True),
    Column("kind", _WORD, nullable=False),
    Column("inputs_hash", _HASH, nullable=False),
    Column("policy_hash", _HASH, nullable=False),
    Column("plan_hash", _HASH, nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("status", _WORD, nullable=False),
    Column("why_stopped", Text, nullable=False),
    Column("deterministic", Boolean, nullable=False),
    Column("versions", Text, nullable=False),
    Column("limits", Text, nullable=False),
    Column("counts", Text, nullable=False),
    Column("tiers", Text, nullable=False),
    Column("supersedes", ENTRY, ForeignKey("ledger_runs.entry"), index=True),
    Column("recorded_at", _WORD, nullable=False),
)

FILES: Final = _table(
    "files",
    _of_run(),
    Column("kind", _WORD, nullable=False),
    Column("name", Text, nullable=False),
    Column("sha256", _HASH),
)

CASE_WEEKS: Final = _table(
    "case_weeks",
    _of_run(),
    _salt(),
    _child(),
    Column("case_type", _WORD, nullable=False),
    Column("team_id", _ID),
    Column("opened_on", Date),
    Column("holder_id", _ID),
    Column("planned_id", _ID),
    Column("change", _WORD, nullable=False),
    Column("until", Date),
    Column("reason", _WORD),
    Column("workers", Integer, nullable=False),
    Column("family_id", _ID),
    Column("days_waited", Integer),
    Column("overdue", Boolean),
)

WORKER_WEEKS: Final = _table(
    "worker_weeks",
    _of_run(),
    Column("worker_id", _ID, nullable=False),
    Column("team_id", _ID),
    Column("role", _WORD, nullable=False),
    Column("employment", _WORD, nullable=False),
    Column("fte", Float, nullable=False),
    Column("cap", Integer, nullable=False),
    Column("children", Integer, nullable=False),
    Column("children_after", Integer, nullable=False),
)

TEAM_WEEKS: Final = _table(
    "team_weeks",
    _of_run(),
    Column("level", _WORD, nullable=False),
    Column("team_id", _ID),
    Column("parent_id", _ID),
    Column("workers", Integer, nullable=False),
    Column("fte", Float, nullable=False),
    Column("agency_fte", Float, nullable=False),
    Column("cap", Integer, nullable=False),
    Column("children", Integer, nullable=False),
    Column("children_after", Integer, nullable=False),
    Column("over_cap", Integer, nullable=False),
    Column("waiting", Integer, nullable=False),
    Column("waiting_after", Integer, nullable=False),
    Column("must_not_wait", Integer, nullable=False),
    Column("moved", Integer, nullable=False),
    Column("forced", Integer, nullable=False),
    Column("changed", Integer),
    Column("third_workers", Integer, nullable=False),
    Column("overdue", Integer, nullable=False),
    Column("due_soon", Integer, nullable=False),
)

SPELLS: Final = _table(
    "spells",
    _of_run(),
    _salt(),
    _child(),
    Column("worker_id", _ID, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date),
    Column("reason", _WORD),
)

DECISIONS: Final = _table(
    "decisions",
    _of_run(),
    _salt(),
    _child(),
    Column("decision", _WORD, nullable=False),
    Column("proposed_id", _ID),
    Column("worker_id", _ID),
    Column("role", _WORD, nullable=False),
    Column("reason", _WORD),
    Column("comment_hash", _HASH),
)

TOMBSTONES: Final = _table(
    "tombstones",
    Column("before", Date, nullable=False),
    Column("cases", Integer, nullable=False),
    Column("rows", Text, nullable=False),
    Column("digest", _HASH, nullable=False),
    Column("recorded_at", _WORD, nullable=False),
)

GAPS: Final = _table(
    "gaps",
    Column("tombstone", ENTRY, ForeignKey("ledger_tombstones.entry"), nullable=False),
    Column("first_entry", ENTRY, nullable=False, index=True),
    Column("last_entry", ENTRY, nullable=False),
    Column("chain_after", _HASH, nullable=False),
)

TABLES: Final = tuple(METADATA.tables.values())
"""Every table, in the order in which one may point at another."""

OF_CHILDREN: Final = (CASE_WEEKS, SPELLS, DECISIONS)
"""The tables whose rows are about one child each: what `forget` takes rows of."""
