"""A snapshot to a folder of CSV files: what `caseload_balancer.read` reads back unchanged."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from caseload_balancer.arguments import a_path, checked
from caseload_balancer.domain import Adjustment, Case, Snapshot, Spell, Team, Worker, a_snapshot
from caseload_balancer.domain.spreadsheet_text import cell_text, csv_text
from caseload_balancer.domain.words import Row
from caseload_balancer.output.whole_files import write_together

_ROWS: Final[Mapping[str, type[Row]]] = {
    "cases": Case,
    "workers": Worker,
    "adjustments": Adjustment,
    "teams": Team,
    "spells": Spell,
}


@checked(snapshot=a_snapshot, path=a_path)
def write_folder(snapshot: Snapshot, path: str | os.PathLike[str]) -> Path:
    """Write a snapshot as ``cases.csv``, ``workers.csv``, ... and ``service.toml``.

    Every table has its file, also one without rows, so that nothing of an earlier week stays.
    Files are UTF-8 with commas. Text that a spreadsheet would run as a formula gets an
    apostrophe in front, which reading takes away again.

    Parameters
    ----------
    path
        The folder; made where it is not there. All files are replaced together; other files in
        it stay.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    OutputError
        When it cannot be written; what was there before is untouched.
    """
    folder = Path(path)
    files = {f"{table}.csv": _csv(row, getattr(snapshot, table)) for table, row in _ROWS.items()}
    files["service.toml"] = f"as_of = {snapshot.as_of.isoformat()}\n"
    write_together(folder, files)
    return folder


def _csv(row: type[Row], rows: Sequence[Row]) -> str:
    titles = {name: field.alias or name for name, field in row.model_fields.items()}
    cells = ([cell_text(getattr(row, name)) for name in titles] for row in rows)
    return csv_text(titles.values(), cells)
