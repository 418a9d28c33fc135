"""Runs with their files and policies, cases and teams by week, spells, decisions.

Revision ID: 0001
Revises:
"""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from alembic import op

from caseload_balancer.ledger.triggers import create_function, create_triggers

revision: Final = "0001"
down_revision: Final = None
branch_labels: Final = None
depends_on: Final = None

_ENTRY: Final = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_ID: Final = sa.String(64)
_HASH: Final = sa.String(64)
_WORD: Final = sa.String(32)
_MADE: Final = (
    "ledger_policies",
    "ledger_runs",
    "ledger_files",
    "ledger_case_weeks",
    "ledger_team_weeks",
    "ledger_spells",
    "ledger_decisions",
)


def upgrade() -> None:
    """Make the first tables."""
    _make(
        "ledger_policies",
        sa.Column("policy_hash", _HASH, nullable=False, index=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
    )
    _make(
        "ledger_runs",
        sa.Column("as_of", sa.Date, nullable=False, index=True),
        sa.Column("kind", _WORD, nullable=False),
        sa.Column("inputs_hash", _HASH, nullable=False),
        sa.Column("policy_hash", _HASH, nullable=False),
        sa.Column("plan_hash", _HASH, nullable=False),
        sa.Column("seed", sa.BigInteger, nullable=False),
        sa.Column("status", _WORD, nullable=False),
        sa.Column("why_stopped", sa.Text, nullable=False),
        sa.Column("deterministic", sa.Boolean, nullable=False),
        sa.Column("versions", sa.Text, nullable=False),
        sa.Column("limits", sa.Text, nullable=False),
        sa.Column("counts", sa.Text, nullable=False),
        sa.Column("tiers", sa.Text, nullable=False),
        sa.Column("supersedes", _ENTRY, sa.ForeignKey("ledger_runs.entry"), index=True),
        sa.Column("recorded_at", _WORD, nullable=False),
    )
    _make(
        "ledger_files",
        _run(),
        sa.Column("kind", _WORD, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sha256", _HASH),
    )
    _make(
        "ledger_case_weeks",
        _run(),
        *_child(),
        sa.Column("case_type", _WORD, nullable=False),
        sa.Column("team_id", _ID),
        sa.Column("opened_on", sa.Date),
        sa.Column("holder_id", _ID),
        sa.Column("planned_id", _ID),
        sa.Column("change", _WORD, nullable=False),
        sa.Column("until", sa.Date),
        sa.Column("reason", _WORD),
        sa.Column("workers", sa.Integer, nullable=False),
    )
    _make("ledger_team_weeks", _run(), *_team_figures())
    _make(
        "ledger_spells",
        _run(),
        *_child(),
        sa.Column("worker_id", _ID, nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date),
        sa.Column("reason", _WORD),
    )
    _make(
        "ledger_decisions",
        _run(),
        *_child(),
        sa.Column("decision", _WORD, nullable=False),
        sa.Column("proposed_id", _ID),
        sa.Column("worker_id", _ID),
        sa.Column("role", _WORD, nullable=False),
        sa.Column("reason", _WORD),
        sa.Column("comment_hash", _HASH),
    )
    create_function(op.get_bind())
    create_triggers(op.get_bind(), _MADE)


def _team_figures() -> list[sa.Column[Any]]:
    figures = "children children_after over_cap waiting waiting_after must_not_wait moved forced"
    return [
        sa.Column("level", _WORD, nullable=False),
        sa.Column("team_id", _ID),
        sa.Column("parent_id", _ID),
        sa.Column("workers", sa.Integer, nullable=False),
        sa.Column("fte", sa.Float, nullable=False),
        sa.Column("agency_fte", sa.Float, nullable=False),
        sa.Column("cap", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in figures.split()),
        sa.Column("changed", sa.Integer),
        *(
            sa.Column(name, sa.Integer, nullable=False)
            for name in ("third_workers", "overdue", "due_soon")
        ),
    ]


def _make(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("entry", _ENTRY, primary_key=True, autoincrement=False),
        *columns,
        sa.Column("chain", _HASH, nullable=False),
    )


def _run() -> sa.Column[int]:
    points_at = sa.ForeignKey("ledger_runs.entry")
    return sa.Column("run", _ENTRY, points_at, nullable=False, index=True)


def _child() -> tuple[sa.Column[str], sa.Column[str]]:
    return (
        sa.Column("salt", _WORD, nullable=False),
        sa.Column("case_id", _ID, nullable=False, index=True),
    )
