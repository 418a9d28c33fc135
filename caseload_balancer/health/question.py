"""The question whether this machine is fit for the weekly run."""

from __future__ import annotations

import os
from pathlib import Path

from caseload_balancer.arguments import a_path, a_text, checked
from caseload_balancer.health.answer import Health
from caseload_balancer.health.folders import check_folders
from caseload_balancer.health.ledgers import check_ledger
from caseload_balancer.health.machine import check_machine
from caseload_balancer.health.solvers import check_solvers
from caseload_balancer.health.versions import check_extras, check_versions


@checked(out=a_path, ledger=a_text)
def doctor(out: str | os.PathLike[str] | None = None, *, ledger: str | None = None) -> Health:
    """Say whether this machine is fit: versions, solvers, folders, memory, extras.

    Nothing is fetched, and what is written to try folders is removed again. The one connection is
    to the database that `ledger` names.

    Parameters
    ----------
    out
        The folder for results, which need not be there; None takes the one that is stood in.
    ledger
        A ledger to look at: the path of a file, or a URL that begins with ``postgresql://``.

    Returns
    -------
    Health
    """
    checks = [
        *check_versions(),
        *check_solvers(),
        *check_folders(Path.cwd() if out is None else Path(out)),
        *check_machine(),
        *check_extras(),
    ]
    if ledger is not None:
        checks.append(check_ledger(ledger))
    return Health(tuple(checks))
