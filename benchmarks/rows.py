"""Raw measurements: one row a run, kept as CSV."""

from __future__ import annotations

import csv
import importlib.metadata
import os
import platform
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from caseload_balancer.errors import DataError, DataProblem, MissingInputError, OutputError


@dataclass(frozen=True, kw_only=True)
class Row:
    """One run of one contestant on one instance.

    Parameters
    ----------
    instance, contestant, version, seed, order, limit
        What was run: names, the contestant's version, its seed, the row order (0: as made) and
        the time limit in seconds.
    status
        ``optimal``, ``feasible``, ``infeasible``, ``unknown``, ``none`` (no answer) or
        ``broken`` (the evaluator refused the answer).
    value, bound
        Of the last tier, by the suite's evaluator and by the contestant; None where there is none.
    earlier
        Values and bounds of the tiers before it, as text ``value/bound`` with spaces between.
    floor
        The constants, from `floors.floor`; None for public instances without any.
    best_known
        Published value, of public instances.
    after
        Instance that was solved before in the same process; empty without one, and then loading
        the solver is within `seconds`.
    seconds, proof_seconds, process_seconds
        From the instance in memory to the answer, and to its bound; of the whole process.
    peak_memory_mib
        As the process reports it; None where it does not.
    machine, processors, load, python, ortools, date
        Where and when; `load` is the average of the last minute before the run.
    note
        Why there is no answer.
    """

    instance: str
    contestant: str
    version: str
    seed: int
    order: int
    limit: float
    status: str
    value: int | None
    bound: int | None
    earlier: str
    floor: int | None
    best_known: int | None
    seconds: float | None
    process_seconds: float
    proof_seconds: float | None
    after: str
    peak_memory_mib: float | None
    machine: str
    processors: int
    load: float | None
    python: str
    ortools: str
    date: str
    note: str

    @property
    def group(self) -> str:
        """The instance without its seed or file."""
        return self.instance.rsplit("/", 1)[0]


def surroundings() -> dict[str, Any]:
    """Return the columns about where and when, as they are now."""
    load = round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None
    return {
        "machine": f"{platform.system()} {platform.machine()}",
        "processors": os.cpu_count() or 1,
        "load": load,
        "python": platform.python_version(),
        "ortools": importlib.metadata.version("ortools"),
        "date": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def append_row(path: Path, row: Row) -> None:
    """Add a row to a file, which gets a header if it is new: a run cut short loses nothing.

    Raises
    ------
    OutputError
        When the file has other columns, as those of an earlier version have.
    """
    names = [field.name for field in fields(Row)]
    there = _header(path)
    if there not in ([], names):
        raise OutputError(f"{path} has other columns than rows have now; name another file")
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        if not there:
            writer.writeheader()
        writer.writerow(asdict(row))


def _header(path: Path) -> list[str]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file), [])


def read_rows(paths: Iterable[Path]) -> list[Row]:
    """Return the rows of files written by `append_row`, in order.

    Raises
    ------
    MissingInputError, DataError
        When a file is not there, or has a row that is none.
    """
    return [row for path in paths for row in _read(path)]


def _read(path: Path) -> Iterator[Row]:
    if not path.is_file():
        raise MissingInputError(f"there is no file {path}")
    parse = {field.name: _PARSERS[str(field.type)] for field in fields(Row)}
    with path.open(encoding="utf-8", newline="") as file:
        for number, record in enumerate(csv.DictReader(file), 2):
            given = _LATER_COLUMNS | record
            try:
                yield Row(**{name: parse[name](given[name]) for name in parse})
            except (KeyError, TypeError, ValueError):
                told = "it is no row that run or compare wrote; leave the file out"
                raise DataError([DataProblem(str(path), number, None, "row", told)]) from None


_LATER_COLUMNS: Final = MappingProxyType({"proof_seconds": "", "after": ""})
"""Of which files measured before they were there have nothing."""
_PARSERS: dict[str, Any] = {
    "str": str,
    "int": int,
    "float": float,
    "int | None": lambda text: int(text) if text else None,
    "float | None": lambda text: float(text) if text else None,
}
