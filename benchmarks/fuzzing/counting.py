"""How many inputs were read, refused, and ended with an exception that is no refusal."""

from __future__ import annotations

import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from benchmarks.fuzzing.readers import readers
from caseload_balancer.errors import CaseloadError

_FIRST_OF_EACH = 3


@dataclass
class Counts:
    """What became of the inputs.

    Parameters
    ----------
    read, refused
        Inputs of each reader.
    uncaught
        How many inputs ended at each place with an exception of no kind of ours.
    examples
        The first numbers of such inputs at each place: `try_one` of the same seed is that input.
    """

    read: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    uncaught: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[int]] = field(default_factory=dict)

    @property
    def inputs(self) -> int:
        """All inputs that were tried."""
        return self.read.total() + self.refused.total() + self.uncaught.total()

    def lines(self) -> Iterator[str]:
        """Yield the counts as a table in Markdown."""
        yield "| reader | inputs | read | refused |"
        yield "|---|---|---|---|"
        for name in sorted(self.read.keys() | self.refused.keys()):
            read, refused = self.read[name], self.refused[name]
            yield f"| {name} | {read + refused:,} | {read:,} | {refused:,} |"
        yield f"\n{self.inputs:,} inputs, {self.uncaught.total():,} uncaught exceptions"
        for place, count in self.uncaught.most_common():
            yield f"  {count:,} x {place}; inputs {self.examples[place]}"


def fuzz(inputs: range, seed: int = 0) -> Counts:
    """Break and read as many documents as `inputs` has numbers; each number is one input."""
    counts = Counts()
    with tempfile.TemporaryDirectory() as folder:
        tried = readers(Path(folder))
        names, weights = [one.name for one in tried], [one.weight for one in tried]
        by_name = {one.name: one for one in tried}
        for number in inputs:
            random = Random(f"{seed} {number}")  # noqa: S311 - not for secrets
            (name,) = random.choices(names, weights)
            try:
                by_name[name].try_one(random)
            except CaseloadError:
                counts.refused[name] += 1
            except Exception as error:  # noqa: BLE001 - what this is here to count
                place = f"{name}: {_place(error)}"
                counts.uncaught[place] += 1
                examples = counts.examples.setdefault(place, [])
                if len(examples) < _FIRST_OF_EACH:
                    examples.append(number)
            else:
                counts.read[name] += 1
    return counts


def _place(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"
