"""One weekly run at a time: locks of the system's kernel, or of the database.

A lock of the kernel ends with the process that holds it, however it ends, so that no file that is
left over ever stops the next run. Network shares often keep no such promise; two machines that run
against one ledger need PostgreSQL, whose server keeps the lock.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from caseload_balancer.errors import AnotherRunError, OutputError
from caseload_balancer.extras import need
from caseload_balancer.weekly.shares import is_on_a_share

LOCK_FILE: Final = ".weekly.lock"
_OWN_FILE: Final = 0o600
_OWN_FOLDER: Final = 0o700


@contextmanager
def only_run(out: Path, ledger: str) -> Iterator[None]:
    """Keep other weekly runs from a folder and a ledger for the block.

    Raises
    ------
    AnotherRunError
        When another run has one of them.
    OutputError
        When a lock cannot be made.
    """
    with ExitStack() as held:
        held.enter_context(_file_lock(out / LOCK_FILE))
        if "://" not in ledger:
            path = Path(ledger)
            _refuse_a_share(path)
            held.enter_context(_file_lock(path.with_name(f".{path.name}.lock")))
        elif ledger.startswith("postgres"):
            held.enter_context(_server_lock(ledger))
        yield


def _refuse_a_share(ledger: Path) -> None:
    if is_on_a_share(ledger):
        raise OutputError(
            f"the ledger '{ledger}' is on a network share, where locks are often not kept and two "
            "machines may spoil a file of SQLite. Keep it on a disk of this machine, or use "
            'PostgreSQL: ledger = "postgresql://...".'
        )


@contextmanager
def _file_lock(file: Path) -> Iterator[None]:
    need("a weekly run", "filelock")
    from filelock import FileLock, Timeout  # noqa: PLC0415 - of an extra

    try:
        file.parent.mkdir(mode=_OWN_FOLDER, parents=True, exist_ok=True)
        # Without the fallback: a plain file would stay behind when a run is killed.
        lock = FileLock(file, timeout=0, mode=_OWN_FILE, fallback_to_soft=False)
        lock.acquire()
    except Timeout:
        raise AnotherRunError(_under_way(f"'{file.parent}'")) from None
    except (OSError, NotImplementedError) as error:
        why = getattr(error, "strerror", None) or "the file system knows no locks"
        raise OutputError(f"cannot lock '{file.parent}': {why}.") from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _server_lock(ledger: str) -> Iterator[None]:
    from caseload_balancer.ledger.session_locks import (  # noqa: PLC0415 - of an extra
        session_lock,
    )

    with session_lock(ledger) as is_ours:
        if not is_ours:
            raise AnotherRunError(_under_way("the ledger's database"))
        yield


def _under_way(what: str) -> str:
    return (
        f"another weekly run is at work on {what}. Nothing was done; run again when it has ended."
    )
