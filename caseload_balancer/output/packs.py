"""The pack of a plan as a file, which never takes the place of one somebody has filled in."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any

from caseload_balancer.arguments import UnfitError, a_path, checked, shown
from caseload_balancer.domain.display_names import NO_NAMES, DisplayNames, some_names
from caseload_balancer.extras import need
from caseload_balancer.output.file_names import CAN_WRITE_PACKS
from caseload_balancer.output.filled_packs import refuse_filled
from caseload_balancer.output.whole_files import write_together
from caseload_balancer.plan import Plan, a_plan
from caseload_balancer.workbooks.new_books import load_book_writer


def load_pack_writer() -> None:
    """Load what writes packs, where it is installed."""
    if CAN_WRITE_PACKS:
        import caseload_balancer.workbooks.pack  # noqa: F401, PLC0415 - for packs only

        load_book_writer()


def pack_bytes(plan: Plan, names: DisplayNames = NO_NAMES) -> bytes:
    """Return the pack of a plan; loads what writes it only now."""
    from caseload_balancer.workbooks.pack import meeting_pack  # noqa: PLC0415 - loads XlsxWriter

    return meeting_pack(plan, names)


def a_workbook_path(value: Any) -> str | PathLike[str]:
    """Accept a path whose file Excel, and who reads the pack, would open."""
    path = a_path(value)
    if Path(path).suffix.lower() != ".xlsx":
        raise UnfitError(f"must end in .xlsx, or no program opens it; not {shown(value)}.")
    return path


@checked(plan=a_plan, path=a_workbook_path, names=some_names)
def write_pack(
    plan: Plan, path: str | PathLike[str], *, names: Mapping[str, str] | None = None
) -> Path:
    """Write a plan as a workbook for the allocation meeting, to print and to decide on.

    The same plan and names give the same bytes. Decisions chosen on it are read back by
    `Overrides.read`; docs/workbooks.md tells what is on each sheet.

    Parameters
    ----------
    path
        The file, ``meeting.xlsx`` in a folder of a plan. Its folder is made where it is not there.
    names
        A display name by ``worker_id``, as `read_names` reads them: shown beside the ids in
        columns of workers and in the drop-down, never in a plan, its hash or a log.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    ArgumentError
        When its name does not end in ``.xlsx``.
    OutputError
        When it cannot be written, or decisions have been filled in on the one that is there.
    MissingExtraError
        When the extra ``excel`` is not installed.
    """
    file = Path(path)
    need("a pack", "xlsxwriter", "openpyxl")
    content = pack_bytes(plan, some_names(names or {}))
    refuse_filled(file)
    write_together(file.parent, {file.name: content})
    return file
