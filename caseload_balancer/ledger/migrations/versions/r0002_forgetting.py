"""What forgetting leaves, workers by week, and more of each case.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

from caseload_balancer.ledger.triggers import create_triggers

revision: Final = "0002"
down_revision: Final = "0001"
branch_labels: Final = None
depends_on: Final = None

_ENTRY: Final = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_ID: Final = sa.String(64)
_HASH: Final = sa.String(64)
_WORD: Final = sa.String(32)
_MADE: Final = ("ledger_worker_weeks", "ledger_tombstones", "ledger_gaps")


def upgrade() -> None:
    """Add three tables and three columns; rows there are stay as they are, so does their chain."""
    for column in (
        sa.Column("family_id", _ID),
        sa.Column("days_waited", sa.Integer),
        sa.Column("overdue", sa.Boolean),
    ):
        op.add_column("ledger_case_weeks", column)
    op.create_table(
        "ledger_worker_weeks",
        sa.Column("entry", _ENTRY, primary_key=True, autoincrement=False),
        sa.Column("run", _ENTRY, sa.ForeignKey("ledger_runs.entry"), nullable=False, index=True),
        sa.Column("worker_id", _ID, nullable=False),
        sa.Column("team_id", _ID),
        sa.Column("role", _WORD, nullable=False),
        sa.Column("employment", _WORD, nullable=False),
        sa.Column("fte", sa.Float, nullable=False),
        sa.Column("cap", sa.Integer, nullable=False),
        sa.Column("children", sa.Integer, nullable=False),
        sa.Column("children_after", sa.Integer, nullable=False),
        sa.Column("chain", _HASH, nullable=False),
    )
    op.create_table(
        "ledger_tombstones",
        sa.Column("entry", _ENTRY, primary_key=True, autoincrement=False),
        sa.Column("before", sa.Date, nullable=False),
        sa.Column("cases", sa.Integer, nullable=False),
        sa.Column("rows", sa.Text, nullable=False),
        sa.Column("digest", _HASH, nullable=False),
        sa.Column("recorded_at", _WORD, nullable=False),
        sa.Column("chain", _HASH, nullable=False),
    )
    points_at = sa.ForeignKey("ledger_tombstones.entry")
    op.create_table(
        "ledger_gaps",
        sa.Column("entry", _ENTRY, primary_key=True, autoincrement=False),
        sa.Column("tombstone", _ENTRY, points_at, nullable=False),
        sa.Column("first_entry", _ENTRY, nullable=False, index=True),
        sa.Column("last_entry", _ENTRY, nullable=False),
        sa.Column("chain_after", _HASH, nullable=False),
        sa.Column("chain", _HASH, nullable=False),
    )
    create_triggers(op.get_bind(), _MADE)
