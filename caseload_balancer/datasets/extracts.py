"""Made-up extracts of case systems, from made-up services."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from caseload_balancer.arguments import a_path, checked, one_of
from caseload_balancer.domain.snapshots import Snapshot, a_snapshot
from caseload_balancer.output.whole_files import write_together
from caseload_balancer.sector.ssd.dialects import DIALECTS, Dialect


@checked(snapshot=a_snapshot, path=a_path, dialect=one_of(DIALECTS))
def ssd(snapshot: Snapshot, path: str | PathLike[str], *, dialect: Dialect = "systemc") -> Path:
    """Write a snapshot as a Standard Safeguarding Dataset, which `read` reads back.

    The tables are those of the system's own script, with the columns it leaves out and the cells
    it leaves empty; birth dates are made up, and there are no names. What the dataset has no place
    for stands beside it: ``hr.csv``, ``local.csv``, ``adjustments.csv``, ``teams.csv``.

    Parameters
    ----------
    path
        The folder; made where it is not there. All files are replaced together.
    dialect
        ``systemc``, ``mosaic`` or ``eclipse``.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    OutputError
        When it cannot be written; what was there before is untouched.
    """
    from caseload_balancer.sector.ssd.writing import ssd_files  # noqa: PLC0415 - with intake's room

    folder = Path(path)
    write_together(folder, ssd_files(snapshot, dialect))
    return folder
