"""The revisions of the ledger's tables, run by Alembic: each is an upgrade and none a way back."""
