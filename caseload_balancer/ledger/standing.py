"""What state a ledger is in, for who asks first: nothing is made, or brought up to date."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from sqlalchemy import URL

from caseload_balancer.errors import MissingInputError
from caseload_balancer.ledger.failures import told
from caseload_balancer.ledger.migrating import HEAD, refuse_others, revision_of
from caseload_balancer.ledger.places import engine_of, name_of, prepare_file

Standing = Literal["absent", "empty", "read_only", "older", "current"]
"""No file yet; a database without tables; a file this user may not write; of an older version; as
this version has it."""


def standing_of(url: URL) -> Standing:
    """Return what state the ledger at an address is in.

    Raises
    ------
    MissingInputError
        When there is no folder for its file.
    LedgerError
        When it cannot be reached, is no ledger, or was written by a newer version.
    """
    name = name_of(url)
    try:
        prepare_file(url, create=False)
    except MissingInputError:
        if not Path(str(url.database)).parent.is_dir():
            raise
        return "absent"
    engine = engine_of(url)
    with told(name), engine.connect() as connection, connection.begin():
        found = revision_of(connection)
        if found != HEAD:
            refuse_others(connection, found, name)
    if not _may_be_written(url):
        return "read_only"
    if found is None:
        return "empty"
    return "current" if found == HEAD else "older"


def _may_be_written(url: URL) -> bool:
    """Say whether a file and its folder, which has the journal meanwhile, may be; servers may."""
    if url.get_backend_name() != "sqlite":
        return True
    file = Path(str(url.database))
    return all(os.access(one, os.W_OK) for one in (file, file.parent))
