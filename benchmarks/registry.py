"""Every instance the suite knows, by name.

Names are paths: ``service/county-localities/s3``. The last part of a made-up instance is its
seed; five are listed, and any other may be asked for. Patterns are those of `fnmatch`.
"""

from __future__ import annotations

import csv
import fnmatch
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.answers import Format
from benchmarks.formats.nurse import read_nurse, write_nurse
from benchmarks.row_orders import shuffled_arrays, shuffled_gap, shuffled_nurse
from caseload_balancer.arrays import Arrays
from caseload_balancer.arrays.gap_files import GapInstance, gap_as_arrays, read_gap, write_gap
from caseload_balancer.arrays.json_files import write_arrays
from caseload_balancer.datasets.arrays import (
    blended,
    one_tier_gap,
    random_gap,
    service,
)
from caseload_balancer.datasets.arrays.random_gap import Kind
from caseload_balancer.datasets.arrays.services import Scope
from caseload_balancer.errors import MissingInputError

SHIPPED: Final = Path(__file__).parent / "instances"
SEEDS: Final = range(5)
"""Seeds of the made-up instances that are listed."""


@dataclass(frozen=True)
class Shape:
    """Size and structure of a made-up service.

    Parameters
    ----------
    workers, units, teams, scope, density
        As `service` takes them.
    tightness
        As `blended` takes it.
    """

    workers: int
    units: int
    teams: int = 1
    scope: Scope = "team"
    density: float = 0.85
    tightness: int = 0


SHAPES: Final = {
    "team": Shape(12, 160),
    "team-tight": Shape(12, 160, tightness=10),
    "service": Shape(60, 750),
    "service-tight": Shape(60, 750, tightness=10),
    "county-teams": Shape(150, 2_050, teams=15),
    "county-localities": Shape(150, 2_050, teams=15, scope="locality"),
    "county-anyone": Shape(150, 2_050, teams=15, scope="service"),
    "authority": Shape(500, 6_600, teams=50, scope="service", density=12 / 500),
    "scale-25": Shape(25, 500, teams=2, scope="service"),
    "scale-50": Shape(50, 1_000, teams=5, scope="locality"),
    "scale-100": Shape(100, 2_000, teams=10, scope="locality"),
    "scale-250": Shape(250, 5_000, teams=25, scope="locality", density=0.5),
    "scale-1000": Shape(1_000, 20_000, teams=100, scope="locality", density=0.5),
}
"""The services; units are families of one to four children, about 17 children a worker."""

_MADE_GAP: Final = re.compile(r"gap-made/([a-e])-(\d+)x(\d+)/s(\d+)")
_MADE: Final = re.compile(r"(service|blended)/([a-z0-9-]+)/s(\d+)")
_LISTED_GAP: Final = tuple(
    f"{kind}-{agents:02}x{items:04}"
    for kind in "cde"
    for agents, items in ((10, 200), (20, 400), (40, 800), (80, 1_600))
)


@dataclass(frozen=True)
class Instance:
    """One instance of the registry.

    Parameters
    ----------
    name
        Its path in the registry.
    form
        The format of its file.
    best_known
        Proven optimum or best value known, of public instances.
    """

    name: str
    form: Format
    best_known: int | None = None

    @property
    def group(self) -> str:
        """The name without the seed or the file."""
        return self.name.rsplit("/", 1)[0]

    def write(self, folder: Path, *, order: int = 0) -> Path:
        """Write the instance, its rows in the given order, and return the file."""
        path = folder / f"{self.name.replace('/', '_')}_o{order}.txt"
        if path.exists():
            return path
        if self.form == "gap":
            write_gap(path, shuffled_gap(self._gap(), order))
        elif self.form == "nurse":
            rules = read_nurse(SHIPPED / "nurse_workload" / "SchausInstances" / self._shipped_name)
            write_nurse(path, shuffled_nurse(rules, order))
        else:
            write_arrays(path, shuffled_arrays(_made_arrays(self.name), order))
        return path

    def write_for_peers(self, folder: Path, *, order: int = 0) -> Path | None:
        """Write the instance as arrays of one tier; None where it has several or is no arrays."""
        path = folder / f"{self.name.replace('/', '_')}_o{order}.json"
        if path.exists():
            return path
        if self.form == "gap":
            write_arrays(path, one_tier_gap(gap_as_arrays(shuffled_gap(self._gap(), order))))
        elif self.name.startswith("blended/"):
            write_arrays(path, shuffled_arrays(_made_arrays(self.name), order))
        else:
            return None
        return path

    @property
    def _shipped_name(self) -> str:
        return f"{self.name.rsplit('/', 1)[1]}.txt"

    def _gap(self) -> GapInstance:
        made = _MADE_GAP.fullmatch(self.name)
        if made is None:
            return read_gap(SHIPPED / self.name)
        kind: Kind = made[1]  # type: ignore[assignment]  # the pattern admits these alone
        return random_gap(kind, int(made[2]), int(made[3]), seed=int(made[4]))


def select(patterns: list[str]) -> list[Instance]:
    """Return the instances whose names match any pattern, in the registry's order.

    A name of a made-up instance in full is found though its seed is not listed.

    Raises
    ------
    MissingInputError
        When a pattern matches nothing.
    """
    listed = list(all_instances())
    found: dict[str, Instance] = {}
    for pattern in patterns:
        matching = [each for each in listed if fnmatch.fnmatchcase(each.name, pattern)]
        if not matching and (_MADE.fullmatch(pattern) or _MADE_GAP.fullmatch(pattern)):
            matching = [Instance(pattern, "gap" if pattern.startswith("gap") else "arrays")]
        if not matching:
            raise MissingInputError(f"no instance is called {pattern!r}; see the list command")
        found.update((each.name, each) for each in matching)
    return list(found.values())


def all_instances() -> Iterator[Instance]:
    """Yield every listed instance."""
    for kind in ("service", "blended"):
        for shape in SHAPES:
            for seed in SEEDS:
                yield Instance(f"{kind}/{shape}/s{seed}", "arrays")
    for row in _table("gap/best_known.csv"):
        yield Instance(f"gap/{row['path']}", "gap", int(row["best_known_value"]))
    for size in _LISTED_GAP:
        for seed in SEEDS:
            yield Instance(f"gap-made/{size}/s{seed}", "gap")
    for row in _table("nurse_workload/best_known.csv"):
        yield Instance(f"nurse/{row['instance']}", "nurse", int(row["min_sum_of_squares"]))


def _table(name: str) -> list[dict[str, str]]:
    with (SHIPPED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _made_arrays(name: str) -> Arrays:
    made = _MADE.fullmatch(name)
    if made is None or made[2] not in SHAPES:
        raise MissingInputError(f"no made-up service is called {name!r}")
    shape = SHAPES[made[2]]
    arrays = service(
        shape.workers,
        shape.units,
        teams=shape.teams,
        seed=int(made[3]),
        scope=shape.scope,
        density=shape.density,
    )
    return blended(arrays, tightness=shape.tightness) if made[1] == "blended" else arrays
