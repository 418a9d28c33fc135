"""What every contestant is given, and how it answers.

``python PEER.py INSTANCE LIMIT SEED [OPTION] [--after OTHER]`` prints one line of JSON:
``assignment`` (the worker of each unit, -1 waiting), ``bound`` (None where the contestant proves
none), ``seconds``, ``proof_seconds`` (without what came after the last bound), ``peak_memory_mib``
and ``version``. The clock starts when the instance has been read: imports, model building and
search are all within the limit. With ``--after`` another instance is solved before, under the same
limit, so that what is imported is there when the clock starts.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import math
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

WAITING = -1


@dataclass(frozen=True)
class Breakpoint:
    """A convex cost: ``step`` for each unit of use of a resource beyond ``at``."""

    resource: int
    worker: int
    at: int
    step: int


class Contest:
    """One instance of one tier, and the time there is.

    Parameters
    ----------
    content
        The parsed JSON of the instance.
    limit
        Seconds from now.
    seed, option
        As given on the command line.
    """

    def __init__(self, content: dict[str, Any], limit: float, seed: int, option: str) -> None:
        self._began = time.monotonic()
        self._limit = limit
        self.content = content
        self.seed = seed
        self.option = option
        if len(content["arc_cost"]) != 1 or content["groups"]["unit"] or any(content["shared"]):
            raise ValueError("contestants take one tier, no groups and no shared resources")
        if content["budget"] is not None:
            raise ValueError("contestants take no budget")
        self.arc_start: list[int] = content["arc_start"]
        self.arc_worker: list[int] = content["arc_worker"]
        self.arc_cost: list[int] = content["arc_cost"][0]
        self.arc_use: list[list[int]] = content["arc_use"]
        self.wait_cost: list[int] = content["wait_cost"][0]
        self.may_wait: list[bool] = content["may_wait"]
        self.limit: list[list[int]] = content["limit"]
        self.start: list[int] = content["start"]
        breakpoints = content["breakpoints"]
        rows = zip(
            breakpoints["resource"],
            breakpoints["worker"],
            breakpoints["at"],
            breakpoints["step"],
            strict=True,
        )
        self.breakpoints = [Breakpoint(*row) for row in rows]
        self.units = len(self.arc_start) - 1
        self.workers = len(self.limit[0]) if self.limit else 0
        self.resources = len(self.limit)

    def elapsed(self) -> float:
        """Return the seconds since the instance was in memory."""
        return time.monotonic() - self._began

    def remaining(self) -> float:
        """Return the seconds left, never less than a hundredth."""
        return max(0.01, self._limit - self.elapsed())

    def arcs(self, unit: int) -> range:
        """Return the arcs of a unit."""
        return range(self.arc_start[unit], self.arc_start[unit + 1])

    def worker_arcs(self) -> list[list[int]]:
        """Return the arcs to each worker."""
        found: list[list[int]] = [[] for _ in range(self.workers)]
        for arc, worker in enumerate(self.arc_worker):
            found[worker].append(arc)
        return found

    def start_arcs(self) -> list[int]:
        """Return the arc each unit takes at the start, -1 where it waits."""
        return [
            next((arc for arc in self.arcs(unit) if self.arc_worker[arc] == worker), -1)
            for unit, worker in enumerate(self.start)
        ]

    def most_use(self, resource: int, arcs: list[int]) -> int:
        """Return the use of a resource if all of `arcs` were taken."""
        use = self.arc_use[resource]
        return sum(use[arc] for arc in arcs)

    @cached_property
    def breakpoints_of(self) -> dict[tuple[int, int], list[Breakpoint]]:
        """Return the breakpoints of each resource and worker."""
        found: dict[tuple[int, int], list[Breakpoint]] = {}
        for point in self.breakpoints:
            found.setdefault((point.resource, point.worker), []).append(point)
        return found

    def rows(self) -> Iterator[tuple[int, int, list[int], int, list[Breakpoint]]]:
        """Yield resource, worker, arcs, most use and breakpoints wherever use can matter."""
        breakpoints = self.breakpoints_of
        by_worker = self.worker_arcs()
        for worker, arcs in enumerate(by_worker):
            for resource in range(self.resources):
                mine = breakpoints.get((resource, worker), [])
                most = self.most_use(resource, arcs)
                if most > self.limit[resource][worker] or any(most > h.at for h in mine):
                    yield resource, worker, arcs, most, mine


@dataclass(frozen=True)
class Entry:
    """What a contestant hands in.

    Parameters
    ----------
    assignment
        The worker of each unit, -1 waiting; None when it has none.
    bound
        A lower bound it proved, or None.
    after_proof
        Seconds that it went on after it had that bound: to choose one of the best assignments.
    """

    assignment: list[int] | None
    bound: float | None = None
    after_proof: float = 0.0


def whole_bound(bound: float | None) -> int | None:
    """Return the bound on a whole-number objective that a solver's float stands for."""
    if bound is None or not math.isfinite(bound) or abs(bound) > 1e17:
        return None
    return math.ceil(bound - 1e-3 - 1e-9 * abs(bound))


def peak_memory_mib() -> float | None:
    """Return the most memory of this process and its largest child; None where unknown."""
    try:
        import resource  # noqa: PLC0415  # POSIX only
    except ImportError:
        return None
    unit = 1 if sys.platform == "darwin" else 1024
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return round((own + child) * unit / 2**20, 1)


def take_part(play: Callable[[Contest], Entry], package: str | None) -> None:
    """Read the command line, let `play` solve the instance, and print its answer.

    Parameters
    ----------
    package
        The installed package whose version is reported; None for what ships with the suite.
    """
    asked = _arguments().parse_args()
    for path in filter(None, (asked.after, asked.instance)):
        content = json.loads(path.read_text(encoding="utf-8"))
        contest = Contest(content, asked.limit, asked.seed, asked.option)
        entry = play(contest)
        seconds = contest.elapsed()
    answer = {
        "assignment": entry.assignment,
        "bound": whole_bound(entry.bound),
        "seconds": round(seconds, 3),
        "proof_seconds": round(seconds - entry.after_proof, 3),
        "peak_memory_mib": peak_memory_mib(),
        "version": importlib.metadata.version(package) if package else "",
    }
    print(json.dumps(answer))


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    parser.add_argument("instance", type=Path)
    parser.add_argument("limit", type=float)
    parser.add_argument("seed", type=int)
    parser.add_argument("option", nargs="?", default="")
    parser.add_argument("--after", type=Path)
    return parser
