"""The ledger of a weekly run: locked for a real one, a copy of it for a dry one."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from caseload_balancer.errors import LedgerError
from caseload_balancer.weekly.locks import only_run
from caseload_balancer.weekly.settings import WeeklyFile

if TYPE_CHECKING:
    from caseload_balancer.ledger import Ledger


@dataclass(frozen=True)
class OpenedLedger:
    """A ledger, and whether it may be written.

    Parameters
    ----------
    ledger
        The ledger.
    may_record
        False for a dry run on PostgreSQL: nothing is to change there, and there is no copy.
    """

    ledger: Ledger
    may_record: bool = True


@contextmanager
def opened(file: WeeklyFile, *, dry_run: bool) -> Iterator[OpenedLedger]:
    """Open the ledger that settings name for the block.

    A dry run takes no lock and writes nothing: it works on a copy of the ledger that nobody else
    may read and that is gone afterwards, or on an empty one where there is none yet.

    Raises
    ------
    AnotherRunError
        When another run is at work.
    LedgerError
        When the ledger cannot be opened.
    """
    from caseload_balancer.ledger import Ledger  # noqa: PLC0415 - of an extra

    if not dry_run:
        with only_run(file.out, file.ledger), Ledger.open(file.ledger) as ledger:
            yield OpenedLedger(ledger)
    elif "://" in file.ledger and _has_ledger(file.ledger):
        with Ledger.open(file.ledger, read_only=True) as ledger:
            yield OpenedLedger(ledger, may_record=False)
    else:
        with (
            tempfile.TemporaryDirectory(prefix="caseload-") as folder,
            Ledger.open(_copied(file.ledger, Path(folder))) as ledger,
        ):
            yield OpenedLedger(ledger)


def _has_ledger(where: str) -> bool:
    from caseload_balancer.ledger.places import url_of  # noqa: PLC0415 - of an extra
    from caseload_balancer.ledger.standing import standing_of  # noqa: PLC0415 - as above

    return standing_of(url_of(where)) not in {"absent", "empty"}


def _copied(where: str, folder: Path) -> Path:
    """Return a copy of a ledger in a file; where it has nothing, there is nothing to copy."""
    copy, ledger = folder / "ledger.db", Path(where)
    if "://" in where or not ledger.is_file() or not _has_ledger(where):
        return copy
    try:
        source = f"{ledger.absolute().as_uri()}?mode=ro"
        with (
            closing(sqlite3.connect(source, uri=True)) as one,
            closing(sqlite3.connect(copy)) as other,
        ):
            one.backup(other)
    except sqlite3.Error as error:
        raise LedgerError(
            f"the ledger '{ledger}' cannot be read ({type(error).__name__}).", "gone"
        ) from None
    return copy
