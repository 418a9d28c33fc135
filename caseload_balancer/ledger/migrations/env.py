"""What Alembic runs: the revisions, in the transaction that the ledger began."""

from __future__ import annotations

from alembic import context

from caseload_balancer.ledger.migrating import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    version_table=VERSION_TABLE,
    transactional_ddl=True,
)
context.run_migrations()
