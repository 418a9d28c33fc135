"""A frozen corpus of small instances whose values and bounds must never get worse.

``corpus/corpus.csv`` stores for each instance what was reached: no value may be above it and no
bound below it. Nothing is timed: the engine's work is counted, so a slow machine reaches the same.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, get_args

from benchmarks.answers import Answer, Effort, Format, Status, answer

_CORPUS: Final = Path(__file__).parent / "corpus" / "corpus.csv"


@dataclass(frozen=True)
class Entry:
    """What is expected of one instance.

    Parameters
    ----------
    path, form
        The file and its format.
    time_limit
        Seconds of work the engine is granted.
    status
        What the answer says of itself.
    values, bounds
        Of each tier: no more, and no less.
    """

    path: Path
    form: Format
    time_limit: float
    status: Status
    values: tuple[int, ...]
    bounds: tuple[int, ...]

    def complaints(self, found: Answer) -> Iterator[str]:
        """Yield what is worse in an answer than it was."""
        if self.status not in {found.status, "feasible"}:
            yield f"{found.status}, was {self.status}"
        value, bound = _tiers(found.value), _tiers(found.bound)
        if value > self.values:
            yield f"value {value}, was {self.values}"
        if bound < self.bounds and value >= self.values:
            yield f"bound {bound}, was {self.bounds}"


def corpus(path: Path = _CORPUS) -> list[Entry]:
    """Return the stored entries."""
    forms = {str(form): form for form in get_args(Format)}
    statuses = {str(status): status for status in get_args(Status)}
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Entry(
                path=path.parent / row["path"],
                form=forms[row["format"]],
                time_limit=float(row["time_limit"]),
                status=statuses[row["status"]],
                values=_numbers(row["values"]),
                bounds=_numbers(row["bounds"]),
            )
            for row in csv.DictReader(file)
        ]


def smoke(say: Callable[[str], None], entries: Sequence[Entry] | None = None) -> bool:
    """Solve the corpus; say what was reached, and return whether nothing is worse than stored."""
    fine = True
    for entry in corpus() if entries is None else entries:
        found = answer(entry.path, entry.form, Effort(entry.time_limit))
        complaints = list(entry.complaints(found))
        fine = fine and not complaints
        verdict = "; ".join(complaints) or "as good as stored"
        say(f"{entry.path.name}: {found.status} {found.value} (bound {found.bound}): {verdict}")
    return fine


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(token) for token in text.split())


def _tiers(found: int | list[int] | None) -> tuple[int, ...]:
    if found is None:
        return ()
    return tuple(found) if isinstance(found, list) else (found,)
